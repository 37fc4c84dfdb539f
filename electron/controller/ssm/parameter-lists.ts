import * as z from 'zod';
import { Fault } from '../../domain/faults.ts';
import type { StoredParameter } from '../store/parameter-store.ts';
import { present } from './members.ts';
import { operation } from './operation.ts';
import { paged, pageOf, pageOfSorted, pagerFor } from './paging.ts';
import { valueMembers } from './parameters.ts';

type Test = (parameter: StoredParameter) => boolean;
type Filter = { Key: string; Option?: string | undefined; Values?: readonly string[] | undefined };

const isBelow = (name: string, path: string, isRecursive: boolean): boolean => {
  const level = path.endsWith('/') ? path : `${path}/`;
  return name.startsWith(level) && (isRecursive || !name.slice(level.length).includes('/'));
};

/** By key, what each option compares; the first is the one that is meant without any. */
const TESTS: Readonly<Record<string, Readonly<Record<string, (parameter: StoredParameter, value: string) => boolean>>>> = {
  Name: {
    Equals: ({ name }, value) => name === value,
    BeginsWith: ({ name }, value) => name.startsWith(value),
    Contains: ({ name }, value) => name.includes(value),
  },
  Type: { Equals: ({ type }, value) => type === value, BeginsWith: ({ type }, value) => type.startsWith(value) },
  Path: {
    OneLevel: ({ name }, value) => isBelow(name, value, false),
    Recursive: ({ name }, value) => isBelow(name, value, true),
  },
  Tier: { Equals: (_, value) => value === 'Standard' },
  DataType: { Equals: ({ dataType }, value) => dataType === value },
  // Secure values are sealed with a key of the site, and parameters have no labels.
  KeyId: { Equals: () => false },
  Label: { Equals: () => false },
};

function testOf({ Key, Option, Values = [] }: Filter, place: string): Test {
  const options = Object.hasOwn(TESTS, Key) ? TESTS[Key] : undefined;
  if (options === undefined) throw new Fault('InvalidFilterKey', { key: Key }, { places: [{ field: `${place}.Key` }] });
  const option = Option ?? Object.keys(options)[0] ?? '';
  const isMet = Object.hasOwn(options, option) ? options[option] : undefined;
  if (isMet === undefined) throw new Fault('InvalidFilterOption', { key: Key, option }, { places: [{ field: `${place}.Option` }] });
  return (parameter) => Values.some((value) => isMet(parameter, value));
}

const Values = z.array(z.string()).min(1).max(50);
const ParameterFilters = z
  .array(z.strictObject({ Key: z.string().min(1), Option: z.string().optional(), Values: Values.optional() }))
  .default([]);
const DescribeRequest = z.strictObject({
  ParameterFilters,
  /** The older spelling, in which a name is the beginning of one. */
  Filters: z.array(z.strictObject({ Key: z.enum(['Name', 'Type', 'KeyId']), Values })).default([]),
  ...paged(),
});

const older = ({ Key, Values: given }: { Key: string; Values: string[] }): Filter => ({
  Key,
  Values: given,
  ...(Key === 'Name' ? { Option: 'BeginsWith' } : {}),
});

type Parameters = { names(): string[]; find(name: string): StoredParameter | null };

/** Those of a page and one more if there is one, by name. No more are read than it takes. */
function found(parameters: Parameters, page: { after: string | null; limit: number }, tests: readonly Test[]): StoredParameter[] {
  const { after, limit } = page;
  const rows: StoredParameter[] = [];
  for (const name of parameters.names().sort()) {
    if (after !== null && name <= after) continue;
    const parameter = parameters.find(name);
    if (parameter !== null && tests.every((isMet) => isMet(parameter))) rows.push(parameter);
    if (rows.length > limit) break;
  }
  return rows;
}

/** ParameterMetadata: everything but the value. */
const metadataMembers = (parameter: StoredParameter) =>
  present({
    Name: parameter.name,
    Type: parameter.type,
    LastModifiedDate: parameter.lastModifiedAt,
    Description: parameter.description || undefined,
    AllowedPattern: parameter.allowedPattern,
    Version: parameter.version,
    Tier: 'Standard',
    DataType: parameter.dataType,
  });

export const describeParameters = operation(DescribeRequest, (context, request) => {
  const pager = pagerFor(context, 'DescribeParameters', request);
  const tests = [
    ...request.ParameterFilters.map((filter, position) => testOf(filter, `ParameterFilters.${position}`)),
    ...request.Filters.map((filter, position) => testOf(older(filter), `Filters.${position}`)),
  ];
  const { rows, ...rest } = pageOf(pager, found(context.stores.parameters, pager, tests), ({ name }) => name);
  return { Parameters: rows.map(metadataMembers), ...rest };
});

const PathRequest = z.strictObject({
  Path: z.string().regex(/^\//, 'a path begins with /.').max(2048),
  Recursive: z.boolean().default(false),
  ParameterFilters,
  WithDecryption: z.boolean().default(false),
  ...paged(10),
});

export const getParametersByPath = operation(PathRequest, (context, request) => {
  const pager = pagerFor(context, 'GetParametersByPath', request);
  const { Path, Recursive, WithDecryption } = request;
  const tests: Test[] = [
    ({ name }) => isBelow(name, Path, Recursive),
    ...request.ParameterFilters.map((filter, position) => testOf(filter, `ParameterFilters.${position}`)),
  ];
  const { rows, ...rest } = pageOf(pager, found(context.stores.parameters, pager, tests), ({ name }) => name);
  return { Parameters: rows.map((parameter) => valueMembers(context, parameter, WithDecryption)), ...rest };
});

const HistoryRequest = z.strictObject({ Name: z.string().min(1), WithDecryption: z.boolean().default(false), ...paged() });

/** The oldest first. */
export const getParameterHistory = operation(HistoryRequest, (context, request) => {
  const { Name: name, WithDecryption } = request;
  const pager = pagerFor(context, 'GetParameterHistory', request);
  const parameter = context.stores.parameters.find(name);
  if (parameter === null) throw new Fault('ParameterNotFound', { name }, { places: [{ field: 'Name' }] });
  const versions = context.stores.parameters.versions(name).reverse();
  const { rows, ...rest } = pageOfSorted(pager, versions, ({ version }) => String(version).padStart(9, '0'));
  const members = rows.map((version) => {
    const values = valueMembers(context, { ...parameter, ...version }, WithDecryption);
    return { ...metadataMembers({ ...parameter, ...version }), ...values, Labels: [] };
  });
  return { Parameters: members, ...rest };
});
