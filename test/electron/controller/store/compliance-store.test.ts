import { describe, expect, test } from 'vitest';
import type { CompliancePageQuery } from '../../../../electron/controller/store/compliance-pages.ts';
import { resourceSummary } from '../../../../electron/domain/compliance-summary.ts';
import { minutesOn, NOW } from './instants.ts';
import { aFinding, aStoredAssociation, associationId, executionId, insertNodes, nodeId } from './stored-things.ts';
import { temporaryStores } from './temporary-database.ts';

function aSite() {
  const stores = temporaryStores();
  insertNodes(stores, 4);
  for (const number of [1, 2, 3]) stores.associations.insert(aStoredAssociation(number));
  return stores;
}

const broken = { status: 'NON_COMPLIANT' } as const;
const itemOf = (node: number, association = 1) => ({
  nodeId: nodeId(node),
  complianceType: 'Association',
  itemId: associationId(association),
});

describe('a compliance item', () => {
  test('knows since when its status has been what it is, and when that was said last', () => {
    const { compliance } = aSite();
    const at = (minutes: number, status: 'COMPLIANT' | 'NON_COMPLIANT') => {
      compliance.put(aFinding(1, { status }), minutesOn(minutes));
      const found = compliance.find(itemOf(1));
      return [found?.since, found?.confirmedAt, found?.capturedAt];
    };
    expect(at(0, 'NON_COMPLIANT')).toEqual([NOW, NOW, NOW]);
    expect(at(5, 'NON_COMPLIANT')).toEqual([NOW, minutesOn(5), minutesOn(5)]);
    expect(at(7, 'COMPLIANT')).toEqual([minutesOn(7), minutesOn(7), minutesOn(7)]);
  });

  test('is captured again by every run on its node, which confirms nothing', () => {
    const { compliance } = aSite();
    compliance.put(aFinding(1), NOW);
    compliance.put(aFinding(2), NOW);
    const summary = { executionTime: minutesOn(9), executionId: executionId(7), executionType: 'Association' };
    compliance.captureAssociations(nodeId(1), summary);
    expect(compliance.find(itemOf(1))).toMatchObject({ capturedAt: minutesOn(9), confirmedAt: NOW, executionId: executionId(1) });
    expect(compliance.find(itemOf(2))).toMatchObject({ capturedAt: NOW });
    expect(compliance.resource(nodeId(1), 'Association')).toMatchObject(summary);
  });

  test('goes with its node, its association, or by itself', () => {
    const { compliance } = aSite();
    for (const node of [1, 2, 3]) {
      for (const association of [1, 2]) compliance.put(aFinding(node, { itemId: associationId(association) }), NOW);
    }
    compliance.removeNode(nodeId(1), minutesOn(1));
    compliance.remove(nodeId(2), associationId(1), minutesOn(1));
    compliance.removeAssociation(associationId(2), minutesOn(2));
    expect([1, 2, 3].map((node) => compliance.ofNode(nodeId(node)).length)).toEqual([0, 0, 1]);
    expect([1, 2, 3].map((node) => compliance.resourcesOfNode(nodeId(node)).length)).toEqual([0, 0, 1]);
    expect(compliance.countsOf(associationId(1))).toEqual({ compliant: 1, nonCompliant: 0 });
    expect(compliance.countsOf(associationId(2))).toEqual({ compliant: 0, nonCompliant: 0 });
  });

  test('has a new severity and title at once, and stays confirmed when it was', () => {
    const { compliance } = aSite();
    compliance.put(aFinding(1), NOW);
    compliance.setSeverity(associationId(1), { severity: 'CRITICAL', title: 'renamed', at: minutesOn(3) });
    expect(compliance.find(itemOf(1))).toMatchObject({ severity: 'CRITICAL', title: 'renamed', since: NOW, confirmedAt: NOW });
    expect(compliance.resource(nodeId(1), 'Association')).toMatchObject({ overallSeverity: 'CRITICAL', since: NOW });
  });
});

