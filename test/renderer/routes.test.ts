import { describe, expect, test } from 'vitest';
import { address, type Route, routeOf, screenOf } from '../../renderer/routes.ts';

const id = '0190f0e0-0000-7000-8000-000000000001';

describe('an address leads to the screen that it was made for', () => {
  test.each<[string, Route]>([
    [address.overview(), { page: 'overview' }],
    [
      address.nodes({ search: 'lab=B12 & more', state: 'Online' }),
      { page: 'nodes', search: 'lab=B12 & more', state: 'Online', adding: false },
    ],
    [address.addMachine(), { page: 'nodes', search: '', state: null, adding: true }],
    [address.node('mi-1'), { page: 'node', nodeId: 'mi-1' }],
    [address.groups({ search: 'lab' }), { page: 'groups', search: 'lab' }],
    [address.group('new.group'), { page: 'group', name: 'new.group' }],
    [address.newGroup({ from: 'labs' }), { page: 'new-group', from: 'labs' }],
    [address.editGroup('edit'), { page: 'edit-group', name: 'edit' }],
    [address.associations({ status: 'Failed' }), { page: 'associations', search: '', status: 'Failed' }],
    [address.association(id), { page: 'association', associationId: id, tab: 'summary' }],
    [address.association(id, 'versions'), { page: 'association', associationId: id, tab: 'versions' }],
    [address.newAssociation({ document: 'a/b:c' }), { page: 'new-association', from: null, document: 'a/b:c' }],
    [address.editAssociation(id, { restore: 3 }), { page: 'edit-association', associationId: id, restore: 3 }],
    [address.executions({ association: id }), { page: 'executions', status: null, associationId: id, nodeId: null }],
    [address.execution(id, { node: 'mi-1', status: 'Failed' }), { page: 'execution', executionId: id, nodeId: 'mi-1', status: 'Failed' }],
    [address.document('arn:aws:ssm/Doc', { version: 2 }), { page: 'document', name: 'arn:aws:ssm/Doc', version: 2 }],
    [address.newDocument({ from: 'x' }), { page: 'new-document', from: 'x' }],
    [address.editDocument('new'), { page: 'edit-document', name: 'new' }],
    [address.compliance({ node: 'mi-1' }), { page: 'compliance', status: null, nodeId: 'mi-1', associationId: null }],
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
  expect(routeOf('#/nodes/%E0%A4%A')).toEqual({ page: 'node', nodeId: '%E0%A4%A' });
});

test('a version that is not a number from 1 on is none', () => {
  expect(routeOf('#/documents/abc?version=-1')).toEqual({ page: 'document', name: 'abc', version: null });
});

test('filters and selections do not make another screen', () => {
  expect(screenOf(address.nodes({ search: 'a' }))).toBe(screenOf(address.nodes({ search: 'b', state: 'Online' })));
  expect(screenOf(address.association(id, 'targets'))).toBe(screenOf(address.association(id)));
  expect(screenOf(address.node('mi-1'))).not.toBe(screenOf(address.node('mi-2')));
});
