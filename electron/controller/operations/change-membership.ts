import type { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import type { Change } from '../../api/changes.ts';
import { skippedTarget } from '../../domain/execution.ts';
import type { Context } from './context.ts';
import { moveTargets, settleExecution } from './settle-execution.ts';
import type { StartContext } from './start-execution.ts';
import { startExecution } from './start-execution.ts';

type Membership = { associationId: AssociationId; nodeIds: readonly NodeId[] };

/** Nodes that begin to match: connected ones run at once, the others when they connect (spec.md 5.1, trigger 7). */
export function nodesJoined(context: StartContext, { associationId, nodeIds }: Membership): void {
  const association = context.stores.associations.find(associationId);
  if (association === null || association.applyOnlyAtCronInterval) return;
  const here = nodeIds.filter((nodeId) => context.link.isConnected(nodeId));
  const away = nodeIds.filter((nodeId) => !context.link.isConnected(nodeId));
  const since = context.clock.now();
  for (const nodeId of away) context.stores.owedRuns.put({ associationId, nodeId, trigger: 'NodeMatched', because: 'NodeOffline', since });
  if (here.length === 0) return;
  try {
    startExecution(context, { association, trigger: 'NodeMatched', fireAt: null, onlyNodes: new Set(here) });
  } catch (cause) {
    // One association that cannot start keeps the nodes out of no other.
    context.log.error('joining-start-failed', cause, { associationId, nodes: here.length });
  }
}

type LeaveContext = Pick<Context, 'stores' | 'clock'>;

/** What waits for the nodes is not started there any more. Answers what changed. */
function stopWaiting(context: LeaveContext, { associationId, nodeIds }: Membership): Change[] {
  const gone = new Set(nodeIds);
  const now = context.clock.now();
  const changes: Change[] = [];
  for (const execution of context.stores.executions.unfinishedOfAssociation(associationId)) {
    const waiting = context.stores.executions
      .unfinishedTargets(execution.executionId)
      .filter(({ nodeId, status }) => gone.has(nodeId) && status !== 'InProgress');
    if (waiting.length === 0) continue;
    const moves = waiting.map((before) => ({ before, after: skippedTarget(before, 'NoLongerTargeted', now) }));
    settleExecution(context, moveTargets(context, execution, moves));
    changes.push({ kind: 'execution', executionId: execution.executionId, associationId });
  }
  return changes;
}

/**
 * Nodes that an association no longer covers: nothing further is started there, its item goes, and its newest target counts no more
 * (spec.md 3), so that a node which comes back is a new one. What runs ends, and nothing on the node is reverted. Call inside a
 * transaction, and publish what it answers after the commit.
 */
export function nodesLeft(context: LeaveContext, membership: Membership): Change[] {
  const { associationId, nodeIds } = membership;
  const changes = stopWaiting(context, membership);
  for (const nodeId of nodeIds) {
    context.stores.owedRuns.remove(associationId, nodeId);
    context.stores.compliance.remove(nodeId, associationId);
    context.stores.executions.forgetLatestTarget(associationId, nodeId);
    changes.push({ kind: 'compliance', nodeId, associationId });
  }
  return changes;
}
