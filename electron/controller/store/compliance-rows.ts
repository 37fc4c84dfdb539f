import * as z from 'zod';
import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { ComplianceType } from '../../domain/compliance.ts';
import { ComplianceItem, ItemSeverity } from '../../domain/compliance.ts';
import { ComplianceResource, ItemChange, ItemFace } from '../../domain/compliance-change.ts';
import { InstantColumn, jsonColumn } from './column.ts';
import type { Builder } from './statement.ts';

export const ItemRow = z.object({
  ...ComplianceItem.shape,
  details: jsonColumn(ComplianceItem.shape.details),
  since: InstantColumn,
  confirmedAt: InstantColumn,
  capturedAt: InstantColumn,
});

export const ResourceRow = z.object({
  ...ComplianceResource.shape,
  counts: jsonColumn(ComplianceResource.shape.counts),
  since: InstantColumn,
  executionTime: InstantColumn,
});

export const ChangeRow = z.object({
  ...ItemChange.shape,
  at: InstantColumn,
  before: jsonColumn(ItemFace).nullable(),
  after: jsonColumn(ItemFace).nullable(),
});

/** The severity that a rank stands for: what the least rank of many items is read as. */
export const SeverityOfRank = z.number().transform((rank) => ItemSeverity.options[rank] ?? 'UNSPECIFIED');

/** What the table of items has; capturedAt is the executionTime of the item's resource. */
export const ITEM_COLUMNS = ComplianceItem.omit({ capturedAt: true }).keyof().options;
export const RESOURCE_COLUMNS = ComplianceResource.keyof().options;
export const CHANGE_COLUMNS = ItemChange.keyof().options;

export type OfNode = { nodeId: NodeId };
export type OfType = OfNode & { complianceType: ComplianceType };
export type OfItem = OfType & { itemId: string };

/** Items with the capture time of their type. */
export const itemsOf = (db: Builder) =>
  db
    .selectFrom('complianceItem')
    .innerJoin('complianceResource', (join) =>
      join
        .onRef('complianceResource.nodeId', '=', 'complianceItem.nodeId')
        .onRef('complianceResource.complianceType', '=', 'complianceItem.complianceType'),
    )
    .select([...ITEM_COLUMNS.map((column) => `complianceItem.${column}` as const), 'complianceResource.executionTime as capturedAt']);
