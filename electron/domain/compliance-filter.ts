import * as z from 'zod';
import type { ComplianceItem } from './compliance.ts';
import { ItemSeverity } from './compliance.ts';
import type { ComplianceResource } from './compliance-change.ts';
import { resourceSummaryOf, severityRank } from './compliance-summary.ts';
import { MANAGED_INSTANCE } from './compliance-upload.ts';

/** ComplianceStringFilter (spec.md 7.3). Filters of a list are ANDed, values of a filter are ORed. */
export const ComplianceStringFilter = z.strictObject({
  Key: z.string('A filter has a Key.').min(1, 'A Key has 1 to 200 characters.').max(200, 'A Key has 1 to 200 characters.'),
  Values: z
    .array(z.string('A value of a filter is text.').max(4096))
    .min(1, 'A filter has 1 to 20 values.')
    .max(20, 'A filter has 1 to 20 values.'),
  Type: z
    .enum(
      ['EQUAL', 'NOT_EQUAL', 'BEGIN_WITH', 'LESS_THAN', 'GREATER_THAN'],
      'Type is EQUAL, NOT_EQUAL, BEGIN_WITH, LESS_THAN or GREATER_THAN.',
    )
    .default('EQUAL'),
});
export type ComplianceStringFilter = z.output<typeof ComplianceStringFilter>;

/** Something of an entry that filters compare. `order` says which of two is less; text has an order of its own. */
type Fact<Entry> = { read(entry: Entry): string; order?: (value: string) => number | null };

const bySeverity = (value: string): number | null => {
  const severity = ItemSeverity.safeParse(value);
  return severity.success ? -severityRank(severity.data) : null;
};

const byInstant = (value: string): number | null => {
  const milliseconds = /^\d{4}-\d{2}-\d{2}(T|$)/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(milliseconds) ? null : milliseconds;
};

const byNumber = (value: string): number | null => (/^\d{1,15}$/.test(value) ? Number(value) : null);

const itemFacts: Readonly<Record<string, Fact<ComplianceItem>>> = {
  Id: { read: (item) => item.itemId },
  Title: { read: (item) => item.title },
  Status: { read: (item) => item.status },
  Severity: { read: (item) => item.severity, order: bySeverity },
  ComplianceType: { read: (item) => item.complianceType },
  ResourceId: { read: (item) => item.nodeId },
  ResourceType: { read: () => MANAGED_INSTANCE },
  ExecutionId: { read: (item) => item.executionId ?? '' },
  ExecutionType: { read: (item) => item.executionType ?? '' },
  ExecutionTime: { read: (item) => item.capturedAt.toISOString(), order: byInstant },
};

const resourceFacts: Readonly<Record<string, Fact<ComplianceResource>>> = {
  Status: { read: (resource) => resource.status },
  Severity: { read: (resource) => resource.overallSeverity, order: bySeverity },
  OverallSeverity: { read: (resource) => resource.overallSeverity, order: bySeverity },
  ComplianceType: { read: (resource) => resource.complianceType },
  ResourceId: { read: (resource) => resource.nodeId },
  ResourceType: { read: () => MANAGED_INSTANCE },
  CompliantCount: { read: (resource) => String(resourceSummaryOf(resource.counts).compliant.count), order: byNumber },
  NonCompliantCount: { read: (resource) => String(resourceSummaryOf(resource.counts).nonCompliant.count), order: byNumber },
  ExecutionId: { read: (resource) => resource.executionId ?? '' },
  ExecutionType: { read: (resource) => resource.executionType ?? '' },
  ExecutionTime: { read: (resource) => resource.executionTime.toISOString(), order: byInstant },
};

export type FilterProblem = { problem: string; field: string };
export type Filtering<Entry> = { ok: true; matches(entry: Entry): boolean } | ({ ok: false } & FilterProblem);

type Test = (value: string) => boolean;

/** Whether a value is what the filter asks for; a problem where the filter asks for what its key does not have. */
function testOf({ Key, Values, Type }: ComplianceStringFilter, order: Fact<never>['order']): Test | string {
  switch (Type) {
    case 'EQUAL':
    case 'NOT_EQUAL': {
      const isEqual: Test = (value) => Values.some((wanted) => wanted === value || sameOrder(order, wanted, value));
      return Type === 'EQUAL' ? isEqual : (value) => !isEqual(value);
    }
    case 'BEGIN_WITH':
      return (value) => Values.some((wanted) => value.startsWith(wanted));
    case 'LESS_THAN':
    case 'GREATER_THAN': {
      const [wanted = '', ...more] = Values;
      if (more.length > 0) return `${Type} compares with one value.`;
      const bound = order === undefined ? null : order(wanted);
      if (order !== undefined && bound === null) return `“${wanted}” is nothing that ${Key} can be compared with.`;
      const sign = Type === 'LESS_THAN' ? -1 : 1;
      return (value) =>
        Math.sign(order === undefined || bound === null ? compareText(value, wanted) : (order(value) ?? bound) - bound) === sign;
    }
  }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One instant can be written in many ways. */
const sameOrder = (order: Fact<never>['order'], a: string, b: string): boolean =>
  order === byInstant && byInstant(a) !== null && byInstant(a) === byInstant(b);

function filtering<Entry>(facts: Readonly<Record<string, Fact<Entry>>>, filters: readonly ComplianceStringFilter[]): Filtering<Entry> {
  const tests: ((entry: Entry) => boolean)[] = [];
  for (const [index, filter] of filters.entries()) {
    const fact = Object.hasOwn(facts, filter.Key) ? facts[filter.Key] : undefined;
    const field = `Filters.${index}`;
    if (fact === undefined)
      return { ok: false, problem: `“${filter.Key}” is no key of this list: ${Object.keys(facts).join(', ')}.`, field };
    const test = testOf(filter, fact.order);
    if (typeof test === 'string') return { ok: false, problem: test, field };
    tests.push((entry) => test(fact.read(entry)));
  }
  return { ok: true, matches: (entry) => tests.every((test) => test(entry)) };
}

/** Of ListComplianceItems. A severity is less than another when it is less severe. */
export const itemFiltering = (filters: readonly ComplianceStringFilter[]): Filtering<ComplianceItem> => filtering(itemFacts, filters);

/** Of ListResourceComplianceSummaries and ListComplianceSummaries: about one type on one node. */
export const resourceFiltering = (filters: readonly ComplianceStringFilter[]): Filtering<ComplianceResource> =>
  filtering(resourceFacts, filters);
