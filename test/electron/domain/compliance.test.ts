import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ComplianceStatus, complianceFrom, ItemSeverity } from '../../../electron/domain/compliance.ts';
import { resourceSummary, severityRank, typeSummary } from '../../../electron/domain/compliance-summary.ts';
import type { TargetStatus } from '../../../electron/domain/execution.ts';

const item = fc.record({ status: fc.constantFrom(...ComplianceStatus.options), severity: fc.constantFrom(...ItemSeverity.options) });
const items = fc.array(item, { maxLength: 12 });
const shuffled = <Value>(values: fc.Arbitrary<Value[]>): fc.Arbitrary<{ given: Value[]; other: Value[] }> =>
  values.chain((given) =>
    fc.shuffledSubarray(given, { minLength: given.length, maxLength: given.length }).map((other) => ({ given, other })),
  );

const settings = { syncCompliance: 'AUTO', complianceSeverity: 'HIGH' } as const;
const statusFrom = (status: TargetStatus, driftCount: number | null) => {
  const change = complianceFrom({ status, driftCount }, settings);
  return change.change ? change.status : null;
};

test('a check that finds a difference says that the node is not compliant, although it succeeded', () => {
  expect(statusFrom('Success', 2)).toBe('NON_COMPLIANT');
  expect(statusFrom('Success', 0)).toBe('COMPLIANT');
  expect(statusFrom('Success', null)).toBe('COMPLIANT');
  expect(statusFrom('Failed', 0)).toBe('NON_COMPLIANT');
  expect(statusFrom('Cancelled', 2)).toBeNull();
});

test('a summary of items does not depend on their order', () => {
  fc.assert(
    fc.property(shuffled(items), ({ given, other }) => {
      expect(resourceSummary(other)).toEqual(resourceSummary(given));
    }),
  );
});

test('a summary of nodes depends neither on their order nor on that of their items', () => {
  fc.assert(
    fc.property(shuffled(fc.array(items, { maxLength: 6 })), ({ given, other }) => {
      expect(typeSummary(other.map((resource) => resource.toReversed()))).toEqual(typeSummary(given));
    }),
  );
});

test('every item is counted once, and no item of what decides is more severe than the whole', () => {
  fc.assert(
    fc.property(items, (given) => {
      const summary = resourceSummary(given);
      expect(summary.compliant.count + summary.nonCompliant.count).toBe(given.length);
      expect(summary.status).toBe(given.some(({ status }) => status === 'NON_COMPLIANT') ? 'NON_COMPLIANT' : 'COMPLIANT');
      const deciding = given.filter(({ status }) => status === summary.status).map(({ severity }) => severityRank(severity));
      if (deciding.length > 0) expect(severityRank(summary.overallSeverity)).toBe(Math.min(...deciding));
    }),
  );
});

test('INFORMATIONAL is less severe than LOW and more than UNSPECIFIED', () => {
  expect(severityRank('LOW')).toBeLessThan(severityRank('INFORMATIONAL'));
  expect(severityRank('INFORMATIONAL')).toBeLessThan(severityRank('UNSPECIFIED'));
});
