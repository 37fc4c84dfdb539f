import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ComplianceStatus, ItemSeverity } from '../../../../electron/domain/compliance.ts';
import { itemBytes } from '../../../../electron/domain/compliance-change.ts';
import { resourceSummary, severityRank } from '../../../../electron/domain/compliance-summary.ts';
import { uploadMoves } from '../../../../electron/domain/compliance-upload.ts';
import { minutesOn } from './instants.ts';
import { aFinding, aStoredAssociation, associationId, insertNodes, nodeId } from './stored-things.ts';
import { temporaryStores } from './temporary-database.ts';

const NODES = [1, 2, 3];
const ASSOCIATIONS = [1, 2];
const DOORS = ['front', 'back', 'gate'];

const status = fc.constantFrom(...ComplianceStatus.options);
const severity = fc.constantFrom(...ItemSeverity.options);
const node = fc.constantFrom(...NODES);
const association = fc.constantFrom(...ASSOCIATIONS);
const title = fc.constantFrom('a', 'Ü', 'a long title');

const step = fc.oneof(
  fc.record({ kind: fc.constant('run' as const), node, association, status, severity, title }),
  fc.record({
    kind: fc.constant('put' as const),
    node,
    uploadType: fc.constantFrom('COMPLETE' as const, 'PARTIAL' as const),
    items: fc.uniqueArray(fc.record({ itemId: fc.constantFrom(...DOORS), status, severity, title }), { selector: ({ itemId }) => itemId }),
  }),
  fc.record({ kind: fc.constant('leave' as const), node, association }),
  fc.record({ kind: fc.constant('edit' as const), association, severity, title }),
  fc.record({ kind: fc.constant('delete' as const), association }),
  fc.record({ kind: fc.constant('deregister' as const), node }),
);
type Step = typeof step extends fc.Arbitrary<infer Made> ? Made : never;
type Compliance = ReturnType<typeof temporaryStores>['compliance'];

const DOOR = 'Custom:Door';

function take(compliance: Compliance, made: Step, at: Date): void {
  switch (made.kind) {
    case 'run': {
      const { status, severity, title } = made;
      compliance.put(aFinding(made.node, { itemId: associationId(made.association), status, severity, title }), at);
      return;
    }
    case 'put': {
      const of = { nodeId: nodeId(made.node), complianceType: DOOR };
      const findings = made.items.map((item) => aFinding(made.node, { complianceType: DOOR, ...item }));
      const moves = uploadMoves(compliance.ofType(of.nodeId, DOOR), findings, made.uploadType);
      const summary = { executionTime: at, executionId: null, executionType: null };
      compliance.apply({ ...of, moves, because: 'Put', at, executionId: null, summary, contentHash: null });
      return;
    }
    case 'leave':
      compliance.remove(nodeId(made.node), associationId(made.association), at);
      return;
    case 'edit':
      compliance.setSeverity(associationId(made.association), { severity: made.severity, title: made.title, at });
      return;
    case 'delete':
      compliance.removeAssociation(associationId(made.association), at);
      return;
    case 'deregister':
      compliance.removeNode(nodeId(made.node), at);
      return;
  }
}

/** What is kept beside the items says what the items say. */
function expectConsistent(compliance: Compliance): void {
  const all = NODES.flatMap((number) => compliance.ofNode(nodeId(number)));
  for (const number of NODES) {
    for (const complianceType of ['Association', DOOR]) {
      const items = compliance.ofType(nodeId(number), complianceType);
      const resource = compliance.resource(nodeId(number), complianceType);
      if (items.length === 0) {
        expect(resource).toBeNull();
        continue;
      }
      const { status, overallSeverity } = resourceSummary(items);
      const bytes = items.reduce((sum, item) => sum + itemBytes(item), 0);
      expect(resource).toMatchObject({ status, overallSeverity, bytes });
    }
  }
  const query = { complianceType: null, itemId: null, nodeId: null, status: null, severity: null, search: '', offset: 0, limit: 200 };
  const subjects = compliance.subjectPage(query).rows;
  expect(new Set(subjects.map(({ itemId }) => itemId))).toEqual(new Set(all.map(({ itemId }) => itemId)));
  for (const subject of subjects) {
    const items = all.filter(({ itemId }) => itemId === subject.itemId);
    const nonCompliant = items.filter((item) => item.status === 'NON_COMPLIANT');
    const deciding = nonCompliant.length > 0 ? nonCompliant : items;
    expect(subject).toMatchObject({ nonCompliant: nonCompliant.length, compliant: items.length - nonCompliant.length });
    expect(severityRank(subject.severity)).toBe(Math.min(...deciding.map((item) => severityRank(item.severity))));
  }
}

/** The newest line of an item's history is how it stands now; each line begins where the one before it ended. */
function expectTold(compliance: Compliance): void {
  const ofItem = (number: number, complianceType: string, itemId: string) => ({ nodeId: nodeId(number), complianceType, itemId });
  const items = NODES.flatMap((number) => [
    ...ASSOCIATIONS.map((one) => ofItem(number, 'Association', associationId(one))),
    ...DOORS.map((door) => ofItem(number, DOOR, door)),
  ]);
  for (const of of items) {
    const { rows } = compliance.history(of, { offset: 0, limit: 200 });
    const found = compliance.find(of);
    const now = found === null ? null : { status: found.status, severity: found.severity, title: found.title };
    expect(rows[0]?.after ?? null).toEqual(now);
    for (const [position, row] of rows.entries()) expect(row.before).toEqual(rows[position + 1]?.after ?? null);
  }
}

test('whatever happens to items: what they come to, their counts, sizes and history follow', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
      const stores = temporaryStores();
      insertNodes(stores, NODES.length);
      for (const number of ASSOCIATIONS) stores.associations.insert(aStoredAssociation(number));
      for (const [position, made] of steps.entries()) take(stores.compliance, made, minutesOn(position));
      expectConsistent(stores.compliance);
      expectTold(stores.compliance);
    }),
    { numRuns: 40 },
  );
});
