import { describe, expect, test } from 'vitest';
import { cancelExecution } from '../../electron/controller/operations/cancel-execution.ts';
import { putAlarm } from '../../electron/controller/operations/put-alarm.ts';
import type { SimulatedSite } from './simulated-site.ts';
import { openSimulatedSite } from './simulated-site.ts';

const MINUTE = 60;

function counted(site: SimulatedSite, associationId: Parameters<SimulatedSite['history']>[0]): Record<string, number>[] {
  return site.history(associationId).map(({ nodes }) => {
    const counts: Record<string, number> = {};
    for (const status of Object.values(nodes)) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  });
}

test('without settings at most 50 run at once, and no number of errors stops the rest', () => {
  const site = openSimulatedSite({ script: () => ({ status: 'Failed', seconds: MINUTE }) });
  site.addNodes(120);
  const { associationId } = site.save({ scheduleExpression: null });
  site.advance({ seconds: 1 });
  expect(counted(site, associationId)).toEqual([{ InProgress: 50, Pending: 70 }]);
  site.advance({ minutes: 10 });
  expect(counted(site, associationId)).toEqual([{ Failed: 120 }]);
});

test('the (E+1)-th error starts no further target; what runs ends, and its errors are recorded too', () => {
  const site = openSimulatedSite();
  const nodes = site.addNodes(12);
  // Vector R10 in small: in waves of 4, with one error tolerated, the second error comes in the first wave.
  const failing = new Set([nodes[0], nodes[1], nodes[2]]);
  site.script = ({ nodeId }) => ({ status: failing.has(nodeId) ? 'Failed' : 'Success', seconds: MINUTE + nodes.indexOf(nodeId) });
  const { associationId } = site.save({ scheduleExpression: null, maxConcurrency: '4', maxErrors: '1' });
  site.advance({ hours: 1 });
  // Node 1 fails first and its slot goes to node 5; with the second error nothing more begins.
  expect(counted(site, associationId)).toEqual([{ Failed: 3, Success: 2, 'Skipped (Terminated)': 7 }]);
  expect(site.history(associationId)[0]).toMatchObject({ status: 'Failed' });
});

test('the next interval begins with no errors, over all targets', () => {
  const site = openSimulatedSite({ script: () => ({ status: 'Failed', seconds: MINUTE }) });
  site.addNodes(5);
  const { associationId } = site.save({ scheduleExpression: 'rate(1 hour)', maxConcurrency: '1', maxErrors: '0' });
  site.advance({ minutes: 30 });
  site.script = () => ({ status: 'Success', seconds: MINUTE });
  site.advance({ hours: 1 });
  expect(counted(site, associationId)).toEqual([{ Failed: 1, 'Skipped (Terminated)': 4 }, { Success: 5 }]);
});

test('a timeout counts as an error; what was skipped, was offline or was cancelled does not', () => {
  const site = openSimulatedSite({ script: () => ({ status: 'TimedOut', seconds: MINUTE }) });
  const nodes = site.addNodes(6);
  site.disconnect(nodes[0]!);
  site.disconnect(nodes[1]!);
  const { associationId } = site.save({ scheduleExpression: null, maxConcurrency: '1', maxErrors: '1' });
  site.advance({ hours: 1 });
  expect(counted(site, associationId)).toEqual([
    { 'Skipped (NodeOffline)': 2, 'TimedOut (ExecutionTimedOut)': 2, 'Skipped (Terminated)': 2 },
  ]);
});

