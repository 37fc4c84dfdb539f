import { expect, test } from 'vitest';
import { filterOf, groupingOf, isFiltered, queryOf } from '../../../renderer/compliance/compliance-view.ts';
import { address, routeOf } from '../../../renderer/routes.ts';

function viewAt(hash: string) {
  const route = routeOf(hash);
  if (route.page !== 'compliance') throw new Error(`${hash} is no view of compliance`);
  return route;
}

const everything = {
  status: null,
  nodeId: null,
  associationId: null,
  complianceType: null,
  itemId: null,
  severity: null,
  search: '',
};

test('an address without a filter shows everything', () => {
  const view = viewAt(address.compliance());
  expect([filterOf(view), groupingOf(view), isFiltered(filterOf(view))]).toEqual([everything, null, false]);
});

test('what an address says is what is shown', () => {
  const query = { status: 'NON_COMPLIANT', node: 'mi-0123456789abcdef0', type: 'Custom:Door', item: 'a/b', severity: 'HIGH', search: 'x' };
  const view = viewAt(address.compliance({ ...query, group: 'node' }));
  expect(filterOf(view)).toEqual({
    status: 'NON_COMPLIANT',
    nodeId: 'mi-0123456789abcdef0',
    associationId: null,
    complianceType: 'Custom:Door',
    itemId: 'a/b',
    severity: 'HIGH',
    search: 'x',
  });
  expect(groupingOf(view)).toBe('node');
  expect(queryOf(view)).toEqual({ ...query, association: null, group: 'node' });
});

test('what makes no sense in an address is no filter', () => {
  const view = viewAt('#/compliance?status=fine&node=../x&association=7&type=Door&severity=worst&group=moon');
  expect([filterOf(view), groupingOf(view)]).toEqual([everything, null]);
});
