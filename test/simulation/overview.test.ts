import { expect, test } from 'vitest';
import { openSimulatedSite } from './simulated-site.ts';

test('an association stays what its last run made it, however many intervals are skipped after that', () => {
  const site = openSimulatedSite();
  const node = site.addNode();
  const { associationId } = site.save({ scheduleExpression: 'rate(30 minutes)' });
  site.advance({ minutes: 10 });
  site.disconnect(node);
  site.advance({ days: 3 });
  expect(site.history(associationId).filter(({ status }) => status === 'Skipped').length).toBeGreaterThan(100);
  expect(site.association(associationId).overview).toMatchObject({ status: 'Success', counts: { Skipped: 1 } });
});
