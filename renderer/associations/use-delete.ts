import type { AssociationId } from '../../agent/protocol/ids.ts';
import { useAction } from '../client/use-action.ts';
import type { Named } from '../review/run-now.ts';
import { plural } from '../ui/moment.ts';
import { tellDone } from '../ui/toast.tsx';

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
