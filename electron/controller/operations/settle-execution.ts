import type { AssociationId } from '../../../agent/protocol/ids.ts';
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
  refreshOverview({ stores }, settled.associationId);
  return settled;
}

function refreshOverview({ stores }: Pick<Context, 'stores'>, associationId: AssociationId): void {
  const association = stores.associations.find(associationId);
  if (association === null) return;
  const statuses = stores.executions.recentStatuses(associationId, OVERVIEW_DEPTH);
  const status = overviewStatus(statuses);
  const [latest] = stores.executions.page({ associationId, nodeId: null, status: null, offset: 0, limit: 1 }).rows;
  const succeeded = latest?.status === 'Success' ? latest.lastExecutionAt : association.lastSuccessfulExecutionAt;
  stores.associations.setOverview(associationId, {
    status,
    detailedStatus: statuses.length === 0 ? 'Associated' : status,
    counts: stores.executions.latestCounts(associationId),
    lastExecutionAt: latest?.createdAt ?? association.lastExecutionAt,
    lastSuccessfulExecutionAt: succeeded,
  });
}
