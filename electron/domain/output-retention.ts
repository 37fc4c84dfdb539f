import * as z from 'zod';
import type { AssociationId, ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import { LARGEST_STREAM_CAP_BYTES } from '../../agent/protocol/output-limits.ts';

const MEBIBYTE = 1024 ** 2;
const GIBIBYTE = 1024 ** 3;
export const SMALLEST_QUOTA_BYTES = 64 * MEBIBYTE;
const LARGEST_QUOTA_BYTES = 64 * 1024 * GIBIBYTE;
const LONGEST_DAYS = 3650;

const bytesBetween = (least: number, most: number, words: string) => z.number(words).int(words).min(least, words).max(most, words);
const daysUpTo = (words: string) => z.number(words).int(words).min(1, words).max(LONGEST_DAYS, words);

/** How much output and history a site keeps. */
export const RetentionSettings = z.strictObject({
  outputQuotaBytes: bytesBetween(SMALLEST_QUOTA_BYTES, LARGEST_QUOTA_BYTES, 'The space for output is between 64 MiB and 64 TiB.'),
  outputDays: daysUpTo('Output is kept for 1 to 3,650 days.'),
  /** Of each stream of each step. */
  streamCapBytes: bytesBetween(MEBIBYTE, LARGEST_STREAM_CAP_BYTES, 'Of one stream, between 1 MiB and 1 GiB are kept.'),
  complianceDays: daysUpTo('The history of compliance is kept for 1 to 3,650 days.'),
});
export type RetentionSettings = z.infer<typeof RetentionSettings>;

/** `age`: older than the site keeps it. `quota`: the site had no room left. `node-share`: the node had more than its part of the room. */
export const DropReason = z.enum(['age', 'quota', 'node-share', 'asked']);
export type DropReason = z.infer<typeof DropReason>;

/** Output of an execution, or of one of its nodes, that is not here any more. */
export const DroppedOutput = z.object({ at: z.date(), because: DropReason, bytes: z.number() });
export type DroppedOutput = z.infer<typeof DroppedOutput>;

/** What one node may hold of the space for output: a node that prints without end drops nobody's output but its own. */
const NODE_SHARE = 0.25;
export const nodeShareBytes = (quotaBytes: number): number => Math.floor(quotaBytes * NODE_SHARE);

/** When there is no room left, some is made ahead, so that this is not done anew for every line that is printed. */
const FILLED_TO = 0.9;
export const bytesAfterDropping = (limitBytes: number): number => Math.floor(limitBytes * FILLED_TO);

/** An execution of which there is output. */
export type KeptOutput = { executionId: ExecutionId; associationId: AssociationId; createdAt: Date; isOver: boolean };

/**
 * What may be dropped, oldest first: never of an execution that runs, nor of the newest of an association that is over. `byAge` is to go in
 * any case, `forRoom` when there is none.
 */
export function droppable(kept: readonly KeptOutput[], before: Date): { byAge: KeptOutput[]; forRoom: KeptOutput[] } {
  const over = kept.filter(({ isOver }) => isOver).sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const newest = new Map(over.map(({ associationId, executionId }) => [associationId, executionId]));
  const candidates = over.filter(({ associationId, executionId }) => newest.get(associationId) !== executionId);
  return {
    byAge: candidates.filter(({ createdAt }) => createdAt < before),
    forRoom: candidates.filter(({ createdAt }) => createdAt >= before),
  };
}

export type NodeUsage = ReadonlyMap<NodeId, number>;

/** Nodes that have more than their part, the greediest first. */
export function overShare(usage: NodeUsage, quotaBytes: number): NodeId[] {
  const share = nodeShareBytes(quotaBytes);
  return [...usage]
    .filter(([, bytes]) => bytes >= share)
    .sort(([, a], [, b]) => b - a)
    .map(([nodeId]) => nodeId);
}
