import * as z from 'zod';
import { NodeId } from '../../agent/protocol/ids.ts';
import type { InventoryEntry } from '../../agent/protocol/inventory.ts';
import { APPLICATION_TYPE } from './inventory-type.ts';

/** One type on one node, without its entries. */
export const InventoryItem = z.object({
  nodeId: NodeId,
  typeName: z.string(),
  schemaVersion: z.string(),
  /** By the node's clock. */
  captureTime: z.date(),
  /** By ours. */
  receivedAt: z.date(),
  contentHash: z.string().nullable(),
  bytes: z.number(),
  entries: z.number(),
});
export type InventoryItem = z.infer<typeof InventoryItem>;

/** The attribute that differs from node to node although the entry is the same thing. */
const OWN_ATTRIBUTE: Readonly<Record<string, string>> = {
  [APPLICATION_TYPE]: 'InstalledTime',
  'AWS:AWSComponent': 'InstalledTime',
  'AWS:WindowsUpdate': 'InstalledTime',
  'AWS:File': 'ModificationTime',
};

export const ownAttributeOf = (typeName: string): string | null =>
  Object.hasOwn(OWN_ATTRIBUTE, typeName) ? (OWN_ATTRIBUTE[typeName] ?? null) : null;

/** An entry in two: what many nodes have alike, and what is this node's own. */
export function splitEntry(typeName: string, entry: InventoryEntry): { value: InventoryEntry; own: string } {
  const attribute = ownAttributeOf(typeName);
  if (attribute === null) return { value: entry, own: '' };
  const { [attribute]: own = '', ...value } = entry;
  return { value, own };
}

export function wholeEntry(typeName: string, value: InventoryEntry, own: string): InventoryEntry {
  const attribute = ownAttributeOf(typeName);
  return attribute === null || own === '' ? value : { ...value, [attribute]: own };
}

/** How an API's deletion of a type stands: all at once, so that nothing of it remains. */
export const InventoryDeletion = z.object({
  deletionId: z.string(),
  typeName: z.string(),
  startedAt: z.date(),
  /** Items that were deleted, by their schema version. */
  summary: z.array(z.object({ version: z.string(), count: z.number() })),
});
export type InventoryDeletion = z.infer<typeof InventoryDeletion>;

export type CustomInventoryType = { typeName: string; schemaVersion: string; disabledVersion: string | null };
