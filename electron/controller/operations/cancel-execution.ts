import type { ExecutionId } from '../../../agent/protocol/ids.ts';
import type { Execution, ExecutionTarget } from '../../domain/execution.ts';
import { Fault } from '../../domain/faults.ts';
import type { Context } from './context.ts';
import { moveTargets, settleExecution } from './settle-execution.ts';

type CancelContext = Pick<Context, 'stores' | 'transaction' | 'clock' | 'changes' | 'link'>;

function recordCancel(context: CancelContext, executionId: ExecutionId): { execution: Execution; running: ExecutionTarget[] } {
  const { stores, clock } = context;
  const execution = stores.executions.find(executionId);
  if (execution === null) throw new Fault('AssociationExecutionDoesNotExist', { executionId });
  const now = clock.now();
  const unfinished = stores.executions.unfinishedTargets(executionId);
  if (unfinished.length === 0) return { execution, running: [] };
  const running = unfinished.filter((target) => target.status === 'InProgress');
  const moves = unfinished
    .filter((target) => target.status !== 'InProgress')
    .map((before) => ({ before, after: { ...before, status: 'Cancelled' as const, detailedStatus: 'Cancelled', endedAt: now } }));
  const cancelled = { ...execution, cancelRequestedAt: execution.cancelRequestedAt ?? now };
  return { execution: settleExecution(context, moveTargets(context, cancelled, moves)), running };
}

/** What waits is cancelled at once; what runs is told to stop, and is cancelled when its node says so. Cancelling twice changes nothing. */
export function cancelExecution(context: CancelContext, executionId: ExecutionId): Execution {
  const { execution, running } = context.transaction(() => recordCancel(context, executionId));
  for (const { nodeId } of running) context.link.send(nodeId, { type: 'cancel', executionId, reason: 'Cancelled by an administrator.' });
  context.changes.publish({ kind: 'execution', executionId, associationId: execution.associationId });
  context.changes.publish({ kind: 'association', associationId: execution.associationId });
  return execution;
}
