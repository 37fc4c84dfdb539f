import * as z from 'zod';
import { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import { InventoryItem } from '../domain/inventory.ts';
import { InventorySearch } from '../domain/inventory-search.ts';
import { call, PageInput, pageOf } from './call.ts';

export const InventoryItemRow = InventoryItem.omit({ contentHash: true });
export type InventoryItemRow = z.infer<typeof InventoryItemRow>;

/** Attributes by their names, all of them text. */
export const InventoryEntryRow = z.record(z.string(), z.string());
export type InventoryEntryRow = z.infer<typeof InventoryEntryRow>;

/** Nodes that have what is sought; have it in another version only; have it not; or did not say so lately. */
export const FleetShare = z.enum(['sought', 'others', 'without', 'unknown']);
export type FleetShare = z.infer<typeof FleetShare>;

export const FleetSearch = z.strictObject({
  ...InventorySearch.shape,
  /** Days after which what a node said does not prove any more that it has something not. */
  freshDays: z.int().min(1).max(365),
});
export type FleetSearch = z.infer<typeof FleetSearch>;

export const FleetRow = z.object({
  nodeId: NodeId,
  nodeName: z.string(),
  application: z.object({ name: z.string(), version: z.string(), architecture: z.string(), publisher: z.string() }).nullable(),
  /** As the node's package manager says; empty where it does not. */
  installedTime: z.string(),
  captureTime: z.date().nullable(),
  receivedAt: z.date().nullable(),
});
export type FleetRow = z.infer<typeof FleetRow>;

export const FleetFacts = z.object({
  /** In nodes. */
  counts: z.record(FleetShare, z.number()),
  /** The oldest first; the rest is only counted. */
  versions: z.array(z.object({ name: z.string(), version: z.string(), nodes: z.number(), isSought: z.boolean() })),
  versionTotal: z.number(),
});
export type FleetFacts = z.infer<typeof FleetFacts>;

export const InventoryOverview = z.object({
  nodes: z.number(),
  /** Those of which any inventory is known. */
  inventoried: z.number(),
  /** Associations that collect inventory. */
  associations: z.array(z.object({ associationId: AssociationId, title: z.string() })),
});
export type InventoryOverview = z.infer<typeof InventoryOverview>;

/** Put, listed and deleted in the API's own form by `ssm.call`. */
export const inventory = {
  overview: call.output(InventoryOverview),
  items: call.input(z.strictObject({ nodeId: NodeId })).output(z.array(InventoryItemRow)),
  /** Of one type on one node; a search is found in any value. */
  entries: call
    .input(z.strictObject({ ...PageInput.shape, nodeId: NodeId, typeName: z.string().max(100), search: z.string().max(200) }))
    .output(z.object({ ...pageOf(InventoryEntryRow).shape, attributes: z.array(z.string()) })),
  search: call.input(z.strictObject({ ...PageInput.shape, ...FleetSearch.shape, share: FleetShare })).output(pageOf(FleetRow)),
  facts: call.input(FleetSearch).output(FleetFacts),
  /** Names of applications that contain the text, at most 20. */
  names: call.input(z.strictObject({ text: z.string().max(200) })).output(z.array(z.string())),
};
