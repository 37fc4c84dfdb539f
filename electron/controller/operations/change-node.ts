import { CloseCode } from '../../../agent/protocol/close-codes.ts';
import type { NodeId } from '../../../agent/protocol/ids.ts';
import { skippedTarget } from '../../domain/execution.ts';
import { Fault } from '../../domain/faults.ts';
import type { Tag } from '../../domain/tag.ts';
import { leaveAssociation } from './leave-association.ts';
import { moveTargets, settleExecution } from './settle-execution.ts';
import { applyToJoiningNode } from './welcome-node.ts';

type NodeContext = Parameters<typeof applyToJoiningNode>[0];

/** A new name or new tags. What the node newly matches runs at once; what it no longer matches loses its compliance item (spec.md 3). */
export function changeNode(context: NodeContext, input: { nodeId: NodeId; name: string; tags: readonly Tag[] }): void {
  const { nodeId, name, tags } = input;
  const { joins, leaves } = context.index.ifNode(nodeId, tags);
  context.transaction(() => {
    if (context.stores.nodes.find(nodeId) === null) throw new Fault('InvalidInstanceId', { nodeId });
    context.stores.nodes.update(nodeId, { name, tags: [...tags] });
    for (const { association } of leaves) leaveAssociation(context, association.associationId, [nodeId]);
  });
  context.index.nodeChanged(nodeId);
  context.changes.publish({ kind: 'node', nodeId });
  for (const { association } of leaves) context.changes.publish({ kind: 'compliance', nodeId, associationId: association.associationId });
  if (joins.length > 0) applyToJoiningNode(context, nodeId);
}

function endTargetsOf(context: NodeContext, nodeId: NodeId): void {
  const now = context.clock.now();
  for (const before of context.stores.executions.unfinishedTargetsOfNode(nodeId)) {
    const execution = context.stores.executions.find(before.executionId);
    if (execution === null) continue;
    const ended =
      before.status === 'InProgress'
        ? { ...before, status: 'Cancelled' as const, detailedStatus: 'NodeDeregistered', endedAt: now }
        : skippedTarget(before, 'NodeDeregistered', now);
    settleExecution(context, moveTargets(context, execution, [{ before, after: ended }]));
  }
}

/** The node goes out of every list, its certificates are revoked and its session is closed. Its history stays. */
export function deregisterNode(context: NodeContext, nodeId: NodeId): void {
  context.transaction(() => {
    if (context.stores.nodes.find(nodeId) === null) throw new Fault('InvalidInstanceId', { nodeId });
    const now = context.clock.now();
    endTargetsOf(context, nodeId);
    context.stores.nodes.revokeCertificates(nodeId, now);
    context.stores.compliance.removeNode(nodeId);
    context.stores.nodes.deregister(nodeId, now);
  });
  context.index.nodeChanged(nodeId);
  context.link.close(nodeId, { code: CloseCode.Revoked, reason: 'the node was deregistered' });
  context.log.info('node-deregistered', { nodeId });
  context.changes.publish({ kind: 'node', nodeId });
}
