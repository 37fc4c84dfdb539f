import type { ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import type { Association } from '../../domain/association.ts';
import type { Execution, ExecutionTarget, SkipReason, Trigger } from '../../domain/execution.ts';
import { countTargets, skippedTarget } from '../../domain/execution.ts';
import type { FleetMember } from '../../domain/fleet-index.ts';
import { matchingNodes } from '../../domain/fleet-index.ts';
import { newExecutionId, scheduledExecutionId } from '../../domain/occurrence.ts';
import { rateLimits } from '../../domain/rate-control.ts';
import type { Context } from './context.ts';
import { dispatchExecution } from './dispatch-execution.ts';
import { moveTargets, settleExecution } from './settle-execution.ts';

export type Occasion = {
  association: Association;
  trigger: Trigger;
  /** The scheduled moment; null when no schedule made it begin. One moment makes one execution, however often it is asked for. */
  fireAt: Date | null;
  /** Only these of the matching nodes; null means all of them. */
  onlyNodes: ReadonlySet<NodeId> | null;
  /** When set, nothing is run: every target is recorded as skipped for this reason. */
  skipBecause?: SkipReason;
};

type StartContext = Pick<Context, 'stores' | 'transaction' | 'clock' | 'changes' | 'link' | 'signer' | 'library' | 'index' | 'log'>;

function matchingMembers({ index }: Pick<Context, 'index'>, { association }: Occasion): FleetMember[] {
  return matchingNodes(index.fleet(), index.targetsOf(association).selection);
}

/** Unstarted targets of an older execution of the same association give way to the new one (spec.md 5.2); running ones end. */
function supersede(context: StartContext, occasion: Occasion): void {
  if (occasion.onlyNodes !== null) return;
  const now = context.clock.now();
  for (const older of context.stores.executions.unfinishedOfAssociation(occasion.association.associationId)) {
    const waiting = context.stores.executions.unfinishedTargets(older.executionId).filter((target) => target.status !== 'InProgress');
    if (waiting.length === 0) continue;
    const moves = waiting.map((before) => ({ before, after: skippedTarget(before, 'Superseded', now) }));
    settleExecution(context, moveTargets(context, older, moves));
    context.changes.publish({ kind: 'execution', executionId: older.executionId, associationId: older.associationId });
  }
}

function targetsFor(
  context: StartContext,
  occasion: Occasion,
  { executionId, members }: { executionId: ExecutionId; members: readonly FleetMember[] },
): ExecutionTarget[] {
  const now = context.clock.now();
  return members.map(({ nodeId }) => {
    const target: ExecutionTarget = {
      executionId,
      associationId: occasion.association.associationId,
      nodeId,
      status: 'Pending',
      detailedStatus: 'Pending',
      dispatchedAt: null,
      startedAt: null,
      endedAt: null,
      errorCode: null,
      executionSummary: '',
      stuckAt: null,
    };
    if (occasion.skipBecause !== undefined) return skippedTarget(target, occasion.skipBecause, now);
    return context.link.isConnected(nodeId) ? target : skippedTarget(target, 'NodeOffline', now);
  });
}

function recordExecution(context: StartContext, occasion: Occasion): Execution | null {
  const { association, trigger, fireAt } = occasion;
  const now = context.clock.now();
  const executionId =
    fireAt === null ? newExecutionId(now) : scheduledExecutionId(association.associationId, association.associationVersion, fireAt);
  if (context.stores.executions.exists(executionId)) return null;
  const matching = matchingMembers(context, occasion);
  const members = occasion.onlyNodes === null ? matching : matching.filter(({ nodeId }) => occasion.onlyNodes?.has(nodeId));
  if (members.length === 0) return null;
  const { document, version } = context.library.find(association.documentName, association.documentVersion);
  supersede(context, occasion);
  const targets = targetsFor(context, occasion, { executionId, members });
  // A node that joins shares the slots of the whole association: its limit is not that of a run over one node.
  const limits = rateLimits({ ...association, targets: matching.length });
  const execution: Execution = {
    executionId,
    associationId: association.associationId,
    associationVersion: association.associationVersion,
    documentName: document.name,
    documentVersion: version.documentVersion,
    trigger,
    fireAt,
    createdAt: now,
    lastExecutionAt: now,
    status: 'Pending',
    detailedStatus: 'Pending',
    concurrency: limits.concurrency,
    toleratedErrors: limits.toleratedErrors,
    counts: countTargets(targets.map((target) => target.status)),
    cancelRequestedAt: null,
    cutOffAt: null,
    overlapEndsAt: null,
    triggeredAlarms: [],
  };
  context.stores.executions.insert(execution, targets);
  return settleExecution(context, execution);
}

/**
 * Opens one execution over the nodes that match now, and starts as many as rate control lets. Null when there is nothing to do: no
 * node matches, or this scheduled moment has its execution already.
 */
export function startExecution(context: StartContext, occasion: Occasion): ExecutionId | null {
  const execution = context.transaction(() => recordExecution(context, occasion));
  if (execution === null) return null;
  context.changes.publish({ kind: 'execution', executionId: execution.executionId, associationId: execution.associationId });
  context.changes.publish({ kind: 'association', associationId: execution.associationId });
  dispatchExecution(context, execution.executionId);
  return execution.executionId;
}