describe('the history of an item', () => {
  const page = { offset: 0, limit: 20 };

  test('has each change that people see, with why, the newest first', () => {
    const { compliance } = aSite();
    const found = { title: 'association-1', severity: 'MEDIUM', status: 'COMPLIANT' };
    compliance.put(aFinding(1), NOW);
    compliance.put(aFinding(1, { executionId: executionId(2) }), minutesOn(1));
    compliance.put(aFinding(1, { ...broken, executionId: executionId(3) }), minutesOn(2));
    compliance.setSeverity(associationId(1), { severity: 'LOW', at: minutesOn(3) });
    compliance.remove(nodeId(1), associationId(1), minutesOn(4));
    const failed = { ...found, ...broken };
    const low = { ...failed, severity: 'LOW' };
    expect(compliance.history(itemOf(1), page)).toEqual({
      rows: [
        { at: minutesOn(4), because: 'NoLongerMatches', executionId: null, before: low, after: null },
        { at: minutesOn(3), because: 'AssociationEdited', executionId: null, before: failed, after: low },
        { at: minutesOn(2), because: 'Run', executionId: executionId(3), before: found, after: failed },
        { at: NOW, because: 'Run', executionId: executionId(1), before: null, after: found },
      ],
      total: 4,
    });
  });

  test('says that the association was deleted or the node deregistered', () => {
    const { compliance } = aSite();
    for (const node of [1, 2]) compliance.put(aFinding(node), NOW);
    compliance.removeNode(nodeId(1), minutesOn(1));
    compliance.removeAssociation(associationId(1), minutesOn(1));
    const reasons = [1, 2].map((node) => compliance.history(itemOf(node), page).rows[0]?.because);
    expect(reasons).toEqual(['NodeDeregistered', 'AssociationDeleted']);
  });
});

describe('what items come to on their node', () => {
  test('is what the domain makes of them, after whatever changes', () => {
    const { compliance } = aSite();
    const expectSummed = () => {
      const items = compliance.ofType(nodeId(1), 'Association');
      const { status, overallSeverity } = resourceSummary(items);
      expect(compliance.resource(nodeId(1), 'Association')).toMatchObject({ status, overallSeverity });
    };
    compliance.put(aFinding(1, { severity: 'LOW' }), NOW);
    expectSummed();
    compliance.put(aFinding(1, { itemId: associationId(2), severity: 'CRITICAL' }), NOW);
    expectSummed();
    compliance.put(aFinding(1, { severity: 'LOW', ...broken }), NOW);
    expectSummed();
    compliance.put(aFinding(1, { itemId: associationId(3), severity: 'HIGH', ...broken }), NOW);
    expectSummed();
    compliance.setSeverity(associationId(3), { severity: 'UNSPECIFIED', at: NOW });
    expectSummed();
    compliance.removeAssociation(associationId(1), NOW);
    expectSummed();
  });

  test('is known since its status began', () => {
    const { compliance } = aSite();
    compliance.put(aFinding(1), NOW);
    compliance.put(aFinding(1, { itemId: associationId(2), ...broken }), minutesOn(1));
    compliance.put(aFinding(1, { itemId: associationId(3), ...broken }), minutesOn(2));
    compliance.put(aFinding(1, { itemId: associationId(2) }), minutesOn(3));
    expect(compliance.resource(nodeId(1), 'Association')).toMatchObject({ ...broken, since: minutesOn(1) });
    compliance.put(aFinding(1, { itemId: associationId(3) }), minutesOn(4));
    expect(compliance.resource(nodeId(1), 'Association')).toMatchObject({ status: 'COMPLIANT', since: minutesOn(4) });
  });

  test('is kept as the facts of a state change, once for each change', () => {
    const { compliance, database } = aSite();
    compliance.put(aFinding(1), NOW);
    compliance.put(aFinding(1), minutesOn(1));
    compliance.put(aFinding(1, { ...broken, severity: 'HIGH' }), minutesOn(2));
    compliance.put(aFinding(1, { ...broken, severity: 'HIGH' }), minutesOn(3));
    compliance.removeNode(nodeId(1), minutesOn(4));
    const transitions = database.connection
      .prepare('SELECT status, overallSeverity, lastRuntime FROM complianceTransition ORDER BY 1')
      .all();
    expect(transitions).toHaveLength(3);
    expect(transitions).toContainEqual({ status: 'COMPLIANT', overallSeverity: 'MEDIUM', lastRuntime: NOW.toISOString() });
    expect(transitions).toContainEqual({ status: 'NON_COMPLIANT', overallSeverity: 'HIGH', lastRuntime: minutesOn(2).toISOString() });
    expect(transitions).toContainEqual({ status: null, overallSeverity: null, lastRuntime: null });
  });
});

