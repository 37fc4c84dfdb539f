import * as z from 'zod';
import { utf8Bytes } from '../document/document-size.ts';

/** spec.md 15, and what the SSM agent and PutInventory take of one item. */
export const INVENTORY_TYPE_BYTES = 3 * 1024 * 1024;
export const INVENTORY_NODE_BYTES = 10 * 1024 * 1024;
export const INVENTORY_ENTRY_LIMIT = 10_000;
export const INVENTORY_ATTRIBUTE_LIMIT = 50;
export const INVENTORY_VALUE_LIMIT = 4096;
/** Items of one question: each type once. */
export const INVENTORY_ITEM_LIMIT = 60;

export const InventoryTypeName = z
  .string()
  .max(100, 'A type’s name has at most 100 characters.')
  .regex(
    /^(AWS|Custom):[A-Za-z0-9][A-Za-z0-9 _.-]*$/,
    'A type is named AWS:Name or Custom:Name, of letters, digits, dots, hyphens and underscores.',
  );

/** Begins with a letter, so that none of them means anything to JavaScript's objects but what it says. */
export const InventoryAttributeName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'An attribute has a name of 1 to 64 letters, digits, hyphens and underscores.');

export const InventoryEntry = z.record(
  InventoryAttributeName,
  z.string('A value is text.').max(INVENTORY_VALUE_LIMIT, `A value has at most ${INVENTORY_VALUE_LIMIT} characters.`),
);
export type InventoryEntry = Readonly<Record<string, string>>;

export const InventorySchemaVersion = z.string().regex(/^\d{1,4}\.\d{1,4}$/, 'A schema version is written as 1.0.');

/** Without content: what the node had when it was captured is what has this hash. */
export const SentInventoryItem = z.strictObject({
  typeName: InventoryTypeName,
  schemaVersion: InventorySchemaVersion,
  captureTime: z.iso.datetime(),
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
  content: z.array(InventoryEntry).max(INVENTORY_ENTRY_LIMIT).optional(),
});
export type SentInventoryItem = z.infer<typeof SentInventoryItem>;

/** Bytes that content has in every count and limit. */
export const inventoryBytes = (content: readonly InventoryEntry[]): number => utf8Bytes(JSON.stringify(content));
