import type { AssociationId } from '../../../agent/protocol/ids.ts';
import { skippedTarget } from '../../domain/execution.ts';
import { Fault } from '../../domain/faults.ts';
import type { Context } from './context.ts';
import { moveTargets, settleExecution } from './settle-execution.ts';

type DeleteContext = Pick<Context, 'stores' | 'transaction' | 'clock' | 'changes' | 'index'>;

/** Running targets finish, nothing further is dispatched, the compliance items go, the history stays on record (spec.md 1.6). */
function deleteOne(context: DeleteContext, associationId: AssociationId): void {
  const { stores, clock } = context;
  if (stores.associations.find(associationId) === null) throw new Fault('AssociationDoesNotExist', { associationId });
  const now = clock.now();
  for (const execution of stores.executions.unfinishedOfAssociation(associationId)) {
    const waiting = stores.executions.unfinishedTargets(execution.executionId).filter((target) => target.status !== 'InProgress');
    const moves = waiting.map((before) => ({ before, after: skippedTarget(before, 'AssociationDeleted', now) }));
    settleExecution(context, moveTargets(context, execution, moves));
  }
  stores.compliance.removeAssociation(associationId, now);
  stores.owedRuns.removeAssociation(associationId);
  stores.associations.delete(associationId, now);
}

/** All of them or none: the first that does not exist refuses the whole. */
export function deleteAssociations(context: DeleteContext, associationIds: readonly AssociationId[]): void {
  const unique = [...new Set(associationIds)];
  context.transaction(() => {
    for (const associationId of unique) deleteOne(context, associationId);
  });
  for (const associationId of unique) {
    context.index.associationChanged(associationId);
    context.changes.publish({ kind: 'association', associationId });
  }
}

export type DeleteFailure = { associationId: AssociationId; message: string };

/** Each by itself, as the console does: what could be deleted is, and what could not is told. Throws when none could. */
export function deleteEachAssociation(context: DeleteContext, associationIds: readonly AssociationId[]): DeleteFailure[] {
  const unique = [...new Set(associationIds)];
  const faults = unique.flatMap((associationId) => {
    try {
      deleteAssociations(context, [associationId]);
      return [];
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      return [{ associationId, fault: cause }];
    }
  });
  const [first] = faults;
  if (first !== undefined && faults.length === unique.length) throw first.fault;
  return faults.map(({ associationId, fault }) => ({ associationId, message: fault.message }));
}
