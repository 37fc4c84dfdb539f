import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { InventoryEntry } from '../../../agent/protocol/inventory.ts';
import { builtInSchema } from '../../domain/inventory-type.ts';
import type { Context } from './context.ts';

type InventoryContext = Pick<Context, 'stores'>;

export type EntryPage = { rows: InventoryEntry[]; total: number; attributes: string[] };

/** The attributes that entries have, in the order of the type's schema, and others by name. */
function attributesOf(typeName: string, entries: readonly InventoryEntry[]): string[] {
  const present = new Set(entries.flatMap((entry) => Object.keys(entry)));
  const known = (builtInSchema(typeName)?.attributes ?? []).map(({ name }) => name);
  return [...known.filter((name) => present.has(name)), ...[...present].filter((name) => !known.includes(name)).sort()];
}

/** A page of one type's entries on one node, of those with a value that contains the search. */
export function entryPage(
  { stores }: InventoryContext,
  { nodeId, typeName }: { nodeId: NodeId; typeName: string },
  { search, offset, limit }: { search: string; offset: number; limit: number },
): EntryPage {
  const entries = stores.inventory.entries(nodeId, typeName);
  const sought = search.trim().toLowerCase();
  const matching =
    sought === '' ? entries : entries.filter((entry) => Object.values(entry).some((value) => value.toLowerCase().includes(sought)));
  return { rows: matching.slice(offset, offset + limit), total: matching.length, attributes: attributesOf(typeName, entries) };
}
