import type { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import type { Change } from '../../api/changes.ts';
import { skippedTarget } from '../../domain/execution.ts';
import type { Context } from './context.ts';
import { moveTargets, settleExecution } from './settle-execution.ts';
import type { StartContext } from './start-execution.ts';
import { startExecution } from './start-execution.ts';

type MembershipContext = Pick<Context, 'stores' | 'clock'>;

export type Membership = { associationId: AssociationId; nodeIds: readonly NodeId[] };

/**
 * Nodes that begin to match are owed a run (spec.md 5.1, trigger 7), which they get when they connect. Call inside the transaction of
 * what made them match.
 */
export function oweJoined({ stores, clock }: MembershipContext, { associationId, nodeIds }: Membership): void {
  const association = stores.associations.find(associationId);
  if (association === null || association.applyOnlyAtCronInterval) return;
  const owed = { associationId, trigger: 'NodeMatched', because: 'NodeOffline', since: clock.now() } as const;
  for (const nodeId of nodeIds) stores.owedRuns.put({ ...owed, nodeId });
}

function startOn(context: StartContext, associationId: AssociationId, onlyNodes: ReadonlySet<NodeId>): void {
  const association = context.stores.associations.find(associationId);
  if (association === null || association.applyOnlyAtCronInterval) return;
  try {
    startExecution(context, { association, trigger: 'NodeMatched', fireAt: null, onlyNodes });
  } catch (cause) {
    // One association that cannot start keeps the nodes out of no other; it stays owed.
    context.log.error('joining-start-failed', cause, { associationId, nodes: onlyNodes.size });
  }
}

/** Once the index knows of it: of the nodes that begin to match, those that are connected run at once. */
function startJoined(context: StartContext, { associationId, nodeIds }: Membership): void {
  const here = new Set(nodeIds.filter((nodeId) => context.link.isConnected(nodeId)));
  if (here.size > 0) startOn(context, associationId, here);
}

/** What waits for the nodes is not started there any more. Answers what changed. */
function stopWaiting(context: MembershipContext, { associationId, nodeIds }: Membership): Change[] {
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
export function nodesLeft(context: MembershipContext, membership: Membership): Change[] {
  const { associationId, nodeIds } = membership;
  const changes = stopWaiting(context, membership);
  for (const nodeId of nodeIds) {
    context.stores.owedRuns.remove(associationId, nodeId);
    context.stores.compliance.remove(nodeId, associationId, context.clock.now());
    context.stores.executions.forgetLatestTarget(associationId, nodeId);
    changes.push({ kind: 'compliance', nodeId, associationId });
  }
  return changes;
}

export type MembershipChange = {
  /** Writes what changes. Throws a Fault when it is refused. */
  write(): void;
  /** Tells the index which rows to read again. */
  tellIndex(): void;
  joins: readonly Membership[];
  leaves: readonly Membership[];
};

/**
 * Something that changes who matches what, with all that follows: one commit, or nothing of it. Orders leave after the commit. Answers
 * what to publish besides.
 */
export function changeMembership(context: StartContext, { write, tellIndex, joins, leaves }: MembershipChange): Change[] {
  try {
    return context.transaction(() => {
      write();
      for (const membership of joins) oweJoined(context, membership);
      const changes = leaves.flatMap((membership) => nodesLeft(context, membership));
      tellIndex();
      for (const membership of joins) startJoined(context, membership);
      return changes;
    });
  } catch (cause) {
    // What it has read is undone.
    tellIndex();
    throw cause;
  }
}
