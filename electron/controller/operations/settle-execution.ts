import type { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import type { Execution, ExecutionTarget, TargetStatus } from '../../domain/execution.ts';
import { executionDetail, executionStatus, isFinal, overviewOf } from '../../domain/execution.ts';
import type { Context } from './context.ts';

/** The execution after one of its targets went from one status to another. */
export function withMovedTarget(execution: Execution, from: TargetStatus, to: TargetStatus): Execution {
  if (from === to) return execution;
  const counts = { ...execution.counts };
  counts[from] -= 1;
  counts[to] += 1;
  return { ...execution, counts };
}

/** Stores targets and counts them over in their execution. Call inside a transaction. */
export function moveTargets(
  { stores }: Pick<Context, 'stores'>,
  execution: Execution,
  moves: readonly { before: ExecutionTarget; after: ExecutionTarget }[],
): Execution {
  let moved = execution;
  for (const { before, after } of moves) {
    if (before === after) continue;
    stores.executions.updateTarget(after);
    moved = withMovedTarget(moved, before.status, after.status);
  }
  for (const { before, after } of moves) {
    if (before.status === 'InProgress' && isFinal(after.status)) releaseQueued({ stores }, execution.associationId, after.nodeId);
  }
  return moved;
}

/** What waited for the run that is over on the node now waits for a slot alone. Call inside a transaction. */
export function releaseQueued({ stores }: Pick<Context, 'stores'>, associationId: AssociationId, nodeId: NodeId): void {
  for (const before of stores.executions.queuedTargetsOfNode(associationId, nodeId)) {
    const execution = stores.executions.find(before.executionId);
    if (execution === null) continue;
    stores.executions.updateTarget({ ...before, status: 'Pending', detailedStatus: 'Pending' });
    stores.executions.update(withMovedTarget(execution, 'Queued', 'Pending'));
  }
}

/** Stores the execution with the status that its targets make, and the association's overview after it. Call inside a transaction. */
export function settleExecution({ stores, clock }: Pick<Context, 'stores' | 'clock'>, execution: Execution): Execution {
  const now = clock.now();
  const status = executionStatus(execution.counts);
  const settled: Execution = { ...execution, status, detailedStatus: executionDetail({ ...execution, status }, now), lastExecutionAt: now };
  stores.executions.update(settled);
  refreshOverview({ stores }, settled);
  return settled;
}

function refreshOverview({ stores }: Pick<Context, 'stores'>, { associationId, status, createdAt, lastExecutionAt }: Execution): void {
  const association = stores.associations.find(associationId);
  if (association === null) return;
  const known = association.lastExecutionAt;
  stores.associations.setOverview(associationId, {
    ...overviewOf(stores.executions.newestStatuses(associationId)),
    counts: stores.executions.latestCounts(associationId),
    lastExecutionAt: known !== null && known > createdAt ? known : createdAt,
    lastSuccessfulExecutionAt: status === 'Success' ? lastExecutionAt : association.lastSuccessfulExecutionAt,
  });
}
