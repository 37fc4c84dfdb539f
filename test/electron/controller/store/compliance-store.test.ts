import { describe, expect, test } from 'vitest';
import type { CompliancePageQuery } from '../../../../electron/controller/store/compliance-store.ts';
import { minutesOn, NOW } from './instants.ts';
import { anItem, aStoredAssociation, associationId, insertNodes, nodeId } from './stored-things.ts';
import { temporaryStores } from './temporary-database.ts';

function aSite() {
  const stores = temporaryStores();
  insertNodes(stores, 4);
  for (const number of [1, 2, 3]) stores.associations.insert(aStoredAssociation(number));
  return stores;
}

describe('a compliance item', () => {
  test('knows since when its status has been what it is', () => {
    const { compliance } = aSite();
    const at = (minutes: number, status: 'COMPLIANT' | 'NON_COMPLIANT') => {
      compliance.put(anItem(1, { status, since: minutesOn(minutes), capturedAt: minutesOn(minutes) }));
      const found = compliance.find(nodeId(1), associationId(1));
      return [found?.since, found?.capturedAt];
    };
    expect(at(0, 'NON_COMPLIANT')).toEqual([NOW, NOW]);
    expect(at(5, 'NON_COMPLIANT')).toEqual([NOW, minutesOn(5)]);
    expect(at(7, 'COMPLIANT')).toEqual([minutesOn(7), minutesOn(7)]);
  });

  test('goes with its node, its association, or by itself', () => {
    const { compliance } = aSite();
    for (const node of [1, 2, 3]) {
      for (const association of [1, 2]) compliance.put(anItem(node, { associationId: associationId(association) }));
    }
    compliance.removeNode(nodeId(1));
    compliance.remove(nodeId(2), associationId(1));
    compliance.removeAssociation(associationId(2));
    expect([1, 2, 3].map((node) => compliance.ofNode(nodeId(node)).length)).toEqual([0, 0, 1]);
    expect(compliance.countsOf(associationId(1))).toEqual({ compliant: 1, nonCompliant: 0 });
    expect(compliance.countsOf(associationId(2))).toEqual({ compliant: 0, nonCompliant: 0 });
  });
});

describe('counts', () => {
  test('follow every change of a status', () => {
    const { compliance } = aSite();
    compliance.put(anItem(1));
    compliance.put(anItem(2));
    compliance.put(anItem(2, { status: 'NON_COMPLIANT' }));
    compliance.put(anItem(2, { status: 'NON_COMPLIANT', capturedAt: minutesOn(1) }));
    expect(compliance.countsOf(associationId(1))).toEqual({ compliant: 1, nonCompliant: 1 });
  });

  test('of nodes take a node as non-compliant when one of its items is', () => {
    const { compliance } = aSite();
    compliance.put(anItem(1));
    compliance.put(anItem(2));
    compliance.put(anItem(2, { associationId: associationId(2), status: 'NON_COMPLIANT' }));
    compliance.put(anItem(2, { associationId: associationId(3), status: 'NON_COMPLIANT' }));
    expect(compliance.nodeCounts()).toEqual({ compliantNodes: 1, nonCompliantNodes: 1 });
  });

  test('of associations that are not complied with begin with the most severe', () => {
    const { compliance } = aSite();
    const broken = { status: 'NON_COMPLIANT' } as const;
    compliance.put(anItem(1, { ...broken, severity: 'LOW', since: minutesOn(1) }));
    compliance.put(anItem(2, { ...broken, severity: 'LOW', since: NOW }));
    compliance.put(anItem(3, { associationId: associationId(2), title: 'b', ...broken, severity: 'CRITICAL', since: minutesOn(9) }));
    compliance.put(anItem(3, { associationId: associationId(3) }));
    expect(compliance.nonCompliantAssociations()).toEqual([
      { associationId: associationId(2), title: 'b', severity: 'CRITICAL', nodes: 1, since: minutesOn(9) },
      { associationId: associationId(1), title: 'association-1', severity: 'LOW', nodes: 2, since: NOW },
    ]);
    compliance.setSeverity(associationId(1), 'CRITICAL', 'renamed');
    expect(compliance.nonCompliantAssociations()[0]).toMatchObject({ title: 'renamed', severity: 'CRITICAL' });
  });
});

describe('a page of compliance', () => {
  const pageOf = (settings: Partial<CompliancePageQuery>) => {
    const { compliance } = aSite();
    const broken = { status: 'NON_COMPLIANT' } as const;
    compliance.put(anItem(1, { severity: 'CRITICAL' }));
    compliance.put(anItem(2, { ...broken, severity: 'LOW', since: minutesOn(1) }));
    compliance.put(anItem(3, { ...broken, severity: 'LOW', since: NOW }));
    compliance.put(anItem(4, { ...broken, severity: 'HIGH', since: minutesOn(9) }));
    compliance.put(anItem(3, { associationId: associationId(2), severity: 'UNSPECIFIED' }));
    const page = compliance.page({ nodeId: null, associationId: null, status: null, offset: 0, limit: 200, ...settings });
    return [page.rows.map((row) => `${row.nodeName} ${row.severity}`), page.total];
  };

  test('is non-compliant first, then by severity, then oldest first', () => {
    expect(pageOf({})).toEqual([['lab-4 HIGH', 'lab-3 LOW', 'lab-2 LOW', 'lab-1 CRITICAL', 'lab-3 UNSPECIFIED'], 5]);
    expect(pageOf({ offset: 1, limit: 2 })).toEqual([['lab-3 LOW', 'lab-2 LOW'], 5]);
  });

  test('can be kept to a node, an association and a status', () => {
    expect(pageOf({ nodeId: nodeId(3) })).toEqual([['lab-3 LOW', 'lab-3 UNSPECIFIED'], 2]);
    expect(pageOf({ nodeId: nodeId(3), status: 'COMPLIANT' })).toEqual([['lab-3 UNSPECIFIED'], 1]);
    expect(pageOf({ associationId: associationId(1), status: 'COMPLIANT' })).toEqual([['lab-1 CRITICAL'], 1]);
    expect(pageOf({ nodeId: nodeId(3), associationId: associationId(1) })).toEqual([['lab-3 LOW'], 1]);
    expect(pageOf({ status: 'NON_COMPLIANT' })[1]).toBe(3);
  });
});
