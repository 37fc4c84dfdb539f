import type { ExecutionId } from '../../../agent/protocol/ids.ts';
import type { ApplicationPlan, PlannedTarget } from '../../domain/application.ts';
import { planApplication } from '../../domain/application.ts';
import type { Execution, ExecutionTarget, SkipReason } from '../../domain/execution.ts';
import { countTargets, failedTarget, skippedTarget } from '../../domain/execution.ts';
import { newExecutionId, scheduledExecutionId } from '../../domain/occurrence.ts';
import type { FactsContext, RunDocument } from './application-facts.ts';
import { applicationFacts, runDocument } from './application-facts.ts';
import type { Context } from './context.ts';
import { dispatchExecution } from './dispatch-execution.ts';
import { announceCompliance } from './end-targets.ts';
import type { Occasion } from './occasion.ts';
import { recordCompliance } from './record-compliance.ts';
import { settleExecution } from './settle-execution.ts';
import { supersedeExecutions } from './supersede-executions.ts';

export type StartContext = FactsContext & Pick<Context, 'transaction' | 'changes' | 'signer' | 'library' | 'log'>;

type Plan = Extract<ApplicationPlan, { kind: 'execution' }>;

function plan(context: StartContext, occasion: Occasion, document: RunDocument): Plan | null {
  const planned = planApplication(applicationFacts(context, { ...occasion, document }));
  if (planned.kind === 'nothing') return null;
  const { skipBecause } = occasion;
  if (skipBecause === undefined) return planned;
  return { ...planned, targets: planned.targets.map(({ nodeId }) => ({ nodeId, kind: 'skip', because: skipBecause, owed: null })) };
}

function newTarget(planned: PlannedTarget, of: Pick<ExecutionTarget, 'executionId' | 'associationId'>, now: Date): ExecutionTarget {
  const { executionId, associationId } = of;
  const target: ExecutionTarget = {
    executionId,
    associationId,
    nodeId: planned.nodeId,
    status: 'Pending',
    detailedStatus: 'Pending',
    dispatchedAt: null,
    startedAt: null,
    endedAt: null,
    errorCode: null,
    executionSummary: '',
    changeCount: null,
    driftCount: null,
    stuckAt: null,
  };
  switch (planned.kind) {
    case 'start':
      return target;
    case 'queue':
      return { ...target, status: 'Queued', detailedStatus: 'Queued' };
    case 'skip':
      return skippedTarget(target, planned.because, now);
    case 'fail':
      return failedTarget(target, planned, now);
  }
}

const HOUR_MS = 3_600_000;

function newExecution(occasion: Occasion, facts: { executionId: ExecutionId; document: RunDocument; planned: Plan; now: Date }): Execution {
  const { association, trigger, fireAt } = occasion;
  const { executionId, document, planned, now } = facts;
  const isHeld = planned.gate.kind === 'skip' && planned.gate.because === 'AlarmRaised';
  const alarmName = association.alarmConfiguration?.alarmName;
  return {
    executionId,
    associationId: association.associationId,
    associationVersion: association.associationVersion,
    documentName: document.documentName,
    documentVersion: document.documentVersion,
    mode: association.mode,
    trigger,
    fireAt,
    createdAt: now,
    lastExecutionAt: now,
    status: 'Pending',
    detailedStatus: skippedFor(planned.targets) ?? 'Pending',
    concurrency: planned.limits.concurrency,
    toleratedErrors: planned.limits.toleratedErrors,
    counts: countTargets(planned.targets.map((target) => newTarget(target, { ...association, executionId }, now).status)),
    cancelRequestedAt: null,
    // From now: a run that comes late has its whole time too.
    cutOffAt: association.duration === null ? null : new Date(now.getTime() + association.duration * HOUR_MS),
    overlapEndsAt: null,
    triggeredAlarms: isHeld && alarmName !== undefined ? [{ name: alarmName, state: 'ALARM' }] : [],
  };
}

/** The one reason for which all targets were skipped; null when they do not share one. */
function skippedFor(targets: readonly PlannedTarget[]): SkipReason | null {
  const [first] = targets;
  if (first?.kind !== 'skip') return null;
  return targets.every((target) => target.kind === 'skip' && target.because === first.because) ? first.because : null;
}

/** What is owed is written down, and what now begins is owed no more. */
function keepOwedRuns(
  { stores }: Pick<Context, 'stores'>,
  { association: { associationId } }: Occasion,
  facts: { planned: Plan; now: Date },
): void {
  const { planned, now } = facts;
  for (const target of planned.targets) {
    const { nodeId } = target;
    // One for which there is no slot waits for the next interval, and not for its node's next connection.
    if (target.kind !== 'skip' || target.because === 'ConcurrencyLimit') stores.owedRuns.remove(associationId, nodeId);
    else if (target.owed !== null) stores.owedRuns.put({ associationId, nodeId, since: now, ...target.owed });
  }
}

type Recorded = { execution: Execution; superseded: Execution[]; judged: ExecutionTarget[] };

function recordExecution(context: StartContext, occasion: Occasion): Recorded | null {
  const { association, fireAt } = occasion;
  const now = context.clock.now();
  const newId = () =>
    fireAt === null ? newExecutionId(now) : scheduledExecutionId(association.associationId, association.associationVersion, fireAt);
  const executionId = occasion.executionId ?? newId();
  if (context.stores.executions.exists(executionId)) return null;
  const document = runDocument(context, association);
  const planned = plan(context, occasion, document);
  if (planned === null) return null;
  const nodes = new Set(planned.targets.flatMap((target) => (target.kind === 'skip' ? [] : [target.nodeId])));
  const superseded = nodes.size === 0 ? [] : supersedeExecutions(context, occasion, nodes);
  const execution = newExecution(occasion, { executionId, document, planned, now });
  const targets = planned.targets.map((target) => newTarget(target, execution, now));
  context.stores.executions.insert(execution, targets);
  keepOwedRuns(context, occasion, { planned, now });
  const judged = targets.filter((target) => target.status === 'Failed' && recordCompliance(context, execution, target));
  return { execution: settleExecution(context, execution), superseded, judged };
}

/**
 * Opens one execution over the nodes that match now, and starts as many as rate control lets, in one commit: a kill leaves no run that
 * nobody would ever begin. Null when there is nothing to do: no node matches, the association waits for its interval, or this scheduled
 * moment has its execution already.
 */
export function startExecution(context: StartContext, occasion: Occasion): ExecutionId | null {
  return context.transaction(() => {
    const recorded = recordExecution(context, occasion);
    if (recorded === null) return null;
    const { execution, superseded, judged } = recorded;
    for (const { executionId, associationId } of [...superseded, execution])
      context.changes.publish({ kind: 'execution', executionId, associationId });
    context.changes.publish({ kind: 'association', associationId: execution.associationId });
    for (const { nodeId } of judged) announceCompliance(context, execution, nodeId);
    dispatchExecution(context, execution.executionId);
    return execution.executionId;
  });
}
