import type { ExecutionId } from '../../../agent/protocol/ids.ts';
import type { Execution, ExecutionTarget } from '../../domain/execution.ts';
import { skippedTarget } from '../../domain/execution.ts';
import { passedDeadline } from '../../domain/execution-deadline.ts';
import { Fault } from '../../domain/faults.ts';
import type { Context } from './context.ts';
import { moveTargets, settleExecution } from './settle-execution.ts';

type CancelContext = Pick<Context, 'stores' | 'transaction' | 'clock' | 'changes' | 'link'>;

/** What waits at the end of an execution's time is skipped; what a person cancels is cancelled. */
function withoutStart(execution: Execution, before: ExecutionTarget, now: Date): ExecutionTarget {
  switch (passedDeadline(execution, now)) {
    case 'overlap':
      return skippedTarget(before, 'Superseded', now);
    case 'cut-off':
      return skippedTarget(before, 'CutOff', now);
    case null:
      return { ...before, status: 'Cancelled', detailedStatus: 'Cancelled', endedAt: now };
  }
}

function recordCancel(context: CancelContext, execution: Execution): { execution: Execution; running: ExecutionTarget[] } {
  const now = context.clock.now();
  const unfinished = context.stores.executions.unfinishedTargets(execution.executionId);
  if (unfinished.length === 0) return { execution, running: [] };
  const running = unfinished.filter((target) => target.status === 'InProgress');
  const moves = unfinished
    .filter((target) => target.status !== 'InProgress')
    .map((before) => ({ before, after: withoutStart(execution, before, now) }));
  const cancelled = { ...execution, cancelRequestedAt: execution.cancelRequestedAt ?? now };
  return { execution: settleExecution(context, moveTargets(context, cancelled, moves)), running };
}

/** What waits never starts; what runs is told to stop, and ends when its node says so. Cancelling twice changes nothing. */
export function cancelUnfinished(context: CancelContext, unfinished: Execution, because: string): Execution {
  const { execution, running } = context.transaction(() => recordCancel(context, unfinished));
  const { executionId, associationId } = execution;
  for (const { nodeId } of running) context.link.send(nodeId, { type: 'cancel', executionId, reason: `Cancelled: ${because}.` });
  context.changes.publish({ kind: 'execution', executionId, associationId });
  context.changes.publish({ kind: 'association', associationId });
  return execution;
}

export function cancelExecution(context: CancelContext, executionId: ExecutionId): Execution {
  const execution = context.stores.executions.find(executionId);
  if (execution === null) throw new Fault('AssociationExecutionDoesNotExist', { executionId });
  return cancelUnfinished(context, execution, 'an administrator asked for it');
}
