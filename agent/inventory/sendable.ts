import { createHash } from 'node:crypto';
import {
  INVENTORY_ENTRY_LIMIT,
  INVENTORY_NODE_BYTES,
  INVENTORY_TYPE_BYTES,
  INVENTORY_VALUE_LIMIT,
  type InventoryEntry,
  inventoryBytes,
  type SentInventoryItem,
} from '../protocol/inventory.ts';
import type { CollectedItem } from './collection.ts';

/** An item with its content: which the controller may ask for. */
export type SendableItem = Omit<SentInventoryItem, 'content'> & { readonly content: InventoryEntry[]; readonly bytes: number };

/** What would forge lines, or be another character once it is stored. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\p{Cs}]+/gu;

const printable = (value: string): string => value.slice(0, INVENTORY_VALUE_LIMIT).replace(UNPRINTABLE, ' ').trim();

const cleaned = (entry: InventoryEntry): InventoryEntry =>
  Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, printable(value)]));

/** The items as they are sent; those that are larger than the limits are said, and left as the controller knows them. */
export function sendableItems(items: readonly CollectedItem[], now: Date, warn: (problem: string) => void): SendableItem[] {
  const captureTime = now.toISOString();
  let total = 0;
  return items.flatMap(({ typeName, schemaVersion, content: raw }) => {
    const content = raw.map(cleaned);
    const bytes = inventoryBytes(content);
    if (content.length > INVENTORY_ENTRY_LIMIT) {
      warn(`${typeName} is not sent: it has ${content.length} entries, and ${INVENTORY_ENTRY_LIMIT} are allowed.`);
      return [];
    }
    if (bytes > INVENTORY_TYPE_BYTES || total + bytes > INVENTORY_NODE_BYTES) {
      warn(
        `${typeName} is not sent: it has ${bytes} bytes; ${INVENTORY_TYPE_BYTES} are allowed for a type, ${INVENTORY_NODE_BYTES} for a node.`,
      );
      return [];
    }
    total += bytes;
    const contentHash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
    return [{ typeName, schemaVersion, captureTime, contentHash, content, bytes }];
  });
}
