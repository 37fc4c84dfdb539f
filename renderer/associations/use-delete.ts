import type { AssociationId } from '../../agent/protocol/ids.ts';
import { useAction } from '../client/use-action.ts';
import type { Named } from '../review/run-now.ts';
import { plural } from '../ui/moment.ts';
import { tellDone } from '../ui/toast.tsx';

type Failure = { associationId: AssociationId; message: string };

/** What is deleted, and of each that is not, why. */
export function deletedSentence(chosen: readonly Named[], failures: readonly Failure[]): string {
  const [only] = chosen;
  if (chosen.length === 1 && only !== undefined) return `“${only.title}” is deleted.`;
  const deleted = `${plural(chosen.length - failures.length, 'association')} deleted.`;
  const titleOf = (id: AssociationId) => chosen.find(({ associationId }) => associationId === id)?.title ?? id;
  return [deleted, ...failures.map(({ associationId, message }) => `“${titleOf(associationId)}” is not: ${message}`)].join(' ');
}

export function useDelete() {
  const remove = useAction((client, associationIds: AssociationId[]) => client.associations.delete({ associationIds }));
  const run = async (chosen: readonly Named[]): Promise<boolean> => {
    const outcome = await remove.run(chosen.map(({ associationId }) => associationId));
    if (outcome.ok) tellDone(deletedSentence(chosen, outcome.answer));
    return outcome.ok;
  };
  return { run, isPending: remove.isPending, fault: remove.fault, clear: remove.clear };
}
