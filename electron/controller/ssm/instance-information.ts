import * as z from 'zod';
import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { PingStatus } from '../../domain/node.ts';
import { pingStatusOf } from '../../domain/node.ts';
import type { Context } from '../operations/context.ts';
import { nodeStanding } from '../operations/node-standing.ts';
import type { NodePageRow } from '../store/node-page.ts';
import type { NodeTest } from './instance-filters.ts';
import { filterMembers, nodeTests } from './instance-filters.ts';
import { present } from './members.ts';
import { operation } from './operation.ts';
import type { Pager } from './paging.ts';
import { paged, pageOf, pagerFor } from './paging.ts';

/** Nodes that are looked at together. */
const CHUNK = 100;

function nodesById({ stores }: Pick<Context, 'stores'>, nodeIds: readonly NodeId[]): NodePageRow[] {
  const query = { search: '', sort: 'name', order: 'ascending', offset: 0, limit: CHUNK, onlineNodeIds: [], nodeIds } as const;
  return stores.nodes.page(query).rows.sort((a, b) => (a.nodeId < b.nodeId ? -1 : 1));
}

const pingStatus = ({ link, clock }: Context, { nodeId, lastPingAt }: NodePageRow): PingStatus =>
  pingStatusOf({ isConnected: link.isConnected(nodeId), lastPingAt }, clock.now());

/** The nodes of a page and one more if there is one, in the order of their ids; no more of the others are read than it takes. */
function found(context: Context, { after, limit }: Pager, tests: readonly NodeTest[]): NodePageRow[] {
  const ids = [...context.index.fleet().members.keys()].sort().filter((nodeId) => after === null || nodeId > after);
  const rows: NodePageRow[] = [];
  for (let start = 0; start < ids.length && rows.length <= limit; start += CHUNK) {
    const chunk = nodesById(context, ids.slice(start, start + CHUNK));
    rows.push(
      ...chunk.filter((node) => {
        const { nodeId } = node;
        const seen = { ...node, pingStatus: pingStatus(context, node), standing: () => nodeStanding(context, nodeId) };
        return tests.every((isMet) => isMet(seen));
      }),
    );
  }
  return rows.slice(0, limit + 1);
}

/** InstanceInformation. */
function informationMembers(context: Context, node: NodePageRow) {
  const standing = nodeStanding(context, node.nodeId);
  return present({
    InstanceId: node.nodeId,
    PingStatus: pingStatus(context, node),
    LastPingDateTime: node.lastPingAt,
    AgentVersion: node.agentVersion,
    IsLatestVersion: node.agentVersion === context.version,
    PlatformType: node.platformType,
    PlatformName: node.platformName,
    PlatformVersion: node.platformVersion,
    ActivationId: node.activationId,
    RegistrationDate: node.registeredAt,
    ResourceType: 'ManagedInstance',
    Name: node.name,
    IPAddress: node.ipAddress,
    ComputerName: node.computerName,
    AssociationStatus: standing?.status,
    LastAssociationExecutionDate: node.lastExecutionAt,
    LastSuccessfulAssociationExecutionDate: context.stores.executions.lastSuccessAt(node.nodeId),
    AssociationOverview:
      standing === null ? undefined : { DetailedStatus: standing.status, InstanceAssociationStatusAggregatedCount: standing.counts },
  });
}

export const describeInstanceInformation = operation(z.strictObject({ ...filterMembers, ...paged() }), (context, request) => {
  const pager = pagerFor(context, 'DescribeInstanceInformation', request);
  const { rows, ...rest } = pageOf(pager, found(context, pager, nodeTests(request)), ({ nodeId }) => nodeId);
  return { InstanceInformationList: rows.map((node) => informationMembers(context, node)), ...rest };
});
