import { CloseCode } from '../../../agent/protocol/close-codes.ts';
import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { Execution } from '../../domain/execution.ts';
import { skippedTarget } from '../../domain/execution.ts';
import { Fault } from '../../domain/faults.ts';
import type { TargetedAssociation } from '../../domain/membership.ts';
import type { Tag } from '../../domain/tag.ts';
import type { Membership } from './change-membership.ts';
import { changeMembership } from './change-membership.ts';
import { takeFreedSlots } from './dispatch-execution.ts';
import { endTargets } from './end-targets.ts';
import { byTargetKind } from './serve-owed-runs.ts';
import type { StartContext } from './start-execution.ts';

type NodeContext = StartContext;

/** A new name or new tags. What the node newly matches runs at once; what it no longer matches loses its compliance item (spec.md 3). */
export function changeNode(context: NodeContext, input: { nodeId: NodeId; name: string; tags: readonly Tag[] }): void {
  const { nodeId, name, tags } = input;
  const { joins, leaves } = context.index.ifNode(nodeId, tags);
  const ofNode = ({ association: { associationId } }: TargetedAssociation): Membership => ({ associationId, nodeIds: [nodeId] });
  const changes = changeMembership(context, {
    write() {
      if (context.stores.nodes.find(nodeId) === null) throw new Fault('InvalidInstanceId', { nodeId });
      context.stores.nodes.update(nodeId, { name, tags: [...tags] });
    },
    tellIndex: () => context.index.nodeChanged(nodeId),
    joins: [...joins].sort(byTargetKind).map(ofNode),
    leaves: leaves.map(ofNode),
  });
  context.changes.publish({ kind: 'node', nodeId });
  for (const change of changes) context.changes.publish(change);
}

function endTargetsOf(context: NodeContext, nodeId: NodeId): Execution[] {
  const now = context.clock.now();
  // Those that wait come first: the end of what runs would let them start.
  const unfinished = context.stores.executions.unfinishedTargetsOfNode(nodeId);
  const [waiting, running] = [
    unfinished.filter(({ status }) => status !== 'InProgress'),
    unfinished.filter(({ status }) => status === 'InProgress'),
  ];
  const moves = [
    ...waiting.map((before) => ({ before, after: skippedTarget(before, 'NodeDeregistered', now) })),
    ...running.map((before) => ({
      before,
      after: { ...before, status: 'Cancelled' as const, detailedStatus: 'NodeDeregistered', endedAt: now, stuckAt: null },
    })),
  ];
  return endTargets(context, moves);
}

/** The node goes out of every list, its certificates are revoked and its session is closed. Its history stays. */
export function deregisterNode(context: NodeContext, nodeId: NodeId): void {
  context.transaction(() => {
    if (context.stores.nodes.find(nodeId) === null) throw new Fault('InvalidInstanceId', { nodeId });
    const now = context.clock.now();
    const ended = endTargetsOf(context, nodeId);
    context.stores.nodes.revokeCertificates(nodeId, now);
    context.stores.compliance.removeNode(nodeId, now);
    context.stores.owedRuns.removeNode(nodeId);
    context.stores.inventory.removeNode(nodeId);
    context.stores.nodes.deregister(nodeId, now);
    takeFreedSlots(context, new Set(ended.map(({ associationId }) => associationId)));
  });
  context.index.nodeChanged(nodeId);
  context.link.close(nodeId, { code: CloseCode.Revoked, reason: 'the node was deregistered' });
  context.log.info('node-deregistered', { nodeId });
  context.changes.publish({ kind: 'node', nodeId });
}
