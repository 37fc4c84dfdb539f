import type { ComplianceStatus } from './compliance.ts';
import { ItemSeverity } from './compliance.ts';

/** As much of an item as a summary asks. */
export type SummarizedItem = { status: ComplianceStatus; severity: ItemSeverity };

export type SeverityCounts = Record<ItemSeverity, number>;

/** SeveritySummary with its count, under the names of the API (spec.md 7.3). */
export type SeveritySummary = {
  count: number;
  CriticalCount: number;
  HighCount: number;
  MediumCount: number;
  LowCount: number;
  InformationalCount: number;
  UnspecifiedCount: number;
};

/** One type on one node: it counts items. */
export type ResourceSummary = {
  status: ComplianceStatus;
  overallSeverity: ItemSeverity;
  compliant: SeveritySummary;
  nonCompliant: SeveritySummary;
};

/** One type over all nodes: it counts nodes, each in the bucket of its overall severity. */
export type TypeSummary = {
  compliantCount: number;
  nonCompliantCount: number;
  nonCompliantBySeverity: SeverityCounts;
  compliantBySeverity: SeverityCounts;
};

/** Most severe first: 0 is CRITICAL. */
export const severityRank = (severity: ItemSeverity): number => ItemSeverity.options.indexOf(severity);

/** How many items of each status and severity there are. */
export type ItemCounts = Record<ComplianceStatus, SeverityCounts>;

const none = (): SeverityCounts => ({ CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, INFORMATIONAL: 0, UNSPECIFIED: 0 });

export const NO_ITEMS: Readonly<ItemCounts> = { COMPLIANT: none(), NON_COMPLIANT: none() };

const total = (counts: SeverityCounts): number => ItemSeverity.options.reduce((sum, severity) => sum + counts[severity], 0);

export const severitySummary = (counts: SeverityCounts): SeveritySummary => ({
  count: total(counts),
  CriticalCount: counts.CRITICAL,
  HighCount: counts.HIGH,
  MediumCount: counts.MEDIUM,
  LowCount: counts.LOW,
  InformationalCount: counts.INFORMATIONAL,
  UnspecifiedCount: counts.UNSPECIFIED,
});

export const itemTotal = (counts: ItemCounts): number => total(counts.COMPLIANT) + total(counts.NON_COMPLIANT);

/** The counts after items came, changed or went. */
export function countsAfter(
  known: ItemCounts,
  moves: Iterable<{ before: SummarizedItem | null; after: SummarizedItem | null }>,
): ItemCounts {
  const counts: ItemCounts = { COMPLIANT: { ...known.COMPLIANT }, NON_COMPLIANT: { ...known.NON_COMPLIANT } };
  for (const { before, after } of moves) {
    if (before !== null) counts[before.status][before.severity] -= 1;
    if (after !== null) counts[after.status][after.severity] += 1;
  }
  return counts;
}

/** The highest severity that is counted at all; null when nothing is. */
const highest = (counts: SeverityCounts): ItemSeverity | null => ItemSeverity.options.find((severity) => counts[severity] > 0) ?? null;

/** The same from counts, for whoever has the items counted already. */
export function resourceSummaryOf(counts: ItemCounts): ResourceSummary {
  const nonCompliant = severitySummary(counts.NON_COMPLIANT);
  return {
    status: nonCompliant.count > 0 ? 'NON_COMPLIANT' : 'COMPLIANT',
    overallSeverity: highest(counts.NON_COMPLIANT) ?? highest(counts.COMPLIANT) ?? 'UNSPECIFIED',
    compliant: severitySummary(counts.COMPLIANT),
    nonCompliant,
  };
}

/**
 * The items of one type on one node. Its severity is the highest of what is non-compliant, without such the highest of what is
 * compliant, without items UNSPECIFIED (spec.md 7.3).
 */
export function resourceSummary(items: Iterable<SummarizedItem>): ResourceSummary {
  const counts: ItemCounts = { COMPLIANT: none(), NON_COMPLIANT: none() };
  for (const { status, severity } of items) counts[status][severity] += 1;
  return resourceSummaryOf(counts);
}

/** From nodes that are summarized already, or from how many of them stand alike. */
export function typeSummaryOf(resources: Iterable<Pick<ResourceSummary, 'status' | 'overallSeverity'> & { nodes?: number }>): TypeSummary {
  const counts: ItemCounts = { COMPLIANT: none(), NON_COMPLIANT: none() };
  for (const { status, overallSeverity, nodes = 1 } of resources) counts[status][overallSeverity] += nodes;
  return {
    compliantCount: total(counts.COMPLIANT),
    nonCompliantCount: total(counts.NON_COMPLIANT),
    nonCompliantBySeverity: counts.NON_COMPLIANT,
    compliantBySeverity: counts.COMPLIANT,
  };
}

/** One type over all nodes that have it; each node is the list of its items of that type. */
export const typeSummary = (resources: Iterable<Iterable<SummarizedItem>>): TypeSummary =>
  typeSummaryOf([...resources].map((items) => resourceSummary(items)));
