import { describe, expect, test } from 'vitest';
import type { AssociationDraft } from '../../electron/domain/association.ts';
import { openSimulatedSite } from './simulated-site.ts';

const HOURLY = { scheduleExpression: 'rate(1 hour)' };
const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Steps of this association may take so many seconds. */
const allowed = (seconds: number): Partial<AssociationDraft> => ({
  parameters: { commands: ['true'], executionTimeout: [String(seconds)] },
});

test('a fire skips what an older run of the association has not started, and begins anew on all nodes', () => {
  const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 40 * MINUTE }) });
  site.addNodes(3);
  const { associationId } = site.save({ ...HOURLY, maxConcurrency: '1' });
  site.advance({ hours: 1, minutes: 1 });
  expect(site.history(associationId)).toMatchObject([
    { nodes: { 'node-1': 'Success', 'node-2': 'InProgress', 'node-3': 'Skipped (Superseded)' } },
    { nodes: { 'node-1': 'Pending', 'node-2': 'Queued', 'node-3': 'Pending' } },
  ]);
});

test('the newer run begins on the nodes that are free, and waits in Queued on one where the older run goes on', () => {
  const site = openSimulatedSite();
  const [slow] = site.addNodes(2);
  site.script = ({ nodeId }) => ({ status: 'Success', seconds: nodeId === slow ? 80 * MINUTE : 10 });
  const { associationId } = site.save(HOURLY);
  site.advance({ hours: 1, seconds: 1 });
  expect(site.history(associationId)).toMatchObject([
    { nodes: { 'node-1': 'InProgress', 'node-2': 'Success' } },
    { nodes: { 'node-1': 'Queued', 'node-2': 'InProgress' } },
  ]);
  site.advance({ minutes: 30 });
  expect(site.history(associationId)).toMatchObject([
    { status: 'Success', nodes: { 'node-1': 'Success', 'node-2': 'Success' } },
    { nodes: { 'node-1': 'InProgress', 'node-2': 'Success' } },
  ]);
});

describe('what still runs when the next interval comes', () => {
  test('is TimedOut after a grace of the timeout of its step, and the newer run then begins there', () => {
    const site = openSimulatedSite();
    const node = site.addNode();
    site.script = () => ({ status: 'Success', seconds: 24 * HOUR });
    const { associationId } = site.save({ ...HOURLY, ...allowed(20 * MINUTE) });
    site.advance({ hours: 1, minutes: 19 });
    site.script = () => ({ status: 'Success', seconds: 10 });
    expect(site.history(associationId)).toMatchObject([{ nodes: { 'node-1': 'InProgress' } }, { nodes: { 'node-1': 'Queued' } }]);
    site.advance({ minutes: 2 });
    expect(site.history(associationId)).toMatchObject([
      { status: 'Failed', detail: 'Superseded', nodes: { 'node-1': 'TimedOut (ExecutionTimedOut)' } },
      { status: 'Success', nodes: { 'node-1': 'Success' } },
    ]);
    expect(site.agent(node).isBusy).toBe(false);
  });

  test('counts its grace from the first interval that comes, not from each that follows', () => {
    const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 24 * HOUR }) });
    site.addNode();
    const { associationId } = site.save({ ...HOURLY, ...allowed(90 * MINUTE) });
    site.advance({ hours: 2, minutes: 29 });
    expect(site.history(associationId)[0]).toMatchObject({ nodes: { 'node-1': 'InProgress' } });
    site.advance({ minutes: 2 });
    expect(site.history(associationId)[0]).toMatchObject({ nodes: { 'node-1': 'TimedOut (ExecutionTimedOut)' } });
  });

  test('may finish when it is a manual start that comes, and not an interval', () => {
    const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 10 * HOUR }) });
    site.addNode();
    const { associationId } = site.save({ scheduleExpression: null, ...allowed(20 * MINUTE) });
    site.advance({ hours: 1 });
    site.applyNow(associationId);
    site.advance({ hours: 8 });
    expect(site.history(associationId)).toMatchObject([{ nodes: { 'node-1': 'InProgress' } }, { nodes: { 'node-1': 'Queued' } }]);
    site.advance({ hours: 2 });
    expect(site.history(associationId)).toMatchObject([{ nodes: { 'node-1': 'Success' } }, { nodes: { 'node-1': 'InProgress' } }]);
  });
});

test('however many intervals and starts come meanwhile, at most one run of an association waits on a node', () => {
  const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 7 * HOUR }) });
  site.addNodes(2);
  const { associationId } = site.save({ ...HOURLY, ...allowed(10 * HOUR) });
  for (let hour = 0; hour < 6; hour += 1) {
    site.advance({ hours: 1, minutes: 1 });
    site.applyNow(associationId);
    const waiting = site.history(associationId).flatMap(({ nodes }) => Object.values(nodes).filter((status) => status === 'Queued'));
    expect(waiting).toHaveLength(2);
  }
});

