import { expect, test } from 'vitest';
import type { AssociationId } from '../../agent/protocol/ids.ts';
import { deleteParameters } from '../../electron/controller/operations/delete-parameters.ts';
import { putParameter } from '../../electron/controller/operations/put-parameter.ts';
import type { SimulatedSite } from './simulated-site.ts';
import { openSimulatedSite } from './simulated-site.ts';

const MINUTE = 60;

function runsPerOccurrence(site: SimulatedSite): Map<string, number> {
  const runs = new Map<string, number>();
  for (const { nodeId, ran } of site.agents.values()) {
    for (const { executionId } of ran) runs.set(`${nodeId} ${executionId}`, (runs.get(`${nodeId} ${executionId}`) ?? 0) + 1);
  }
  return runs;
}

function restart(site: SimulatedSite, { minutes }: { minutes: number }): void {
  site.kill();
  site.advance({ minutes });
  site.start();
  for (const node of site.agents.keys()) site.connect(node);
}

test('a controller that dies in the middle of a run takes it over: nothing is lost, nothing runs twice, the limit holds', () => {
  const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 10 * MINUTE }) });
  site.addNodes(10);
  const { associationId } = site.save({ scheduleExpression: null, maxConcurrency: '3' });
  for (let life = 0; life < 8; life += 1) {
    site.advance({ minutes: 4 });
    restart(site, { minutes: 2 });
    const running = Object.values(site.history(associationId)[0]?.nodes ?? {}).filter((status) => status === 'InProgress');
    expect(running.length).toBeLessThanOrEqual(3);
  }
  site.advance({ hours: 1 });
  // A slot that is freed before the next node is back goes on to one that is; the node then catches up.
  const successes = site.history(associationId).flatMap(({ nodes }) => Object.entries(nodes).filter(([, status]) => status === 'Success'));
  expect(successes.map(([name]) => name).sort()).toEqual([...new Set(successes.map(([name]) => name))].sort());
  expect(successes).toHaveLength(10);
  expect([...runsPerOccurrence(site).values()]).toEqual(Array.from({ length: 10 }, () => 1));
});

test('a fire and what it makes begin are one commit', () => {
  const site = openSimulatedSite();
  site.addNode();
  const { associationId } = site.save({ scheduleExpression: 'rate(1 hour)' });
  site.advance({ minutes: 59 });
  const seen = new Set<string>();
  const stored = site.reader();
  const now = site.clock.now.bind(site.clock);
  site.clock.now = () => {
    const { fired, executions } = stored(associationId);
    seen.add(`fired: ${fired}, executions: ${executions}`);
    return now();
  };
  site.advance({ minutes: 2 });
  expect([...seen]).toEqual(['fired: false, executions: 1', 'fired: true, executions: 2']);
});

/** What a kill could leave on the disk from now on, until the answer is called: looked at wherever the controller asks for the time. */
function everCommitted(site: SimulatedSite, associationId: AssociationId): () => string[] {
  const seen = new Set<string>();
  const stored = site.reader();
  const now = site.clock.now.bind(site.clock);
  site.clock.now = () => {
    seen.add(stored(associationId).targets);
    return now();
  };
  return () => [...seen.add(stored(associationId).targets)];
}

test('an end and the start that takes its slot are one commit', () => {
  const site = openSimulatedSite();
  site.addNodes(2);
  const { associationId } = site.save({ scheduleExpression: null, maxConcurrency: '1' });
  const seen = everCommitted(site, associationId);
  site.advance({ minutes: 1 });
  expect(seen()).toEqual(['node-1 InProgress, node-2 Pending', 'node-1 Success, node-2 InProgress', 'node-1 Success, node-2 Success']);
});

test('a node that goes for good and the start that takes its slot are one commit', () => {
  const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 10 * MINUTE }) });
  const [first] = site.addNodes(2);
  const { associationId } = site.save({ scheduleExpression: null, maxConcurrency: '1', maxErrors: '100%' });
  const seen = everCommitted(site, associationId);
  site.deregister(first!);
  site.advance({ minutes: 1 });
  expect(seen()).toEqual(['node-1 InProgress, node-2 Pending', 'node-1 Cancelled, node-2 InProgress']);
});

test('a run that is given up and the start that takes its slot are one commit', () => {
  const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 9 * 3600 }) });
  const [first] = site.addNodes(2);
  const { associationId } = site.save({ scheduleExpression: null, maxConcurrency: '1', maxErrors: '100%' });
  site.disconnect(first!);
  const seen = everCommitted(site, associationId);
  site.advance({ hours: 3 });
  expect(seen()).toEqual(['node-1 InProgress, node-2 Pending', 'node-1 Failed, node-2 InProgress']);
});