describe('nodes that join while the association runs', () => {
  function running({ script = 10 * MINUTE, scheduleExpression = 'rate(1 day)' as string | null } = {}) {
    const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: script }) });
    for (let node = 0; node < 6; node += 1) site.addNode({ tags: { lab: 'b12' } });
    const later = site.addNodes(4);
    const targets = [{ key: 'tag:lab', values: ['b12'] }];
    const { associationId } = site.save({ scheduleExpression, targets, maxConcurrency: '5' });
    return { site, later, associationId };
  }

  test('start at once when a slot is free', () => {
    const { site, later, associationId } = running();
    site.advance({ minutes: 11 });
    site.setTags(later[0]!, { lab: 'b12' });
    site.advance({ minutes: 1 });
    expect(site.history(associationId)).toMatchObject([
      { nodes: { 'node-6': 'InProgress' } },
      { trigger: 'NodeMatched', nodes: { 'node-7': 'InProgress' } },
    ]);
  });

  test('are left to the next interval when there is none, which says why', () => {
    const { site, later, associationId } = running();
    site.advance({ minutes: 1 });
    site.setTags(later[0]!, { lab: 'b12' });
    site.advance({ hours: 23 });
    expect(site.history(associationId)[1]).toMatchObject({ trigger: 'NodeMatched', nodes: { 'node-7': 'Skipped (ConcurrencyLimit)' } });
    site.advance({ hours: 2 });
    expect(site.history(associationId)[2]?.nodes['node-7']).toBe('Success');
  });

  test('wait for a slot when no interval will come', () => {
    const { site, later, associationId } = running({ scheduleExpression: null });
    site.advance({ minutes: 1 });
    site.setTags(later[0]!, { lab: 'b12' });
    expect(site.history(associationId)[1]?.nodes['node-7']).toBe('Pending');
    site.advance({ hours: 1 });
    expect(site.history(associationId)[1]?.nodes['node-7']).toBe('Success');
  });

  test('do not change how many may run at once', () => {
    const { site, later, associationId } = running();
    site.advance({ minutes: 1 });
    for (const node of later) site.setTags(node, { lab: 'b12' });
    for (let minute = 0; minute < 60; minute += 1) {
      const statuses = site.history(associationId).flatMap(({ nodes }) => Object.values(nodes));
      expect(statuses.filter((status) => status === 'InProgress').length).toBeLessThanOrEqual(5);
      site.advance({ minutes: 1 });
    }
  });
});

describe('a slot is free again', () => {
  test('when the node that had it is deregistered', () => {
    const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 600 }) });
    const [first] = site.addNodes(2);
    const { associationId } = site.save({ scheduleExpression: null, maxConcurrency: '1' });
    site.advance({ minutes: 1 });
    site.deregister(first!);
    site.advance({ minutes: 1 });
    expect(site.history(associationId)).toMatchObject([{ nodes: { 'node-1': 'Cancelled (NodeDeregistered)', 'node-2': 'InProgress' } }]);
  });

  test('when a node that waited for it went away: the one behind it starts', () => {
    const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 600 }) });
    const [, second] = site.addNodes(3);
    const { associationId } = site.save({ scheduleExpression: null, maxConcurrency: '1' });
    site.disconnect(second!);
    site.advance({ minutes: 11 });
    expect(site.history(associationId)).toMatchObject([
      { nodes: { 'node-1': 'Success', 'node-2': 'Skipped (NodeOffline)', 'node-3': 'InProgress' } },
    ]);
    site.connect(second!);
    site.advance({ hours: 1 });
    expect(site.history(associationId).at(-1)).toMatchObject({ trigger: 'CatchUp', nodes: { 'node-2': 'Success' } });
  });
});

test('a cancelled execution starts nothing more, and what runs is told to stop', () => {
  const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 600 }) });
  site.addNodes(3);
  const { associationId } = site.save({ scheduleExpression: null, maxConcurrency: '1' });
  site.advance({ minutes: 1 });
  site.perform((context) => cancelExecution(context, site.history(associationId)[0]!.executionId));
  site.advance({ hours: 1 });
  expect(site.history(associationId)).toMatchObject([
    { status: 'Failed', detail: 'Cancelled', nodes: { 'node-1': 'Cancelled', 'node-2': 'Cancelled', 'node-3': 'Cancelled' } },
  ]);
});

