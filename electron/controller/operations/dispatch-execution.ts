import type { ExecutionId } from '../../../agent/protocol/ids.ts';
import type { Execution, ExecutionTarget } from '../../domain/execution.ts';
import { errorCount, skippedTarget, waitingCount } from '../../domain/execution.ts';
import type { DispatchDecision } from '../../domain/rate-control.ts';
import { decideDispatch } from '../../domain/rate-control.ts';
import type { Context } from './context.ts';
import { runOrders } from './run-orders.ts';
import { moveTargets, settleExecution } from './settle-execution.ts';

type DispatchContext = Pick<Context, 'stores' | 'transaction' | 'clock' | 'changes' | 'link' | 'signer' | 'library' | 'log'>;

function decide(context: DispatchContext, execution: Execution): DispatchDecision {
  if (execution.cancelRequestedAt !== null) return { kind: 'wait' };
  // Runs of an older execution of the same association still hold their slots: the limit is the association's.
  const running = context.stores.executions.runningOfAssociation(execution.associationId);
  return decideDispatch(execution, { running, errors: errorCount(execution.counts), waiting: waitingCount(execution.counts) });
}

type Step = { started: ExecutionTarget[]; isOver: boolean };

/** Decides and records one round. Orders are sent only after the commit: a kill in between is mended when the node connects. */
function takeRound(context: DispatchContext, executionId: ExecutionId): Step {
  const execution = context.stores.executions.find(executionId);
  if (execution === null) return { started: [], isOver: true };
  const decision = decide(context, execution);
  const now = context.clock.now();
  switch (decision.kind) {
    case 'wait':
      return { started: [], isOver: true };
    case 'stop': {
      const waiting = context.stores.executions.waitingTargets(executionId, waitingCount(execution.counts));
      const moves = waiting.map((before) => ({ before, after: skippedTarget(before, 'Terminated', now) }));
      settleExecution(context, moveTargets(context, execution, moves));
      return { started: [], isOver: true };
    }
    case 'start': {
      const moves = context.stores.executions.waitingTargets(executionId, decision.count).map((before) => ({
        before,
        after: context.link.isConnected(before.nodeId)
          ? { ...before, status: 'InProgress' as const, detailedStatus: 'InProgress', dispatchedAt: now }
          : skippedTarget(before, 'NodeOffline', now),
      }));
      settleExecution(context, moveTargets(context, execution, moves));
      const started = moves.map(({ after }) => after).filter((target) => target.status === 'InProgress');
      // Targets that were skipped left their slots free, so there may be another round.
      return { started, isOver: started.length === moves.length };
    }
  }
}

/** Starts the targets that rate control lets start now, and sends their orders. Call it again whenever a slot may be free. */
export function dispatchExecution(context: DispatchContext, executionId: ExecutionId): void {
  for (let isOver = false; !isOver; ) {
    const round = context.transaction(() => takeRound(context, executionId));
    isOver = round.isOver;
    for (const { nodeId, message } of runOrders(context, executionId, round.started)) context.link.send(nodeId, message);
    for (const { nodeId } of round.started) context.changes.publish({ kind: 'target', executionId, nodeId });
  }
  const execution = context.stores.executions.find(executionId);
  if (execution !== null) context.changes.publish({ kind: 'execution', executionId, associationId: execution.associationId });
}
