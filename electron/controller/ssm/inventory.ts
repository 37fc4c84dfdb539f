import * as z from 'zod';
import { NodeId } from '../../../agent/protocol/ids.ts';
import { INVENTORY_ENTRY_LIMIT, InventoryEntry, InventorySchemaVersion } from '../../../agent/protocol/inventory.ts';
import { Fault } from '../../domain/faults.ts';
import type { AttributeFilter } from '../../domain/inventory-filter.ts';
import { filtersByType, InventoryFilter, readInventoryFilter } from '../../domain/inventory-filter.ts';
import { builtInSchema, builtInSchemas, isCustomInventory } from '../../domain/inventory-type.ts';
import type { Context } from '../operations/context.ts';
import { inventoryTest, nodesWithInventory, type WholeItem, wholeItem } from '../operations/inventory-entries.ts';
import { putInventory as put } from '../operations/put-inventory.ts';
import { Aggregators, aggregated } from './inventory-aggregation.ts';
import { InstantText, present } from './members.ts';
import { operation } from './operation.ts';
import { paged, pageOf, pageOfSorted, pagerFor } from './paging.ts';

export const Filters = z.array(InventoryFilter).max(5, 'at most 5 filters are taken.').default([]);

const PutRequest = z.strictObject({
  InstanceId: z.string().min(1),
  Items: z
    .array(
      z.strictObject({
        TypeName: z.string().min(1).max(100),
        SchemaVersion: InventorySchemaVersion,
        CaptureTime: InstantText,
        ContentHash: z.string().min(1).max(256).optional(),
        Content: z.array(InventoryEntry).max(INVENTORY_ENTRY_LIMIT).optional(),
        Context: z.record(z.string(), z.string()).optional(),
      }),
    )
    .min(1)
    .max(30),
});

export function inventoryNode({ stores }: Context, instanceId: string): NodeId {
  const nodeId = NodeId.safeParse(instanceId);
  if (nodeId.success && stores.nodes.find(nodeId.data) !== null) return nodeId.data;
  throw new Fault('InvalidInstanceId', { nodeId: instanceId });
}

export const putInventory = operation(PutRequest, (context, { InstanceId, Items }) => {
  const nodeId = inventoryNode(context, InstanceId);
  for (const [position, { TypeName: typeName, Context: extra }] of Items.entries()) {
    if (extra === undefined) continue;
    throw new Fault('UnsupportedInventoryItemContextException', { typeName }, { places: [{ field: `Items.${position}.Context` }] });
  }
  const items = Items.map((item) => ({
    typeName: item.TypeName,
    schemaVersion: item.SchemaVersion,
    captureTime: item.CaptureTime,
    contentHash: item.ContentHash ?? null,
    content: item.Content ?? null,
  }));
  context.transaction(() => {
    const [typeName] = put(context, nodeId, items).needed;
    if (typeName !== undefined) throw new Fault('ItemContentMismatchException', { typeName });
  });
  return {};
});

/** The filters as they are applied; throws where one of them means nothing. */
export function readFilters(filters: readonly InventoryFilter[], field: string): AttributeFilter[] {
  return filters.map((given, position) => {
    const read = readInventoryFilter(given);
    if (read.ok) return read.filter;
    throw new Fault('InvalidFilter', { problem: read.problem }, { places: [{ field: `${field}.${position}.Key` }] });
  });
}

const GetRequest = z.strictObject({
  Filters,
  Aggregators: Aggregators.optional(),
  ResultAttributes: z
    .array(z.strictObject({ TypeName: z.string().min(1).max(100) }))
    .length(1, 'exactly one type is taken.')
    .optional(),
  ...paged(),
});

export const timeText = (instant: Date): string => instant.toISOString().replace(/\.\d{3}Z$/, 'Z');

const itemMembers = (typeName: string, { schemaVersion, captureTime, contentHash, content }: WholeItem) =>
  present({
    TypeName: typeName,
    SchemaVersion: schemaVersion,
    CaptureTime: timeText(captureTime),
    ContentHash: contentHash,
    Content: content,
  });

function knownType(context: Context, typeName: string): void {
  if (builtInSchema(typeName) !== null || context.stores.inventory.customTypes().some((type) => type.typeName === typeName)) return;
  throw new Fault('InvalidTypeNameException', { problem: `There is no inventory type ${typeName}.` });
}

