import type { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import type { Context } from './context.ts';
import { startExecution } from './start-execution.ts';

type JoinContext = Parameters<typeof startExecution>[0] & Pick<Context, 'log'>;

/**
 * Nodes that begin to match get the association at once, all in one execution (spec.md 5.1, trigger 7). Those that are away get it
 * when they connect; with ApplyOnlyAtCronInterval all wait for the next fire.
 */
export function joinAssociation(context: JoinContext, associationId: AssociationId, nodeIds: readonly NodeId[]): void {
  const association = context.stores.associations.find(associationId);
  const connected = nodeIds.filter((nodeId) => context.link.isConnected(nodeId));
  if (association === null || association.applyOnlyAtCronInterval || connected.length === 0) return;
  try {
    startExecution(context, { association, trigger: 'NodeMatched', fireAt: null, onlyNodes: new Set(connected) });
  } catch (cause) {
    // One association that cannot start does not keep the others from their new nodes.
    context.log.error('joining-start-failed', cause, { associationId, nodes: connected.length });
  }
}