describe('Duration', () => {
  const LIMITED = { scheduleExpression: 'cron(0 2 ? * SUN *)', applyOnlyAtCronInterval: true, duration: 1 };

  test('cuts an interval off at the hour: what waits is skipped, what runs is cancelled', () => {
    const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 40 * MINUTE }) });
    site.addNodes(3);
    const { associationId } = site.save({ ...LIMITED, maxConcurrency: '1' });
    site.advance({ days: 7, minutes: 59 });
    expect(site.history(associationId)).toMatchObject([{ nodes: { 'node-1': 'Success', 'node-2': 'InProgress', 'node-3': 'Pending' } }]);
    site.advance({ minutes: 2 });
    expect(site.history(associationId)).toMatchObject([
      {
        status: 'Failed',
        detail: 'CutOff',
        nodes: { 'node-1': 'Success', 'node-2': 'Cancelled (CutOff)', 'node-3': 'Skipped (CutOff)' },
      },
    ]);
  });

  test('leaves an interval alone that is over in time', () => {
    const site = openSimulatedSite();
    site.addNodes(3);
    const { associationId } = site.save(LIMITED);
    site.advance({ days: 8 });
    expect(site.history(associationId)).toMatchObject([{ status: 'Success', detail: 'Success' }]);
  });

  test('counts from when a run that comes late begins', () => {
    const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 70 * MINUTE }) });
    site.addNode();
    const { associationId } = site.save(LIMITED);
    // The controller's machine slept over the fire.
    site.clock.jump(new Date('2026-03-08T07:00:00Z'));
    site.advance({ minutes: 59 });
    expect(site.history(associationId)).toMatchObject([{ trigger: 'MissedSchedule', nodes: { 'node-1': 'InProgress' } }]);
    site.advance({ minutes: 2 });
    expect(site.history(associationId)).toMatchObject([{ trigger: 'MissedSchedule', nodes: { 'node-1': 'Cancelled (CutOff)' } }]);
  });
});

describe('an alarm', () => {
  const HELD = { scheduleExpression: 'rate(1 hour)', alarmConfiguration: { alarmName: 'lab-is-busy', ignorePollAlarmFailure: true } };
  const alarm = (state: 'OK' | 'ALARM') => ({ name: 'lab-is-busy', state, reason: '' });

  test('that is raised keeps a fire from starting anything, and the execution shows it', () => {
    const site = openSimulatedSite();
    site.addNode();
    const { associationId } = site.save(HELD);
    site.advance({ minutes: 30 });
    site.perform((context) => putAlarm(context, alarm('ALARM')));
    site.advance({ hours: 1 });
    site.perform((context) => putAlarm(context, alarm('OK')));
    site.advance({ hours: 1 });
    expect(site.history(associationId)).toMatchObject([
      { nodes: { 'node-1': 'Success' } },
      { status: 'Skipped', detail: 'AlarmRaised', nodes: { 'node-1': 'Skipped (AlarmRaised)' } },
      { nodes: { 'node-1': 'Success' } },
    ]);
    const { executionId } = site.history(associationId)[1]!;
    expect(site.context.stores.executions.find(executionId)?.triggeredAlarms).toEqual([{ name: 'lab-is-busy', state: 'ALARM' }]);
  });

  test('that is raised in the middle of a run keeps what waits from starting; what runs ends', () => {
    const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 600 }) });
    site.addNodes(3);
    const { associationId } = site.save({ ...HELD, scheduleExpression: null, maxConcurrency: '1' });
    site.advance({ minutes: 15 });
    site.perform((context) => putAlarm(context, alarm('ALARM')));
    site.advance({ hours: 1 });
    expect(site.history(associationId)).toMatchObject([
      { status: 'Success', nodes: { 'node-1': 'Success', 'node-2': 'Success', 'node-3': 'Skipped (AlarmRaised)' } },
    ]);
  });
});
