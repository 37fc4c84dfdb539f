import * as z from 'zod';
import { utf8Bytes } from '../../agent/document/document-size.ts';
import { NodeId } from '../../agent/protocol/ids.ts';
import type { ComplianceFinding } from './compliance.ts';
import { ComplianceItem, ComplianceStatus, ComplianceType, ItemSeverity } from './compliance.ts';
import type { ItemCounts } from './compliance-summary.ts';
import { countsAfter, itemTotal, NO_ITEMS, resourceSummaryOf } from './compliance-summary.ts';

/** Why an item came to be, changed or went. */
export const ChangeReason = z.enum(['Run', 'Put', 'AssociationEdited', 'AssociationDeleted', 'NoLongerMatches', 'NodeDeregistered']);
export type ChangeReason = z.infer<typeof ChangeReason>;

/** What people see of an item: a change of anything else is not worth a line in its history. */
export const ItemFace = ComplianceItem.pick({ status: true, severity: true, title: true });
export type ItemFace = z.infer<typeof ItemFace>;

/** One line of an item's history. It came to be where there is no `before`, and went where there is no `after`. */
export const ItemChange = z.object({
  at: z.date(),
  because: ChangeReason,
  executionId: z.string().nullable(),
  before: ItemFace.nullable(),
  after: ItemFace.nullable(),
});
export type ItemChange = z.infer<typeof ItemChange>;

/** When, by whom and in which run the items of one type on one node were last found to be as they are (ComplianceExecutionSummary). */
export const ExecutionSummary = z.object({
  executionTime: z.date(),
  executionId: z.string().nullable(),
  executionType: z.string().nullable(),
});
export type ExecutionSummary = z.infer<typeof ExecutionSummary>;

const SeverityCounts = z.record(ItemSeverity, z.number().int().nonnegative());

/** One type on one node: what its items come to. */
export const ComplianceResource = z.object({
  nodeId: NodeId,
  complianceType: ComplianceType,
  status: ComplianceStatus,
  overallSeverity: ItemSeverity,
  counts: z.record(ComplianceStatus, SeverityCounts),
  since: z.date(),
  ...ExecutionSummary.shape,
  /** Of the items as they were put; null as soon as anything else has changed them. */
  contentHash: z.string().nullable(),
  /** How much text its items are. */
  bytes: z.number(),
});
export type ComplianceResource = z.infer<typeof ComplianceResource>;

export type ItemMove = { before: ComplianceFinding | null; after: ComplianceFinding | null };

/** As much of an item as limits count (spec.md 15). */
export const itemBytes = ({ itemId, title, details }: Pick<ComplianceFinding, 'itemId' | 'title' | 'details'>): number =>
  Object.entries(details).reduce((sum, [key, value]) => sum + utf8Bytes(key) + utf8Bytes(value), utf8Bytes(itemId) + utf8Bytes(title));

const sizeOf = (item: ComplianceFinding | null): number => (item === null ? 0 : itemBytes(item));

/** Whether people see a difference. */
export const isVisible = ({ before, after }: ItemMove): boolean =>
  before?.status !== after?.status || before?.severity !== after?.severity || before?.title !== after?.title;

/** Whether what the items come to may be another than before. */
export const countsDiffer = (move: ItemMove): boolean => isVisible(move) || sizeOf(move.before) !== sizeOf(move.after);

/** How much text there is after some items changed. */
export const bytesAfter = (known: number, moves: readonly ItemMove[]): number =>
  moves.reduce((sum, { before, after }) => sum + sizeOf(after) - sizeOf(before), known);

export type ResourceUpdate = {
  nodeId: NodeId;
  complianceType: ComplianceType;
  moves: readonly ItemMove[];
  at: Date;
  summary: ExecutionSummary;
  contentHash: string | null;
};

/** The resource after some of its items changed; null when none is left. */
export function resourceAfter(known: ComplianceResource | null, update: ResourceUpdate): ComplianceResource | null {
  const counts: ItemCounts = countsAfter(known?.counts ?? NO_ITEMS, update.moves);
  if (itemTotal(counts) === 0) return null;
  const { status, overallSeverity } = resourceSummaryOf(counts);
  const { nodeId, complianceType, moves, summary, contentHash } = update;
  return {
    nodeId,
    complianceType,
    status,
    overallSeverity,
    counts,
    since: known !== null && known.status === status ? known.since : update.at,
    ...summary,
    contentHash,
    bytes: bytesAfter(known?.bytes ?? 0, moves),
  };
}
