import type { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import type { Context } from './context.ts';

/**
 * Nodes that an association no longer covers: its item goes, and its newest target counts no more (spec.md 3), so that a node which
 * comes back is a new one and runs at once. Nothing on the node is reverted. Call inside a transaction.
 */
export function leaveAssociation({ stores }: Pick<Context, 'stores'>, associationId: AssociationId, nodeIds: readonly NodeId[]): void {
  for (const nodeId of nodeIds) {
    stores.compliance.remove(nodeId, associationId);
    stores.executions.forgetLatestTarget(associationId, nodeId);
  }
}
