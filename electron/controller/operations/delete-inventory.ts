import { v7 } from 'uuid';
import { Fault } from '../../domain/faults.ts';
import type { InventoryDeletion } from '../../domain/inventory.ts';
import { INVENTORY_KEPT_DAYS, isCustomInventory } from '../../domain/inventory-type.ts';
import type { Context } from './context.ts';

type InventoryContext = Pick<Context, 'stores' | 'transaction' | 'clock' | 'changes' | 'log'>;

const DAY_MS = 24 * 3_600_000;

export type InventoryDeletionRequest = {
  typeName: string;
  /** DisableSchema: no item of its present version, or of an older one, is taken any more. */
  schema: 'DisableSchema' | 'DeleteSchema';
  isDryRun: boolean;
};

/** Deletes a custom type from every node, at once; of a dry run nothing but the count happens. */
export function deleteInventory(context: InventoryContext, { typeName, schema, isDryRun }: InventoryDeletionRequest): InventoryDeletion {
  if (!isCustomInventory(typeName)) {
    throw new Fault('InvalidTypeNameException', { problem: `Only custom types can be deleted; ${typeName} is none.` });
  }
  const { inventory } = context.stores;
  const known = inventory.customTypes().find((type) => type.typeName === typeName);
  if (known === undefined) {
    throw new Fault('InvalidDeleteInventoryParametersException', { problem: `There is no custom type ${typeName}.` });
  }
  const summary = inventory.versionCounts(typeName);
  const deletion = { deletionId: v7(), typeName, startedAt: context.clock.now(), summary };
  if (isDryRun) return deletion;
  const nodes = inventory.nodesWithType(typeName);
  context.transaction(() => {
    inventory.removeType(typeName);
    if (schema === 'DeleteSchema') inventory.removeCustomType(typeName);
    else inventory.putCustomType({ ...known, disabledVersion: known.schemaVersion });
    inventory.addDeletion(deletion);
  });
  context.log.info('inventory-deleted', { typeName, schema, nodes: nodes.length });
  for (const nodeId of nodes) context.changes.publish({ kind: 'inventory', nodeId });
  return deletion;
}

/** What a node has not confirmed for 30 days goes: also of nodes that are silent, or were deregistered (spec.md 15). */
export function expireInventory(context: InventoryContext): void {
  const before = new Date(context.clock.now().getTime() - INVENTORY_KEPT_DAYS * DAY_MS);
  const removed = context.transaction(() => context.stores.inventory.removeUnheard(before));
  if (removed > 0) context.log.info('inventory-expired', { items: removed });
}
