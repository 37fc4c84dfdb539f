import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { NodeAssociation, NodeRow } from '../../api/nodes.ts';
import { associationTitle } from '../../domain/association.ts';
import { ASSOCIATION_TYPE } from '../../domain/compliance.ts';
import { Fault } from '../../domain/faults.ts';
import { pingStatusOf } from '../../domain/node.ts';
import { describeSelection } from '../../domain/target.ts';
import { changeNode, deregisterNode } from '../operations/change-node.ts';
import type { Context } from '../operations/context.ts';
import { createActivation } from '../operations/create-activation.ts';
import { effectiveAssociations, effectiveDocument } from '../operations/effective-associations.ts';
import { onlineNodes } from '../operations/online-nodes.ts';
import { refreshNode } from '../operations/refresh-node.ts';
import type { StoredNode } from '../store/node-store.ts';
import { enrollCommands } from './enroll-commands.ts';
import { os } from './implementer.ts';

type StoredRow = StoredNode & Pick<NodeRow, 'compliance' | 'lastExecutionAt'>;

export function nodeRow(context: Context, stored: StoredRow): NodeRow {
  const associationCount = context.index.applyingTo(stored.nodeId).length;
  const isConnected = context.link.isConnected(stored.nodeId);
  const pingStatus = pingStatusOf({ isConnected, lastPingAt: stored.lastPingAt }, context.clock.now());
  return { ...stored, isConnected, pingStatus, associationCount };
}

function oneNode(context: Context, nodeId: NodeId): NodeRow {
  const query = { search: '', sort: 'name', order: 'ascending', offset: 0, limit: 1, onlineNodeIds: [] } as const;
  const [row] = context.stores.nodes.page({ ...query, nodeIds: [nodeId] }).rows;
  if (row === undefined) throw new Fault('InvalidInstanceId', { nodeId });
  return nodeRow(context, row);
}

function nodeAssociations(context: Context, nodeId: NodeId): NodeAssociation[] {
  const node = context.stores.nodes.find(nodeId);
  if (node === null) throw new Fault('InvalidInstanceId', { nodeId });
  const latest = new Map(context.stores.executions.latestTargetsOfNode(nodeId).map((target) => [target.associationId, target]));
  const items = new Map(context.stores.compliance.ofType(nodeId, ASSOCIATION_TYPE).map((item) => [item.itemId, item]));
  return effectiveAssociations(context, nodeId).map(({ association, targets }) => {
    const { documentVersion: runsVersion, problem } = effectiveDocument(context, association);
    const target = latest.get(association.associationId);
    return {
      associationId: association.associationId,
      title: associationTitle(association),
      documentName: association.documentName,
      documentVersion: association.documentVersion,
      runsVersion,
      problem,
      syncCompliance: association.syncCompliance,
      because: describeSelection(targets),
      nextRunAt: context.stores.associations.find(association.associationId)?.nextRunAt ?? null,
      latest:
        target === undefined
          ? null
          : {
              executionId: target.executionId,
              associationVersion: target.associationVersion,
              status: target.status,
              detailedStatus: target.detailedStatus,
              at: target.endedAt ?? target.startedAt ?? target.dispatchedAt ?? node.registeredAt,
              executionSummary: target.executionSummary,
            },
      compliance: items.get(association.associationId) ?? null,
    };
  });
}

export const nodeHandlers = {
  list: os.nodes.list.handler(({ context: { site }, input }) => {
    const { context } = site;
    const { pingStatus: wanted, connectedOnly, ...query } = input;
    const onlineNodeIds = onlineNodes(context);
    const { rows, total } = context.stores.nodes.page({
      ...query,
      onlineNodeIds,
      nodeIds: connectedOnly ? context.link.connectedNodes() : wanted === 'Online' ? onlineNodeIds : null,
      excludeNodeIds: wanted === 'ConnectionLost' ? onlineNodeIds : null,
    });
    return { rows: rows.map((row) => nodeRow(context, row)), total };
  }),
  get: os.nodes.get.handler(({ context: { site }, input }) => oneNode(site.context, input.nodeId)),
  associations: os.nodes.associations.handler(({ context: { site }, input }) => nodeAssociations(site.context, input.nodeId)),
  update: os.nodes.update.handler(({ context: { site }, input }) => {
    changeNode(site.context, input);
    return oneNode(site.context, input.nodeId);
  }),
  refresh: os.nodes.refresh.handler(({ context: { site }, input }) => refreshNode(site.context, { ...input, step: null })),
  deregister: os.nodes.deregister.handler(({ context: { site }, input }) => deregisterNode(site.context, input.nodeId)),
  tags: os.nodes.tags.handler(({ context: { site } }) => site.context.stores.nodes.tagsInUse()),
};

export const activationHandlers = {
  list: os.activations.list.handler(({ context: { site } }) => site.context.stores.activations.list()),
  create: os.activations.create.handler(({ context: { site }, input }) => {
    const { context, facts } = site;
    const { activation, activationCode } = createActivation(context, input.draft);
    const { caFingerprint } = context.certificates;
    const commands = enrollCommands({ address: input.address, port: facts.hubPort, activation, activationCode, caFingerprint });
    return { activation, activationCode, commands, caFingerprint };
  }),
  delete: os.activations.delete.handler(({ context: { site }, input }) => {
    site.context.stores.activations.delete(input.activationId, site.context.clock.now());
    site.context.changes.publish({ kind: 'activation', activationId: input.activationId });
  }),
};
