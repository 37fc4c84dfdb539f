import { expect, test } from 'vitest';
import { openSimulatedSite } from './simulated-site.ts';

test('an association runs at creation, at every fire, and once on a node that comes later', () => {
  const site = openSimulatedSite();
  site.addNodes(2);
  const { associationId } = site.save({ scheduleExpression: 'rate(1 hour)' });
  site.advance({ minutes: 90 });
  site.addNode();
  site.advance({ minutes: 1 });
  expect(site.history(associationId)).toMatchObject([
    { trigger: 'Created', at: '2026-03-01T02:00:00.000Z', nodes: { 'node-1': 'Success', 'node-2': 'Success' } },
    { trigger: 'Schedule', at: '2026-03-01T03:00:00.000Z', nodes: { 'node-1': 'Success', 'node-2': 'Success' } },
    { trigger: 'NodeMatched', at: '2026-03-01T03:30:00.000Z', nodes: { 'node-3': 'Success' } },
  ]);
  expect(site.errors).toEqual([]);
});
