import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { InventoryEntry } from '../../../agent/protocol/inventory.ts';
import { INVENTORY_NODE_BYTES, INVENTORY_TYPE_BYTES, inventoryBytes } from '../../../agent/protocol/inventory.ts';
import { Fault } from '../../domain/faults.ts';
import {
  builtInSchema,
  CUSTOM_INVENTORY_LIMIT,
  cleanedEntry,
  compareSchemaVersions,
  isCustomInventory,
  isDerived,
  strangeAttribute,
} from '../../domain/inventory-type.ts';
import type { Context } from './context.ts';

type InventoryContext = Pick<Context, 'stores' | 'transaction' | 'clock' | 'changes'>;

/** One type of a node, as somebody puts it. Without content it is what was put with that hash before. */
export type PutItem = {
  typeName: string;
  schemaVersion: string;
  captureTime: Date;
  contentHash: string | null;
  content: readonly InventoryEntry[] | null;
};

/** Throws when the type is none that anybody may put. Answers false for one that was disabled: its items are ignored. */
function isTaken({ stores }: InventoryContext, { typeName, schemaVersion, content }: PutItem): boolean {
  const schema = builtInSchema(typeName);
  if (schema === null && !isCustomInventory(typeName))
    throw new Fault('InvalidTypeNameException', { problem: `There is no type ${typeName}.` });
  if (isDerived(typeName)) {
    throw new Fault('InvalidTypeNameException', { problem: `${typeName} is made of what Holdfast knows, and is not put.` });
  }
  if (schema !== null) {
    if (schemaVersion === schema.version) return true;
    throw new Fault('UnsupportedInventorySchemaVersionException', { typeName, version: schemaVersion, supported: schema.version });
  }
  const custom = stores.inventory.customTypes();
  const known = custom.find((type) => type.typeName === typeName);
  if (known === undefined && custom.length >= CUSTOM_INVENTORY_LIMIT) {
    throw new Fault('CustomSchemaCountLimitExceededException', { limit: CUSTOM_INVENTORY_LIMIT });
  }
  const disabled = known?.disabledVersion ?? null;
  if (disabled !== null && compareSchemaVersions(schemaVersion, disabled) <= 0) return false;
  // A hash alone begins no type of the site, and an older version does not take the place of a newer one.
  const isNewer = known === undefined || compareSchemaVersions(schemaVersion, known.schemaVersion) > 0;
  if (isNewer && content !== null) {
    stores.inventory.putCustomType({ typeName, schemaVersion, disabledVersion: disabled });
  }
  return true;
}

/** How large the content is; refused when it, or the node with it, is larger than it may be. */
function measured({ stores }: InventoryContext, nodeId: NodeId, { typeName, content }: PutItem): number {
  const bytes = inventoryBytes(content ?? []);
  if (bytes > INVENTORY_TYPE_BYTES) {
    throw new Fault('ItemSizeLimitExceededException', { complianceType: typeName, bytes, limit: INVENTORY_TYPE_BYTES });
  }
  const others = stores.inventory.items(nodeId).filter((item) => item.typeName !== typeName);
  const total = others.reduce((sum, item) => sum + item.bytes, bytes);
  if (total > INVENTORY_NODE_BYTES) throw new Fault('TotalSizeLimitExceededException', { bytes: total, limit: INVENTORY_NODE_BYTES });
  return bytes;
}

/** Stores the item. Answers false when it came without content, and is not what is stored. */
function stored(context: InventoryContext, nodeId: NodeId, item: PutItem): boolean {
  const { inventory } = context.stores;
  const { typeName, schemaVersion, captureTime, contentHash } = item;
  if (!isTaken(context, item)) return true;
  const receivedAt = context.clock.now();
  const known = inventory.item(nodeId, typeName);
  const isKnown = known !== null && contentHash !== null && known.contentHash === contentHash && known.schemaVersion === schemaVersion;
  if (isKnown) {
    inventory.confirm({ nodeId, typeName, captureTime, receivedAt });
    return true;
  }
  if (item.content === null) return false;
  const content = item.content.map(cleanedEntry);
  const strange = strangeAttribute(typeName, content);
  if (strange !== null) throw new Fault('InvalidItemContentException', { problem: `${typeName} has no attribute ${strange}.` });
  const bytes = measured(context, nodeId, { ...item, content });
  inventory.put({ nodeId, typeName, schemaVersion, captureTime, receivedAt, contentHash, bytes, entries: content.length }, content);
  return true;
}

/** Stores items of one node, all or none. Answers the types whose content has to be sent, because it is not what the hash says. */
export function putInventory(context: InventoryContext, nodeId: NodeId, items: readonly PutItem[]): { needed: string[] } {
  const needed = context.transaction(() =>
    items.flatMap((item, position) => {
      try {
        return stored(context, nodeId, item) ? [] : [item.typeName];
      } catch (cause) {
        throw cause instanceof Fault && cause.places.length === 0 ? cause.at([{ field: `Items.${position}` }]) : cause;
      }
    }),
  );
  if (needed.length < items.length) context.changes.publish({ kind: 'inventory', nodeId });
  return { needed };
}

export type TakenInventory = { needed: string[]; refused: { typeName: string; problem: string }[] };

/** What a node sends of itself: each item by itself, so that one that is refused keeps none of the others away. */
export function takeInventory(context: InventoryContext, nodeId: NodeId, items: readonly PutItem[]): TakenInventory {
  const taken: TakenInventory = { needed: [], refused: [] };
  // One commit for all of them; what one item wrote before it was refused is undone alone.
  context.transaction(() => {
    for (const item of items) {
      try {
        if (!context.transaction(() => stored(context, nodeId, item))) taken.needed.push(item.typeName);
      } catch (cause) {
        if (!(cause instanceof Fault)) throw cause;
        taken.refused.push({ typeName: item.typeName, problem: `${cause.message} ${cause.remedy}` });
      }
    }
  });
  context.changes.publish({ kind: 'inventory', nodeId });
  return taken;
}
