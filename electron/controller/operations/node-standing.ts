import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { NodeOverview } from '../../domain/node-overview.ts';
import { nodeOverview } from '../../domain/node-overview.ts';
import type { Context } from './context.ts';

/** How the associations that apply to a node stand there together; null when none applies. */
export function nodeStanding({ stores, index }: Pick<Context, 'stores' | 'index'>, nodeId: NodeId): NodeOverview | null {
  const latest = new Map(stores.executions.latestTargetsOfNode(nodeId).map(({ associationId, status }) => [associationId, status]));
  return nodeOverview(
    index.applyingTo(nodeId).map(({ association: { associationId } }) => {
      const status = latest.get(associationId) ?? null;
      return status === 'Skipped' ? stores.executions.appliedStatus(associationId, nodeId) : status;
    }),
  );
}
