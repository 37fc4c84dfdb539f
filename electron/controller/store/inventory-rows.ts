import * as z from 'zod';
import { InventoryEntry } from '../../../agent/protocol/inventory.ts';
import { InventoryDeletion, InventoryItem } from '../../domain/inventory.ts';
import { InstantColumn, jsonColumn } from './column.ts';

export const ItemRow = z.object({ ...InventoryItem.shape, captureTime: InstantColumn, receivedAt: InstantColumn });
export const ITEM_COLUMNS = InventoryItem.keyof().options;

export const NumberRow = z.object({ itemNumber: z.number() });
export const EntryRow = z.object({ content: jsonColumn(InventoryEntry), own: z.string() });
export const EntryKeyRow = z.object({ valueNumber: z.number(), own: z.string() });
export const ValueRow = z.object({ valueNumber: z.number(), content: jsonColumn(InventoryEntry), uses: z.number() });
export const ValueNumberRow = z.object({ valueNumber: z.number() });
export const CustomTypeRow = z.object({ typeName: z.string(), schemaVersion: z.string(), disabledVersion: z.string().nullable() });
export const DeletionRow = z.object({
  ...InventoryDeletion.shape,
  startedAt: InstantColumn,
  summary: jsonColumn(InventoryDeletion.shape.summary),
});
export const VersionCountRow = z.object({ version: z.string(), count: z.number() });
