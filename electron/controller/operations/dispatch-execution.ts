import type { AssociationId, ExecutionId } from '../../../agent/protocol/ids.ts';
import type { Execution, ExecutionTarget, SkipReason } from '../../domain/execution.ts';
import { errorCount, skippedTarget, waitingCount } from '../../domain/execution.ts';
import { decideGate } from '../../domain/gate.ts';
import { owedTrigger } from '../../domain/owed-run.ts';
import { decideDispatch } from '../../domain/rate-control.ts';
import { gateState } from './application-facts.ts';
import type { Context } from './context.ts';
import { failTargets } from './fail-targets.ts';
import { runOrders } from './run-orders.ts';
import { moveTargets, settleExecution } from './settle-execution.ts';

export type DispatchContext = Pick<
  Context,
  'stores' | 'transaction' | 'clock' | 'changes' | 'link' | 'signer' | 'cipher' | 'library' | 'index' | 'calendars' | 'log'
>;

type Decision = { kind: 'start'; count: number } | { kind: 'wait' } | { kind: 'stop'; because: SkipReason; isOwed: boolean };

const GIVEN_UP = { kind: 'stop', because: 'Terminated', isOwed: false } as const;

/** What keeps targets from starting although they wait: the association's interval is not asked, because this one has begun. */
function stoppedBy(context: DispatchContext, execution: Execution): Extract<Decision, { kind: 'stop' }> | null {
  if (execution.cutOffAt !== null && execution.cutOffAt <= context.clock.now()) return { kind: 'stop', because: 'CutOff', isOwed: false };
  const association = context.stores.associations.find(execution.associationId);
  if (association === null) return null;
  const { trigger } = execution;
  const gate = decideGate({ trigger, applyOnlyAtCronInterval: false, ...gateState(context, association) });
  return gate.kind === 'skip' ? { kind: 'stop', because: gate.because, isOwed: gate.isOwed } : null;
}

function decide(context: DispatchContext, execution: Execution): Decision {
  const waiting = waitingCount(execution.counts);
  if (execution.cancelRequestedAt !== null || waiting === 0) return { kind: 'wait' };
  const stopped = stoppedBy(context, execution);
  if (stopped !== null) return stopped;
  // Runs of an older execution of the same association still hold their slots: the limit is the association's.
  const running = context.stores.executions.runningOfAssociation(execution.associationId);
  const decision = decideDispatch(execution, { running, errors: errorCount(execution.counts), waiting });
  return decision.kind === 'stop' ? GIVEN_UP : decision;
}

type Step = { started: ExecutionTarget[]; isOver: boolean };

const NOTHING_MORE: Step = { started: [], isOver: true };

/** None of the targets that wait starts any more in this execution. */
function stop(context: DispatchContext, execution: Execution, { because, isOwed }: Extract<Decision, { kind: 'stop' }>): Step {
  const now = context.clock.now();
  const waiting = context.stores.executions.waitingTargets(execution.executionId, waitingCount(execution.counts));
  const moves = waiting.map((before) => ({ before, after: skippedTarget(before, because, now) }));
  const alarm = because === 'AlarmRaised' ? context.stores.associations.find(execution.associationId)?.alarmConfiguration : null;
  const held: Execution = alarm ? { ...execution, triggeredAlarms: [{ name: alarm.alarmName, state: 'ALARM' }] } : execution;
  settleExecution(context, moveTargets(context, held, moves));
  if (isOwed && (because === 'CalendarClosed' || because === 'CalendarMissing')) {
    const { associationId, trigger } = execution;
    for (const { nodeId } of waiting) context.stores.owedRuns.put({ associationId, nodeId, trigger, because, since: now });
  }
  return NOTHING_MORE;
}

function start(context: DispatchContext, execution: Execution, count: number): Step {
  const now = context.clock.now();
  const { associationId, trigger } = execution;
  const chosen = context.stores.executions.startableTargets(execution.executionId, count);
  const moves = chosen.map((before) => ({
    before,
    after: context.link.isConnected(before.nodeId)
      ? { ...before, status: 'InProgress' as const, detailedStatus: 'InProgress', dispatchedAt: now }
      : skippedTarget(before, 'NodeOffline', now),
  }));
  settleExecution(context, moveTargets(context, execution, moves));
  for (const { after } of moves) {
    if (after.status === 'InProgress') continue;
    const owed = { trigger: owedTrigger(trigger), because: 'NodeOffline' } as const;
    context.stores.owedRuns.put({ associationId, nodeId: after.nodeId, since: now, ...owed });
  }
  const started = moves.map(({ after }) => after).filter((target) => target.status === 'InProgress');
  // Targets that were skipped left their slots free, so there may be another round.
  return { started, isOver: started.length === moves.length };
}

/** Decides and records one round. */
function takeRound(context: DispatchContext, executionId: ExecutionId): Step {
  const execution = context.stores.executions.find(executionId);
  if (execution === null) return NOTHING_MORE;
  const decision = decide(context, execution);
  switch (decision.kind) {
    case 'wait':
      return NOTHING_MORE;
    case 'stop':
      return stop(context, execution, decision);
    case 'start':
      return start(context, execution, decision.count);
  }
}

/** A freed slot may be the one that any unfinished execution of the association waits for. */
export function dispatchAssociation(context: DispatchContext, associationId: AssociationId): void {
  for (const executionId of context.stores.executions.waitingOfAssociation(associationId)) dispatchExecution(context, executionId);
}

/**
 * What was ended lets others start: called in the transaction that ends it, so that a kill leaves no slot empty that nobody would ever
 * take. What cannot start keeps nothing from having ended.
 */
export function takeFreedSlots(context: DispatchContext, associationIds: Iterable<AssociationId>): void {
  for (const associationId of associationIds) {
    try {
      context.transaction(() => dispatchAssociation(context, associationId));
    } catch (cause) {
      context.log.error('freed-slots-not-taken', cause, { associationId });
    }
  }
}

/** One round with what it sends, or with the end of what nothing can be sent for. Answers whether it was the last. */
function round(context: DispatchContext, executionId: ExecutionId): boolean {
  const { started, isOver } = takeRound(context, executionId);
  const { orders, failure } = runOrders(context, executionId, started);
  for (const { nodeId, message } of orders) context.link.send(nodeId, message);
  if (failure !== null) failTargets(context, started, failure);
  for (const { nodeId } of started) context.changes.publish({ kind: 'target', executionId, nodeId });
  return isOver && failure === null;
}

/**
 * Starts the targets that rate control lets start now, and sends their orders. Call it again whenever a slot may be free. One commit;
 * orders leave after it, and a kill in between is mended when the node connects.
 */
export function dispatchExecution(context: DispatchContext, executionId: ExecutionId): void {
  context.transaction(() => {
    while (!round(context, executionId));
  });
  const execution = context.stores.executions.find(executionId);
  if (execution !== null) context.changes.publish({ kind: 'execution', executionId, associationId: execution.associationId });
}