test('a node never runs the same association twice at once', () => {
  const site = openSimulatedSite();
  const nodes = site.addNodes(3);
  const order: string[] = [];
  site.script = ({ nodeId, executionId }) => {
    order.push(`${nodeId} ${executionId}`);
    return { status: 'Success', seconds: (50 + 20 * nodes.indexOf(nodeId)) * MINUTE };
  };
  const { associationId } = site.save({ ...HOURLY, maxConcurrency: '2', ...allowed(5 * HOUR) });
  for (let minute = 0; minute < 12 * 60; minute += 10) {
    site.advance({ minutes: 10 });
    const running = site.history(associationId).flatMap((run) => Object.entries(run.nodes).filter(([, status]) => status === 'InProgress'));
    expect(new Set(running.map(([name]) => name)).size).toBe(running.length);
    expect(running.length).toBeLessThanOrEqual(2);
  }
  expect(new Set(order).size).toBe(order.length);
  expect(nodes.map((node) => site.agent(node).ran.length).every((runs) => runs >= 2)).toBe(true);
});

test('different associations run one after the other on a node, and each of them runs', () => {
  const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 60 }) });
  const node = site.addNode();
  const saved = Array.from({ length: 5 }, () => site.save({ scheduleExpression: null }).associationId);
  site.advance({ minutes: 4, seconds: 30 });
  expect(saved.map((id) => site.history(id)[0]?.nodes['node-1'])).toEqual(['Success', 'Success', 'Success', 'Success', 'InProgress']);
  expect(site.agent(node).ran.map(({ associationId }) => associationId)).toEqual(saved);
});

describe('an edit while the association runs', () => {
  // As update vector U1: of 20 targets with a limit of 5, five have finished and five run.
  function midRun(settings: Partial<AssociationDraft> = {}) {
    const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 10 * MINUTE }) });
    site.addNodes(20);
    const { associationId } = site.save({ scheduleExpression: null, maxConcurrency: '5', ...settings });
    site.advance({ minutes: 15 });
    site.edit(associationId, { parameters: { commands: ['date'] } });
    const counts = () => site.history(associationId).map(({ version, nodes }) => ({ version, ...countOf(Object.values(nodes)) }));
    return { site, associationId, counts };
  }

  function countOf(statuses: readonly string[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  }

  test('lets what runs finish with the old version, and stops what has not started', () => {
    const { site, counts } = midRun();
    expect(counts()[0]).toEqual({ version: 1, Success: 5, InProgress: 5, 'Skipped (Superseded)': 10 });
    site.advance({ hours: 2 });
    expect(counts()[0]).toEqual({ version: 1, Success: 10, 'Skipped (Superseded)': 10 });
  });

  test('runs the new version on all targets, and both versions together keep to the limit', () => {
    const { site, associationId, counts } = midRun();
    for (let minute = 0; minute < 60; minute += 1) {
      const running = site.history(associationId).flatMap(({ nodes }) => Object.values(nodes).filter((status) => status === 'InProgress'));
      expect(running.length).toBeLessThanOrEqual(5);
      site.advance({ minutes: 1 });
    }
    expect(counts()[1]).toEqual({ version: 2, Success: 20 });
  });

  test('counts the errors of the new version from zero', () => {
    const site = openSimulatedSite({ script: () => ({ status: 'Failed', seconds: 60 }) });
    site.addNodes(6);
    const { associationId } = site.save({ scheduleExpression: null, maxConcurrency: '1', maxErrors: '2' });
    site.advance({ seconds: 90 });
    site.edit(associationId, { parameters: { commands: ['date'] } });
    site.advance({ hours: 1 });
    expect(site.history(associationId).map(({ nodes }) => countOf(Object.values(nodes)))).toEqual([
      { Failed: 2, 'Skipped (Superseded)': 4 },
      { Failed: 3, 'Skipped (Terminated)': 3 },
    ]);
  });

  test('of its targets stops what waits on nodes that it no longer covers', () => {
    const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 600 }) });
    const [first, second, third] = site.addNodes(3);
    const { associationId } = site.save({ scheduleExpression: null, maxConcurrency: '1' });
    site.advance({ minutes: 1 });
    site.edit(associationId, { targets: [{ key: 'InstanceIds', values: [second!, third!] }] });
    site.advance({ hours: 2 });
    expect(site.agent(first!).ran).toMatchObject([{ associationVersion: 1 }]);
    expect(site.history(associationId)).toMatchObject([
      { version: 1, nodes: { 'node-1': 'Success' } },
      { version: 2, nodes: { 'node-2': 'Success', 'node-3': 'Success' } },
    ]);
    expect(Object.keys(site.history(associationId)[1]?.nodes ?? {})).toEqual(['node-2', 'node-3']);
  });
});
