import * as z from 'zod';
import { Fault } from '../../domain/faults.ts';
import type { InventoryDeletion } from '../../domain/inventory.ts';
import { deleteInventory as remove } from '../operations/delete-inventory.ts';
import { operation } from './operation.ts';
import { paged, pageOfSorted, pagerFor } from './paging.ts';

const DeleteRequest = z.strictObject({
  TypeName: z.string().min(1).max(100),
  /** Without it the type goes as a whole, and is there again when somebody puts it. */
  SchemaDeleteOption: z.enum(['DisableSchema', 'DeleteSchema']).default('DeleteSchema'),
  DryRun: z.boolean().default(false),
  ClientToken: z.string().min(1).max(64).optional(),
});

/** `remaining`: whether it is all still there, as after a dry run. */
function summaryMembers({ summary }: InventoryDeletion, remaining: boolean) {
  const total = summary.reduce((sum, { count }) => sum + count, 0);
  return {
    TotalCount: total,
    RemainingCount: remaining ? total : 0,
    SummaryItems: summary.map(({ version, count }) => ({ Version: version, Count: count, RemainingCount: remaining ? count : 0 })),
  };
}

export const deleteInventory = operation(DeleteRequest, (context, { TypeName, SchemaDeleteOption, DryRun }) => {
  const deletion = remove(context, { typeName: TypeName, schema: SchemaDeleteOption, isDryRun: DryRun });
  const { deletionId: DeletionId } = deletion;
  return { ...(DryRun ? {} : { DeletionId }), TypeName, DeletionSummary: summaryMembers(deletion, DryRun) };
});

const DeletionsRequest = z.strictObject({ DeletionId: z.string().min(1).max(64).optional(), ...paged() });

/** The oldest first: their ids sort by when they began. */
export const describeInventoryDeletions = operation(DeletionsRequest, (context, request) => {
  const { DeletionId } = request;
  const all = context.stores.inventory.deletions();
  const sought = DeletionId === undefined ? all : all.filter(({ deletionId }) => deletionId === DeletionId);
  if (DeletionId !== undefined && sought.length === 0) {
    throw new Fault('InvalidDeletionIdException', { deletionId: DeletionId }, { places: [{ field: 'DeletionId' }] });
  }
  const pager = pagerFor(context, 'DescribeInventoryDeletions', request);
  const { rows, ...rest } = pageOfSorted(pager, sought, ({ deletionId }) => deletionId);
  const InventoryDeletions = rows.map((deletion) => ({
    DeletionId: deletion.deletionId,
    TypeName: deletion.typeName,
    DeletionStartTime: deletion.startedAt,
    LastStatus: 'Complete',
    LastStatusMessage: 'Deletion is complete',
    DeletionSummary: summaryMembers(deletion, false),
    LastStatusUpdateTime: deletion.startedAt,
  }));
  return { InventoryDeletions, ...rest };
});
