import { expect, test } from 'vitest';
import { nodeOverview } from '../../../electron/domain/node-overview.ts';

test('a node is Failed when any of its associations failed, else Pending when any is, else Success', () => {
  expect(nodeOverview(['Success', 'Failed', 'InProgress'])?.status).toBe('Failed');
  expect(nodeOverview(['Success', 'TimedOut'])?.status).toBe('Failed');
  expect(nodeOverview(['Success', 'Cancelled'])?.status).toBe('Failed');
  expect(nodeOverview(['Success', 'Queued'])?.status).toBe('Pending');
  expect(nodeOverview(['Success', null])?.status).toBe('Pending');
  expect(nodeOverview(['Success', 'Success'])?.status).toBe('Success');
});

test('its associations are counted by status, and without any there is nothing to say', () => {
  expect(nodeOverview(['Success', 'Success', 'Failed', null])?.counts).toEqual({ Success: 2, Failed: 1, Pending: 1 });
  expect(nodeOverview([])).toBeNull();
});
