import type { Execution, ExecutionTarget, TargetStatus } from '../../domain/execution.ts';
import { executionStatus, overviewStatus } from '../../domain/execution.ts';
import type { Context } from './context.ts';

/** How many executions back an overview looks for one that was not skipped. */
const OVERVIEW_DEPTH = 50;

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
  return moved;
}

/** Stores the execution with the status that its targets make, and the association's overview after it. Call inside a transaction. */
export function settleExecution({ stores, clock }: Pick<Context, 'stores' | 'clock'>, execution: Execution): Execution {
  const status = executionStatus(execution.counts);
  const isStopped = execution.cancelRequestedAt !== null && status === 'Failed';
  const settled: Execution = { ...execution, status, detailedStatus: isStopped ? 'Cancelled' : status, lastExecutionAt: clock.now() };
  stores.executions.update(settled);
  refreshOverview({ stores }, settled);
  return settled;
}

function refreshOverview({ stores }: Pick<Context, 'stores'>, { associationId, status, createdAt, lastExecutionAt }: Execution): void {
  const association = stores.associations.find(associationId);
  if (association === null) return;
  const overview = overviewStatus(stores.executions.recentStatuses(associationId, OVERVIEW_DEPTH));
  const known = association.lastExecutionAt;
  stores.associations.setOverview(associationId, {
    status: overview,
    detailedStatus: overview,
    counts: stores.executions.latestCounts(associationId),
    lastExecutionAt: known !== null && known > createdAt ? known : createdAt,
    lastSuccessfulExecutionAt: status === 'Success' ? lastExecutionAt : association.lastSuccessfulExecutionAt,
  });
}
