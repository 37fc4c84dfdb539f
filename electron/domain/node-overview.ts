import type { OverviewStatus, TargetStatus } from './execution.ts';

/** How many associations of a node are in each status; one that has not run there yet is Pending. */
export type NodeOverview = { status: OverviewStatus; counts: Partial<Record<TargetStatus, number>> };

const STANDS: Record<TargetStatus, OverviewStatus> = {
  Pending: 'Pending',
  Queued: 'Pending',
  InProgress: 'Pending',
  Success: 'Success',
  Failed: 'Failed',
  TimedOut: 'Failed',
  Cancelled: 'Failed',
  Skipped: 'Pending',
};

/**
 * How the associations of a node stand together (spec.md 6.7): Failed if any is, else Pending if any is, else Success. Each is
 * the status of its latest run there that was not skipped; null when there is none. Null for a node without associations.
 */
export function nodeOverview(statuses: readonly (TargetStatus | null)[]): NodeOverview | null {
  if (statuses.length === 0) return null;
  const counts: NodeOverview['counts'] = {};
  for (const status of statuses) counts[status ?? 'Pending'] = (counts[status ?? 'Pending'] ?? 0) + 1;
  const stands = new Set(statuses.map((status) => (status === null ? 'Pending' : STANDS[status])));
  return { status: stands.has('Failed') ? 'Failed' : stands.has('Pending') ? 'Pending' : 'Success', counts };
}
