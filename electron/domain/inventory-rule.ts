import type { AssociationId } from '../../agent/protocol/ids.ts';
import type { TargetSelection } from './target.ts';

const INVENTORY_ACTION = 'aws:softwareInventory';

/** Whether a document collects inventory: at most one association may do so on a node (spec.md 3, the inventory exception). */
export const collectsInventory = (content: { mainSteps: readonly { action: string }[] }): boolean =>
  content.mainSteps.some(({ action }) => action === INVENTORY_ACTION);

/** An inventory association that matches the node in question, and by what. */
export type InventoryAssociation = { associationId: AssociationId; title: string; targets: TargetSelection };

/** SSM's own words for the detailed status of a target that gives way. */
export const OVERRIDDEN = 'Overridden By Explicit Inventory Association';

export type InventoryDecision =
  /** `overrides`: what the node shows of these is now Skipped, since only the one that ran last is real. */
  { kind: 'run'; overrides: readonly AssociationId[] } | { kind: 'skip'; because: typeof OVERRIDDEN } | { kind: 'fail'; message: string };

/** How an association came to name a node. A group is a tag query, so two of them conflict as tags do. */
function specificity({ kind }: TargetSelection): 'all' | 'query' | 'id' {
  switch (kind) {
    case 'all':
      return 'all';
    case 'tags':
    case 'group':
      return 'query';
    case 'nodes':
      return 'id';
  }
}

/** What happens when `running` is about to run on a node; `matching` are the inventory associations that match it, in any order. */
export function decideInventory(running: InventoryAssociation, matching: readonly InventoryAssociation[]): InventoryDecision {
  const others = matching.filter(({ associationId }) => associationId !== running.associationId);
  const own = specificity(running.targets);
  if (own === 'all' && others.some(({ targets }) => specificity(targets) !== 'all')) return { kind: 'skip', because: OVERRIDDEN };
  const rival = own === 'query' ? others.find(({ targets }) => specificity(targets) === 'query') : undefined;
  if (rival !== undefined) {
    return { kind: 'fail', message: `“${rival.title}” collects inventory here by tags too; a node has one such association.` };
  }
  return { kind: 'run', overrides: others.map(({ associationId }) => associationId) };
}

/** Why an inventory association with these targets may not be saved beside the others; null when it may. */
export function inventoryConflict(targets: TargetSelection, others: readonly InventoryAssociation[]): string | null {
  if (targets.kind !== 'all') return null;
  const other = others.find((each) => each.targets.kind === 'all');
  if (other === undefined) return null;
  return `Multiple associations that collect inventory on every node are not supported; “${other.title}” does so already.`;
}
