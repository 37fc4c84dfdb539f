import type { AssociationId, ExecutionId } from '../../../agent/protocol/ids.ts';
import { Fault } from '../../domain/faults.ts';
import type { Context } from './context.ts';
import { startExecution } from './start-execution.ts';

type StartContext = Parameters<typeof startExecution>[0] & Pick<Context, 'stores'>;

/** Applies associations now, also those that wait for their interval (spec.md 5.1, trigger 6). Null where no node matches. All of them or none. */
export function startAssociationsOnce(
  context: StartContext,
  associationIds: readonly AssociationId[],
): { associationId: AssociationId; executionId: ExecutionId | null }[] {
  const associations = [...new Set(associationIds)].map((associationId) => {
    const association = context.stores.associations.find(associationId);
    if (association === null) throw new Fault('AssociationDoesNotExist', { associationId });
    return association;
  });
  return context.transaction(() =>
    associations.map((association) => ({
      associationId: association.associationId,
      executionId: startExecution(context, { association, trigger: 'Manual', fireAt: null, onlyNodes: null }),
    })),
  );
}