describe('counts', () => {
  test('follow every change of a status', () => {
    const { compliance } = aSite();
    compliance.put(aFinding(1), NOW);
    compliance.put(aFinding(2), NOW);
    compliance.put(aFinding(2, broken), NOW);
    compliance.put(aFinding(2, broken), minutesOn(1));
    expect(compliance.countsOf(associationId(1))).toEqual({ compliant: 1, nonCompliant: 1 });
  });

  test('of nodes take a node as non-compliant when one of its items of any type is', () => {
    const { compliance } = aSite();
    compliance.put(aFinding(1), NOW);
    compliance.put(aFinding(2), NOW);
    compliance.put(aFinding(2, { itemId: associationId(2), ...broken }), NOW);
    compliance.put(aFinding(2, { complianceType: 'Custom:Door', itemId: 'front', ...broken }), NOW);
    compliance.put(aFinding(3, { complianceType: 'Custom:Door', itemId: 'front', ...broken }), NOW);
    expect(compliance.nodeCounts()).toEqual({ compliantNodes: 1, nonCompliantNodes: 2 });
    expect(compliance.countsOf(associationId(1))).toEqual({ compliant: 2, nonCompliant: 0 });
  });

  test('of a type say how many nodes stand how with it', () => {
    const { compliance } = aSite();
    compliance.put(aFinding(1, { severity: 'LOW' }), NOW);
    compliance.put(aFinding(2, { severity: 'LOW' }), NOW);
    compliance.put(aFinding(3, { severity: 'HIGH', ...broken }), NOW);
    compliance.put(aFinding(3, { complianceType: 'Patch', itemId: 'KB1', severity: 'INFORMATIONAL' }), NOW);
    expect(compliance.standings().toSorted((a, b) => b.nodes - a.nodes || a.status.localeCompare(b.status))).toEqual([
      { complianceType: 'Association', status: 'COMPLIANT', overallSeverity: 'LOW', nodes: 2 },
      { complianceType: 'Patch', status: 'COMPLIANT', overallSeverity: 'INFORMATIONAL', nodes: 1 },
      { complianceType: 'Association', status: 'NON_COMPLIANT', overallSeverity: 'HIGH', nodes: 1 },
    ]);
  });

  test('of associations that are not complied with begin with the most severe', () => {
    const { compliance } = aSite();
    compliance.put(aFinding(2, { ...broken, severity: 'LOW' }), NOW);
    compliance.put(aFinding(1, { ...broken, severity: 'LOW' }), minutesOn(1));
    compliance.put(aFinding(3, { itemId: associationId(2), ...broken, severity: 'CRITICAL' }), minutesOn(9));
    compliance.put(aFinding(3, { itemId: associationId(3) }), NOW);
    expect(compliance.nonCompliantAssociations()).toEqual([
      { associationId: associationId(2), title: 'association-2', severity: 'CRITICAL', nodes: 1, since: minutesOn(9) },
      { associationId: associationId(1), title: 'association-1', severity: 'LOW', nodes: 2, since: NOW },
    ]);
  });
});

