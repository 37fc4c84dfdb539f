import { expect, test } from 'vitest';
import { firstSteps } from '../../../renderer/overview/first-steps-state.ts';

const site = (nodes: { total: number; online: number }, associations: number) => ({
  nodes,
  associations: { total: associations, failed: 0, pending: 0, success: 0 },
});
const done = (steps: ReturnType<typeof firstSteps>) => steps.filter(({ isDone }) => isDone).map(({ key }) => key);

test('on a fresh start only what the app did by itself is done', () => {
  expect(done(firstSteps(site({ total: 1, online: 1 }, 0)))).toEqual(['local']);
});

test('a second machine and a first association are done when the site has them', () => {
  expect(done(firstSteps(site({ total: 2, online: 2 }, 1)))).toEqual(['local', 'machine', 'association']);
});

test('nothing is done while this computer is not connected', () => {
  expect(done(firstSteps(site({ total: 1, online: 0 }, 0)))).toEqual([]);
});
