import { describe, expect, test } from 'vitest';
import type { VersionLook } from '../../renderer/routes.ts';
import { address, NO_FILTER, type Route, routeOf, screenOf } from '../../renderer/routes.ts';

const newest: VersionLook = { version: null, against: null, show: 'changes' };
const id = '0190f0e0-0000-7000-8000-000000000001';

describe('an address leads to the screen that it was made for', () => {
  test.each<[string, Route]>([
    [address.overview(), { page: 'overview' }],
    [
      address.nodes({ search: 'lab=B12 & more', state: 'Online' }),
      { page: 'nodes', search: 'lab=B12 & more', state: 'Online', adding: false },
    ],
    [address.addMachine(), { page: 'nodes', search: '', state: null, adding: true }],
    [address.node('mi-1'), { page: 'node', nodeId: 'mi-1', filter: NO_FILTER }],
    [address.node('mi-1', { status: 'Failed' }), { page: 'node', nodeId: 'mi-1', filter: { ...NO_FILTER, status: 'Failed' } }],
    [address.groups({ search: 'lab' }), { page: 'groups', search: 'lab' }],
    [address.group('new.group'), { page: 'group', name: 'new.group' }],
    [address.newGroup({ from: 'labs' }), { page: 'new-group', from: 'labs' }],
    [address.editGroup('edit'), { page: 'edit-group', name: 'edit' }],
    [address.associations({ status: 'Failed' }), { page: 'associations', search: '', status: 'Failed' }],
    [address.importAssociation(), { page: 'import-association' }],
    [address.association(id, 'json'), { page: 'association', associationId: id, tab: 'json', look: newest, filter: NO_FILTER }],
    [address.association(id), { page: 'association', associationId: id, tab: 'summary', look: newest, filter: NO_FILTER }],
    [address.association(id, 'versions'), { page: 'association', associationId: id, tab: 'versions', look: newest, filter: NO_FILTER }],
    [
      address.association(id, 'executions', { trigger: 'Manual', after: '2026-03-01T02:00:00.000Z' }),
      {
        page: 'association',
        associationId: id,
        tab: 'executions',
        look: newest,
        filter: { ...NO_FILTER, trigger: 'Manual', after: '2026-03-01T02:00:00.000Z' },
      },
    ],
    [
      address.newAssociation({ document: 'a/b:c', schedule: 'rate(30 minutes)', isForEveryMachine: true }),
      { page: 'new-association', from: null, document: 'a/b:c', schedule: 'rate(30 minutes)', package: null, isForEveryMachine: true },
    ],
    [
      address.newAssociation(),
      { page: 'new-association', from: null, document: null, schedule: null, package: null, isForEveryMachine: false },
    ],
    [
      address.nodeInventory('mi-1', { type: 'AWS:Application', search: 'open ssl' }),
      { page: 'node-inventory', nodeId: 'mi-1', typeName: 'AWS:Application', search: 'open ssl' },
    ],
    [
      address.inventory({ name: 'a&b', match: 'contains', comparator: 'older', version: '1:2~3', share: 'without', days: 30 }),
      { page: 'inventory', name: 'a&b', match: 'contains', comparator: 'older', version: '1:2~3', share: 'without', days: 30 },
    ],
    [address.inventory(), { page: 'inventory', name: '', match: null, comparator: null, version: '', share: null, days: null }],
    [address.editAssociation(id, { restore: 3 }), { page: 'edit-association', associationId: id, restore: 3 }],
    [address.executions({ association: id }), { page: 'executions', associationId: id, nodeId: null, filter: NO_FILTER }],
    [
      address.execution(id, { node: 'mi-1', status: 'Failed', search: 'b12' }),
      { page: 'execution', executionId: id, nodeId: 'mi-1', status: 'Failed', search: 'b12' },
    ],
    [address.document('arn:aws:ssm/Doc', { version: 2 }), { page: 'document', name: 'arn:aws:ssm/Doc', version: 2 }],
    [address.newDocument({ from: 'x' }), { page: 'new-document', from: 'x' }],
    [address.editDocument('new'), { page: 'edit-document', name: 'new' }],
    [address.parameters({ path: '/lab/web' }), { page: 'parameters', path: '/lab/web', adding: false }],
    [address.newParameter(), { page: 'parameters', path: null, adding: true }],
    [address.parameter('/lab/web/port'), { page: 'parameter', name: '/lab/web/port' }],
    [
      address.compliance({ node: 'mi-1', group: 'node', search: 'a & b' }),
      {
        page: 'compliance',
        status: null,
        nodeId: 'mi-1',
        associationId: null,
        complianceType: null,
        itemId: null,
        severity: null,
        search: 'a & b',
        group: 'node',
      },
    ],
    [
      address.complianceItem({ nodeId: 'mi-1', complianceType: 'Custom:Door', itemId: '../x?y=1' }),
      { page: 'compliance-item', nodeId: 'mi-1', complianceType: 'Custom:Door', itemId: '../x?y=1' },
    ],
    [address.putCompliance({ node: 'mi-1' }), { page: 'put-compliance', nodeId: 'mi-1', complianceType: null, way: 'form' }],
    [address.settings(), { page: 'settings' }],
  ])('%s', (at, route) => {
    expect(routeOf(at)).toEqual(route);
  });
});

test.each(['#/nowhere', '#/nodes/a/b', `#/associations/${id}/whatever`, '#/settings/more', '#link=code'])('%s is no screen', (hash) => {
  expect(routeOf(hash)).toEqual({ page: 'unknown' });
});

test('an address without a screen in it is the overview', () => {
  expect(routeOf('')).toEqual({ page: 'overview' });
  expect(routeOf('#/')).toEqual({ page: 'overview' });
});

test('a broken escape is taken as it is, and breaks nothing', () => {
  expect(routeOf('#/nodes/%E0%A4%A')).toMatchObject({ page: 'node', nodeId: '%E0%A4%A' });
});

test('a version that is not a number from 1 on is none', () => {
  expect(routeOf('#/documents/abc?version=-1')).toEqual({ page: 'document', name: 'abc', version: null });
});

test('a version of an association has an address, beside another one or by itself', () => {
  const lookOf = (at: string) => {
    const route = routeOf(at);
    return route.page === 'association' ? [route.tab, route.look] : route;
  };
  expect(lookOf(address.associationVersion(id, 3))).toEqual(['versions', { version: 3, against: null, show: 'changes' }]);
  expect(lookOf(address.associationVersion(id, 3, { against: 1 }))).toEqual(['versions', { version: 3, against: 1, show: 'changes' }]);
  expect(lookOf(address.associationVersion(id, 3, { show: 'settings' }))).toEqual([
    'versions',
    { version: 3, against: null, show: 'settings' },
  ]);
});

test('filters and selections do not make another screen', () => {
  expect(screenOf(address.nodes({ search: 'a' }))).toBe(screenOf(address.nodes({ search: 'b', state: 'Online' })));
  expect(screenOf(address.association(id, 'targets'))).toBe(screenOf(address.association(id)));
  expect(screenOf(address.node('mi-1'))).not.toBe(screenOf(address.node('mi-2')));
});