test('a run that was owed begins in the commit that records it', () => {
  const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 10 * MINUTE }) });
  const node = site.addNode({ isConnected: false });
  const { associationId } = site.save({ scheduleExpression: null });
  const seen = everCommitted(site, associationId);
  site.connect(node);
  expect(seen()).toEqual(['node-1 Skipped', 'node-1 Skipped, node-1 InProgress']);
});

test('a slot is taken and given back in one commit where there is nothing to send', () => {
  const site = openSimulatedSite();
  site.addNodes(2);
  const draft = { name: '/lab/port', type: 'String', value: '8080', description: '', allowedPattern: null };
  site.perform((context) => putParameter(context, { draft, expectedVersion: null }));
  const parameters = { commands: ['{{ssm:/lab/port}}'] };
  const { associationId } = site.save({ scheduleExpression: null, parameters, maxConcurrency: '1', maxErrors: '100%' });
  site.perform((context) => deleteParameters(context, ['/lab/port']));
  const seen = everCommitted(site, associationId);
  site.advance({ minutes: 1 });
  expect(seen()).toEqual(['node-1 InProgress, node-2 Pending', 'node-1 Success, node-2 Failed']);
});

test('results of a time without a controller arrive afterwards, once each', () => {
  const site = openSimulatedSite({ script: () => ({ status: 'Failed', seconds: 5 * MINUTE }) });
  site.addNodes(4);
  const { associationId } = site.save({ scheduleExpression: null });
  restart(site, { minutes: 60 });
  site.advance({ seconds: 1 });
  expect(site.history(associationId)).toMatchObject([
    { status: 'Failed', nodes: { 'node-1': 'Failed', 'node-2': 'Failed', 'node-3': 'Failed', 'node-4': 'Failed' } },
  ]);
});

test('a fire that passes meanwhile runs once: late on the nodes that are there, and as each of the others comes back', () => {
  const site = openSimulatedSite();
  site.addNodes(3);
  const { associationId } = site.save({ scheduleExpression: 'rate(2 hours)' });
  site.advance({ minutes: 90 });
  restart(site, { minutes: 60 });
  site.advance({ minutes: 5 });
  const since = site.history(associationId).slice(1);
  expect(since[0]).toMatchObject({ trigger: 'MissedSchedule', fireAt: '2026-03-01T04:00:00.000Z' });
  for (const node of ['node-1', 'node-2', 'node-3']) {
    expect(since.filter(({ nodes }) => nodes[node] === 'Success')).toHaveLength(1);
  }
});

test('what is owed to nodes that were away is still owed after a restart', () => {
  const site = openSimulatedSite();
  const [, away] = site.addNodes(2);
  site.disconnect(away!);
  const { associationId } = site.save({ scheduleExpression: null });
  site.kill();
  site.advance({ days: 3 });
  site.start();
  site.connect(away!);
  site.advance({ minutes: 1 });
  expect(site.history(associationId)).toMatchObject([{}, { trigger: 'CatchUp', nodes: { 'node-2': 'Success' } }]);
});

test('a run whose node does not come back within two hours of the start is given up', () => {
  const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 9 * 3600 }) });
  site.addNode();
  const { associationId } = site.save({ scheduleExpression: null });
  site.kill();
  site.advance({ hours: 5 });
  site.start();
  site.advance({ minutes: 119 });
  expect(site.history(associationId)).toMatchObject([{ nodes: { 'node-1': 'InProgress (Delayed)' } }]);
  site.advance({ minutes: 2 });
  expect(site.history(associationId)).toMatchObject([{ status: 'Failed', nodes: { 'node-1': 'Failed' } }]);
});

test('deadlines that pass meanwhile are kept at the start', () => {
  const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 90 * MINUTE }) });
  site.addNodes(3);
  const { associationId } = site.save({
    scheduleExpression: 'cron(0 3 ? * * *)',
    applyOnlyAtCronInterval: true,
    duration: 1,
    maxConcurrency: '1',
  });
  site.advance({ hours: 1, minutes: 10 });
  site.kill();
  site.advance({ hours: 1 });
  site.start();
  expect(site.history(associationId)[0]?.nodes).toEqual({
    'node-1': 'InProgress (Delayed)',
    'node-2': 'Skipped (CutOff)',
    'node-3': 'Skipped (CutOff)',
  });
  for (const node of site.agents.keys()) site.connect(node);
  site.advance({ seconds: 1 });
  expect(site.history(associationId)[0]?.nodes['node-1']).toBe('Cancelled (CutOff)');
});
