import * as z from 'zod';
import type { InventoryEntry } from '../../agent/protocol/inventory.ts';
import { builtInSchema, isCustomInventory } from './inventory-type.ts';
import { compareWithAsked, fullVersionOf, versionSchemeOf } from './version-comparison.ts';

/** InventoryFilter of the API. */
export const InventoryFilter = z.strictObject({
  Key: z.string().min(1).max(200),
  Values: z.array(z.string().max(4096)).min(1).max(40),
  Type: z.enum(['Equal', 'NotEqual', 'BeginWith', 'LessThan', 'GreaterThan', 'Exists']).default('Equal'),
});
export type InventoryFilter = z.output<typeof InventoryFilter>;

/** A filter on one attribute, or on a whole type where there is none. */
export type AttributeFilter = { typeName: string; attribute: string | null; type: InventoryFilter['Type']; values: readonly string[] };

export type ReadFilter = { ok: true; filter: AttributeFilter } | { ok: false; problem: string };

/** `AWS:Application.Name`; for Exists also `AWS:Application`. */
export function readInventoryFilter({ Key, Values: values, Type: type }: InventoryFilter): ReadFilter {
  const [, typeName, attribute = null] = /^((?:AWS|Custom):[^.]+)(?:\.(.+))?$/s.exec(Key) ?? [];
  if (typeName === undefined) return { ok: false, problem: `${Key} is no type with an attribute, as in AWS:Application.Name.` };
  const schema = builtInSchema(typeName);
  if (schema === null && !isCustomInventory(typeName)) return { ok: false, problem: `There is no inventory type ${typeName}.` };
  if (attribute === null && type !== 'Exists') return { ok: false, problem: `${Key} names no attribute.` };
  if (attribute !== null && schema?.attributes.every(({ name }) => name !== attribute)) {
    return { ok: false, problem: `${typeName} has no attribute ${attribute}.` };
  }
  if (type === 'Exists' && !values.every((value) => value === 'true' || value === 'false')) {
    return { ok: false, problem: 'The value of an Exists filter is true or false.' };
  }
  return { ok: true, filter: { typeName, attribute, type, values } };
}

const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

/** Numbers as numbers, versions of applications as versions, all else as text. */
function compareValues(entry: InventoryEntry, { typeName, attribute }: AttributeFilter, asked: string): number {
  const value = attribute === null ? '' : (entry[attribute] ?? '');
  if (typeName === 'AWS:Application' && attribute === 'Version')
    return compareWithAsked(fullVersionOf(entry), asked, versionSchemeOf(entry));
  if (isNumber(value) && isNumber(asked)) return Number(value) - Number(asked);
  return value < asked ? -1 : value > asked ? 1 : 0;
}

/** Whether a single entry is what the filter asks for; NotEqual asks for the opposite, of all entries together. */
function meets(entry: InventoryEntry, filter: AttributeFilter): boolean {
  const { attribute, type, values } = filter;
  const value = attribute === null || !Object.hasOwn(entry, attribute) ? undefined : entry[attribute];
  if (type === 'Exists') return attribute === null || value !== undefined;
  if (value === undefined) return false;
  switch (type) {
    case 'Equal':
    case 'NotEqual':
      return values.includes(value);
    case 'BeginWith':
      return values.some((asked) => value.startsWith(asked));
    case 'LessThan':
      return values.some((asked) => compareValues(entry, filter, asked) < 0);
    case 'GreaterThan':
      return values.some((asked) => compareValues(entry, filter, asked) > 0);
  }
}

/** All filters on one type: what an entry has to be, and what no entry may be. */
export type TypeFilter = {
  typeName: string;
  /** Together, so that name and version are those of one application. */
  isSought: ((entry: InventoryEntry) => boolean) | null;
  /** Whether it is one that a node with it is left out for. */
  isForbidden: ((entry: InventoryEntry) => boolean) | null;
};

const isNegative = ({ type, values }: AttributeFilter): boolean => type === 'NotEqual' || (type === 'Exists' && values.includes('false'));

/** Filters by the types that they are on. */
export function filtersByType(filters: readonly AttributeFilter[]): TypeFilter[] {
  return [...Map.groupBy(filters, ({ typeName }) => typeName)].map(([typeName, ofType]) => {
    const [negative, positive] = [ofType.filter(isNegative), ofType.filter((filter) => !isNegative(filter))];
    return {
      typeName,
      isSought: positive.length === 0 ? null : (entry) => positive.every((filter) => meets(entry, filter)),
      isForbidden: negative.length === 0 ? null : (entry) => negative.some((filter) => meets(entry, filter)),
    };
  });
}
