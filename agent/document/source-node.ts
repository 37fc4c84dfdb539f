import { shortJson } from './compact-json.ts';
import { MAX_NESTING } from './nesting.ts';
import type { Path } from './path.ts';

/** A document's text as a tree whose parts know where they stand: what both formats are read into. Offsets are UTF-16 units. */
export type SourceNode = SourceScalar | SourceList | SourceMap;

interface Place {
  readonly offset: number;
  /** Levels of lists and maps, this one included. */
  readonly depth: number;
  /** Characters of all texts and keys below, counted again for each alias: how large the value is once it is written out. */
  readonly extent: number;
}

export type Scalar = string | number | boolean | null;
export type SourceScalar = Place & { readonly kind: 'scalar'; readonly value: Scalar };
export type SourceList = Place & { readonly kind: 'list'; readonly items: readonly SourceNode[] };
export type SourceMap = Place & { readonly kind: 'map'; readonly entries: ReadonlyMap<string, SourceEntry> };

export interface SourceEntry {
  readonly keyOffset: number;
  readonly value: SourceNode;
}

/** Something that keeps a text from being read, as a whole sentence. */
export interface SourceFault {
  readonly offset: number;
  readonly message: string;
}

export type SourceReading = { ok: true; root: SourceNode } | { ok: false; faults: SourceFault[] };

export const DEPTH_FAULT = `Lists and maps may be nested ${MAX_NESTING} levels deep at most.`;
export const PROTOTYPE_KEY_FAULT = 'The key "__proto__" cannot be used.';

export function duplicateKeyFault(key: string): string {
  return `The key ${shortJson(key)} occurs twice in the same map.`;
}

export function scalarNode(offset: number, value: Scalar): SourceScalar {
  return { kind: 'scalar', offset, value, depth: 0, extent: typeof value === 'string' ? Math.max(value.length, 1) : 1 };
}

export function listNode(offset: number, items: readonly SourceNode[]): SourceList {
  return { kind: 'list', offset, items, ...sizeOf(items) };
}

export function mapNode(offset: number, entries: ReadonlyMap<string, SourceEntry>): SourceMap {
  const { depth, extent } = sizeOf([...entries.values()].map(({ value }) => value));
  const keys = [...entries.keys()].reduce((sum, key) => sum + key.length, 0);
  return { kind: 'map', offset, entries, depth, extent: extent + keys };
}

function sizeOf(children: readonly SourceNode[]): { depth: number; extent: number } {
  const depth = children.reduce((deepest, child) => Math.max(deepest, child.depth), 0);
  return { depth: depth + 1, extent: children.reduce((sum, child) => sum + child.extent, 1) };
}

export function plainValue(node: SourceNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plainValue);
    case 'map':
      return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plainValue(value)]));
  }
}

/** Where to point for a part of the document. A part that is missing is where it should have been. */
export function offsetAt(node: SourceNode, path: Path, half: 'key' | 'value'): number {
  const [part, ...rest] = path;
  if (part === undefined || node.kind === 'scalar') return node.offset;
  if (node.kind === 'list') {
    const item = typeof part === 'number' ? node.items[part] : undefined;
    return item === undefined ? node.offset : offsetAt(item, rest, half);
  }
  const entry = node.entries.get(String(part));
  if (entry === undefined) return node.offset;
  return rest.length === 0 && half === 'key' ? entry.keyOffset : offsetAt(entry.value, rest, half);
}