/** Nodes by id, each with the type that is asked for; without one with what it says of itself. */
export const getInventory = operation(GetRequest, (context, request) => {
  const filters = readFilters(request.Filters, 'Filters');
  if (request.Aggregators !== undefined) return aggregated(context, request.Aggregators, filters);
  const typeName = request.ResultAttributes?.[0]?.TypeName ?? 'AWS:InstanceInformation';
  knownType(context, typeName);
  const pager = pagerFor(context, 'GetInventory', request);
  const isMet = inventoryTest(context, filters);
  const nodes: NodeId[] = [];
  for (const nodeId of nodesWithInventory(context)) {
    if ((pager.after !== null && nodeId <= pager.after) || !isMet(nodeId)) continue;
    nodes.push(nodeId);
    if (nodes.length > pager.limit) break;
  }
  const { rows, ...rest } = pageOf(pager, nodes, (nodeId) => nodeId);
  const entities = rows.map((nodeId) => {
    const item = wholeItem(context, nodeId, typeName);
    return { Id: nodeId, Data: item === null ? {} : { [typeName]: itemMembers(typeName, item) } };
  });
  return { Entities: entities, ...rest };
});

const EntriesRequest = z.strictObject({
  InstanceId: z.string().min(1),
  TypeName: z.string().min(1).max(100),
  Filters,
  ...paged(),
});

/** Filters of this operation name the attribute alone, or with its type. */
function entryFilters(typeName: string, filters: readonly InventoryFilter[]): AttributeFilter[] {
  const prefix = `${typeName}.`;
  return readFilters(
    filters.map((filter) => (filter.Key.startsWith(prefix) ? filter : { ...filter, Key: `${prefix}${filter.Key}` })),
    'Filters',
  );
}

const placeText = (place: number): string => String(place).padStart(6, '0');

export const listInventoryEntries = operation(EntriesRequest, (context, request) => {
  const { InstanceId, TypeName: typeName } = request;
  const nodeId = inventoryNode(context, InstanceId);
  knownType(context, typeName);
  const [filter] = filtersByType(entryFilters(typeName, request.Filters));
  const pager = pagerFor(context, 'ListInventoryEntries', request);
  const item = wholeItem(context, nodeId, typeName);
  const matching = (item?.content ?? [])
    .filter((entry) => (filter?.isSought?.(entry) ?? true) && !(filter?.isForbidden?.(entry) ?? false))
    .map((entry, place) => ({ entry, place: placeText(place) }));
  const { rows, ...rest } = pageOfSorted(pager, matching, ({ place }) => place);
  return present({
    TypeName: typeName,
    InstanceId: nodeId,
    SchemaVersion: item?.schemaVersion,
    CaptureTime: item === null ? null : timeText(item.captureTime),
    Entries: rows.map(({ entry }) => entry),
    ...rest,
  });
});

const SchemaRequest = z.strictObject({
  TypeName: z
    .string()
    .max(100)
    .regex(/^$|^(AWS|Custom)(:.*)?$/s)
    .default(''),
  Aggregator: z.boolean().default(false),
  SubType: z.boolean().default(false),
  ...paged(200),
});

/** Types by name: one, or all that begin as it says. */
export const getInventorySchema = operation(SchemaRequest, (context, request) => {
  const { inventory } = context.stores;
  const pager = pagerFor(context, 'GetInventorySchema', request);
  const custom = inventory.customTypes().map(({ typeName, schemaVersion }) => ({
    typeName,
    version: schemaVersion,
    attributes: inventory.attributeNames(typeName).map((name) => ({ name, dataType: 'string' as const })),
  }));
  const asked = request.TypeName;
  const all = [...builtInSchemas(), ...custom].sort((a, b) => (a.typeName < b.typeName ? -1 : 1));
  const exact = all.filter(({ typeName }) => typeName === asked);
  const sought = exact.length > 0 ? exact : all.filter(({ typeName }) => typeName.startsWith(asked));
  if (sought.length === 0 && !['AWS', 'AWS:', 'Custom', 'Custom:'].includes(asked)) {
    throw new Fault('InvalidTypeNameException', { problem: `There is no inventory type ${asked}.` }, { places: [{ field: 'TypeName' }] });
  }
  const { rows, ...rest } = pageOfSorted(pager, sought, ({ typeName }) => typeName);
  const Schemas = rows.map(({ typeName, version, attributes }) => ({
    TypeName: typeName,
    Version: version,
    Attributes: attributes.map(({ name, dataType }) => ({ Name: name, DataType: dataType })),
    DisplayName: isCustomInventory(typeName) ? typeName : typeName.slice('AWS:'.length),
  }));
  return { Schemas, ...rest };
});
