import type { AssociationId } from '../../agent/protocol/ids.ts';
import { useAction } from '../client/use-action.ts';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { plural } from '../ui/moment.ts';
import { tellDone, tellFault } from '../ui/toast.tsx';

interface Named {
  associationId: AssociationId;
  title: string;
}

/** As many as one call may start (StartAssociationsOnce). */
export const MOST_STARTED = 10;

/** Starts them now and says what happened; one alone is followed to its execution. */
export function useRunNow() {
  const start = useAction((client, associationIds: AssociationId[]) => client.associations.startOnce({ associationIds }));
  const run = async (chosen: readonly Named[]): Promise<boolean> => {
    const outcome = await start.run(chosen.map(({ associationId }) => associationId));
    if (!outcome.ok) {
      tellFault(outcome.fault);
      return false;
    }
    const started = outcome.answer.filter(({ executionId }) => executionId !== null);
    const [only] = chosen;
    if (chosen.length > 1 || only === undefined) {
      tellDone(`${plural(started.length, 'association')} running.`);
      return true;
    }
    const executionId = started[0]?.executionId ?? null;
    tellDone(executionId === null ? `“${only.title}” matches no machine now, so nothing runs.` : `“${only.title}” is running.`);
    if (executionId !== null) goTo(address.execution(executionId));
    return true;
  };
  return { run, isPending: start.isPending };
}

export function useDelete() {
  const remove = useAction((client, associationIds: AssociationId[]) => client.associations.delete({ associationIds }));
  const run = async (chosen: readonly Named[]): Promise<boolean> => {
    const outcome = await remove.run(chosen.map(({ associationId }) => associationId));
    const [only] = chosen;
    if (outcome.ok)
      tellDone(
        chosen.length === 1 && only !== undefined ? `“${only.title}” is deleted.` : `${plural(chosen.length, 'association')} deleted.`,
      );
    return outcome.ok;
  };
  return { run, isPending: remove.isPending, fault: remove.fault, clear: remove.clear };
}