describe('a page of compliance', () => {
  const aMixedSite = () => {
    const { compliance } = aSite();
    compliance.put(aFinding(1, { severity: 'CRITICAL' }), NOW);
    compliance.put(aFinding(3, { ...broken, severity: 'LOW' }), NOW);
    compliance.put(aFinding(2, { ...broken, severity: 'LOW' }), minutesOn(1));
    compliance.put(aFinding(4, { ...broken, severity: 'HIGH' }), minutesOn(9));
    compliance.put(aFinding(3, { itemId: associationId(2), title: 'association-2', severity: 'UNSPECIFIED' }), NOW);
    compliance.put(aFinding(3, { complianceType: 'Patch', itemId: 'KB42', title: 'Kernel', severity: 'INFORMATIONAL' }), NOW);
    return compliance;
  };
  const query = (settings: Partial<CompliancePageQuery>): CompliancePageQuery => ({
    nodeId: null,
    complianceType: null,
    itemId: null,
    status: null,
    severity: null,
    search: '',
    offset: 0,
    limit: 200,
    ...settings,
  });
  const pageOf = (settings: Partial<CompliancePageQuery>) => {
    const page = aMixedSite().page(query(settings));
    return [page.rows.map((row) => `${row.nodeName} ${row.severity}`), page.total];
  };

  test('is non-compliant first, then by severity, then oldest first', () => {
    const all = ['lab-4 HIGH', 'lab-3 LOW', 'lab-2 LOW', 'lab-1 CRITICAL', 'lab-3 INFORMATIONAL', 'lab-3 UNSPECIFIED'];
    expect(pageOf({})).toEqual([all, 6]);
    expect(pageOf({ offset: 1, limit: 2 })).toEqual([['lab-3 LOW', 'lab-2 LOW'], 6]);
  });

  test('can be kept to a node, an item, a status, a type and a severity', () => {
    expect(pageOf({ nodeId: nodeId(3) })).toEqual([['lab-3 LOW', 'lab-3 INFORMATIONAL', 'lab-3 UNSPECIFIED'], 3]);
    expect(pageOf({ nodeId: nodeId(3), status: 'COMPLIANT', complianceType: 'Association' })).toEqual([['lab-3 UNSPECIFIED'], 1]);
    const first = { complianceType: 'Association', itemId: associationId(1) };
    expect(pageOf({ ...first, status: 'COMPLIANT' })).toEqual([['lab-1 CRITICAL'], 1]);
    expect(pageOf({ ...first, nodeId: nodeId(3) })).toEqual([['lab-3 LOW'], 1]);
    expect(pageOf({ status: 'NON_COMPLIANT' })[1]).toBe(3);
    expect(pageOf({ severity: 'LOW' })).toEqual([['lab-3 LOW', 'lab-2 LOW'], 2]);
    expect(pageOf({ complianceType: 'Patch' })).toEqual([['lab-3 INFORMATIONAL'], 1]);
  });

  test('is searched in titles, ids and what a node is called', () => {
    expect(pageOf({ search: 'kern' })).toEqual([['lab-3 INFORMATIONAL'], 1]);
    expect(pageOf({ search: 'kb4' })).toEqual([['lab-3 INFORMATIONAL'], 1]);
    expect(pageOf({ search: 'LAB-4' })).toEqual([['lab-4 HIGH'], 1]);
    expect(pageOf({ search: 'nothing' })).toEqual([[], 0]);
  });

  test('can have a row for each type on each node', () => {
    const rowsOf = (settings: Partial<CompliancePageQuery>) => {
      const page = aMixedSite().resourcePage(query(settings));
      return [page.rows.map((row) => `${row.nodeName} ${row.complianceType} ${row.status} ${row.overallSeverity}`), page.total];
    };
    expect(rowsOf({})).toEqual([
      [
        'lab-4 Association NON_COMPLIANT HIGH',
        'lab-3 Association NON_COMPLIANT LOW',
        'lab-2 Association NON_COMPLIANT LOW',
        'lab-1 Association COMPLIANT CRITICAL',
        'lab-3 Patch COMPLIANT INFORMATIONAL',
      ],
      5,
    ]);
    expect(rowsOf({ search: 'lab-3', complianceType: 'Patch' })[1]).toBe(1);
    expect(rowsOf({ complianceType: 'Association', itemId: associationId(2) })[0]).toEqual(['lab-3 Association NON_COMPLIANT LOW']);
  });

  test('can have a row for each item over all nodes', () => {
    const rowsOf = (settings: Partial<CompliancePageQuery>) => {
      const page = aMixedSite().subjectPage(query(settings));
      return [page.rows.map((row) => `${row.title} ${row.severity} ${row.compliant}/${row.nonCompliant}`), page.total];
    };
    expect(rowsOf({})).toEqual([['association-1 HIGH 1/3', 'Kernel INFORMATIONAL 1/0', 'association-2 UNSPECIFIED 1/0'], 3]);
    expect(rowsOf({ status: 'COMPLIANT' })[1]).toBe(2);
    expect(rowsOf({ search: 'kernel' })[0]).toEqual(['Kernel INFORMATIONAL 1/0']);
    expect(rowsOf({ severity: 'HIGH' })[1]).toBe(1);
  });
});

test('the size of items is known to the byte, also when only their details change', () => {
  const { compliance } = aSite();
  const door = { complianceType: 'Custom:Door', itemId: 'é', title: 'ab', details: { k: 'v' } };
  compliance.put(aFinding(1, door), NOW);
  expect(compliance.resource(nodeId(1), 'Custom:Door')?.bytes).toBe(6);
  compliance.put(aFinding(1, { ...door, details: { k: 'longer' } }), NOW);
  expect(compliance.resource(nodeId(1), 'Custom:Door')?.bytes).toBe(11);
});
