import { describe, expect, test } from 'vitest';
import { deleteAssociations } from '../../electron/controller/operations/delete-associations.ts';
import { deleteDocument } from '../../electron/controller/operations/delete-document.ts';
import { createDocument, setDefaultDocumentVersion, updateDocument } from '../../electron/controller/operations/save-document.ts';
import { aDocument, anotherVersion } from './scripted-document.ts';
import { openSimulatedSite } from './simulated-site.ts';

const DAILY = { scheduleExpression: 'cron(0 3 ? * * *)' };
const HOUR = 3600;

describe('an interval that passes while the controller cannot act', () => {
  test('runs once, late, when the next is more than 30 minutes away; further missed ones are not made up for', () => {
    const site = openSimulatedSite();
    site.addNode();
    const { associationId } = site.save(DAILY);
    site.advance({ minutes: 30 });
    site.clock.jump(new Date('2026-03-04T12:00:00Z'));
    site.advance({ hours: 16 });
    expect(site.history(associationId)).toMatchObject([
      { trigger: 'Created' },
      { trigger: 'MissedSchedule', at: '2026-03-04T12:00:00.000Z', fireAt: '2026-03-01T03:00:00.000Z', nodes: { 'node-1': 'Success' } },
      { trigger: 'Schedule', at: '2026-03-05T03:00:00.000Z', nodes: { 'node-1': 'Success' } },
    ]);
  });

  test('is recorded as missed, and left to the next, when that is 30 minutes away or less', () => {
    const site = openSimulatedSite();
    site.addNode();
    const { associationId } = site.save(DAILY);
    site.clock.jump(new Date('2026-03-04T02:30:00Z'));
    site.advance({ hours: 1 });
    expect(site.history(associationId).slice(1)).toMatchObject([
      { trigger: 'MissedSchedule', status: 'Skipped', detail: 'MissedInterval', nodes: { 'node-1': 'Skipped (MissedInterval)' } },
      { trigger: 'Schedule', at: '2026-03-04T03:00:00.000Z', nodes: { 'node-1': 'Success' } },
    ]);
  });

  test('does not fire the same moment twice when the clock is set back', () => {
    const site = openSimulatedSite();
    site.addNode();
    const { associationId } = site.save(DAILY);
    site.advance({ hours: 2 });
    site.clock.set(new Date('2026-03-01T01:00:00Z'));
    site.kill();
    site.start();
    for (const node of site.agents.keys()) site.connect(node);
    site.advance({ hours: 6 });
    expect(site.history(associationId)).toMatchObject([{ trigger: 'Created' }, { fireAt: '2026-03-01T03:00:00.000Z' }]);
  });
});

test('history keeps every skipped interval, with the reason for each node', () => {
  const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 20 * HOUR }) });
  const [, second, third] = site.addNodes(3);
  site.disconnect(second!);
  const { associationId } = site.save({ ...DAILY, applyOnlyAtCronInterval: true, maxConcurrency: '1' });
  site.advance({ hours: 2 });
  site.disconnect(third!);
  site.advance({ days: 1 });
  expect(site.history(associationId)).toMatchObject([
    { nodes: { 'node-1': 'Success', 'node-2': 'Skipped (NodeOffline)', 'node-3': 'Skipped (NodeOffline)' } },
    { nodes: { 'node-1': 'InProgress', 'node-2': 'Skipped (NodeOffline)', 'node-3': 'Skipped (NodeOffline)' } },
  ]);
});

test('nodes that are offline at a fire neither hold it up nor count as errors', () => {
  const site = openSimulatedSite();
  const nodes = site.addNodes(10);
  for (const node of nodes.slice(0, 8)) site.disconnect(node);
  const { associationId } = site.save({ ...DAILY, maxConcurrency: '1', maxErrors: '0' });
  site.advance({ minutes: 1 });
  expect(site.history(associationId)[0]).toMatchObject({ status: 'Success', nodes: { 'node-9': 'Success', 'node-10': 'Success' } });
});

describe('what runs, and nothing is heard of its node', () => {
  const LONG = { scheduleExpression: null, parameters: { commands: ['sleep'], executionTimeout: ['172800'] } };

  test('is Delayed, and Failed as stuck after two hours', () => {
    const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 9 * HOUR }) });
    const node = site.addNode();
    const { associationId } = site.save(LONG);
    site.advance({ minutes: 10 });
    site.disconnect(node);
    site.advance({ minutes: 119 });
    expect(site.history(associationId)).toMatchObject([{ nodes: { 'node-1': 'InProgress (Delayed)' } }]);
    site.advance({ minutes: 2 });
    expect(site.history(associationId)).toMatchObject([{ status: 'Failed', nodes: { 'node-1': 'Failed' } }]);
    const { executionId } = site.history(associationId)[0]!;
    expect(site.context.stores.executions.target(executionId, node)?.errorCode).toBe('StuckAtInProgress');
  });

  test('goes on when the node is back in time, and the two hours begin anew at the next absence', () => {
    const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 5 * HOUR }) });
    const node = site.addNode();
    const { associationId } = site.save(LONG);
    for (let absence = 0; absence < 3; absence += 1) {
      site.disconnect(node);
      site.advance({ minutes: 90 });
      site.connect(node);
      expect(site.history(associationId)).toMatchObject([{ nodes: { 'node-1': 'InProgress' } }]);
    }
    site.advance({ hours: 1 });
    expect(site.history(associationId)).toMatchObject([{ status: 'Success', nodes: { 'node-1': 'Success' } }]);
  });

  test('frees its slot when it is stuck, and counts as an error', () => {
    const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 9 * HOUR }) });
    const [first] = site.addNodes(3);
    const tolerant = site.save({ ...LONG, maxConcurrency: '1' }).associationId;
    const strict = site.save({ ...LONG, maxConcurrency: '1', maxErrors: '0' }).associationId;
    site.disconnect(first!);
    site.script = () => ({ status: 'Success', seconds: 10 });
    site.advance({ hours: 3 });
    expect(site.history(tolerant)[0]?.nodes).toEqual({ 'node-1': 'Failed', 'node-2': 'Success', 'node-3': 'Success' });
    expect(site.history(strict)[0]?.nodes).toEqual({
      'node-1': 'Failed',
      'node-2': 'Skipped (Terminated)',
      'node-3': 'Skipped (Terminated)',
    });
  });

  test('stays Failed when its result comes after all: what it did is kept with its steps, and it is not run again', () => {
    const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 3 * HOUR }) });
    const node = site.addNode();
    const { associationId } = site.save(LONG);
    site.disconnect(node);
    site.advance({ hours: 4 });
    site.connect(node);
    site.advance({ hours: 4 });
    expect(site.history(associationId)).toMatchObject([{ status: 'Failed', nodes: { 'node-1': 'Failed' } }]);
    const { executionId } = site.history(associationId)[0]!;
    expect(site.context.stores.executions.step(executionId, node, 0)).toMatchObject({ status: 'Success' });
    expect(site.agent(node).ran).toHaveLength(1);
  });
});

describe('associations that name the node go before those that match it otherwise', () => {
  const byId = (node: string) => ({ targets: [{ key: 'InstanceIds', values: [node] }] });
  const byTag = { targets: [{ key: 'tag:lab', values: ['b12'] }] };

  test('when they fire at the same moment', () => {
    const site = openSimulatedSite();
    const node = site.addNode({ tags: { lab: 'b12' } });
    const waits = { ...DAILY, applyOnlyAtCronInterval: true };
    const tagged = site.save({ ...waits, ...byTag }).associationId;
    const everywhere = site.save(waits).associationId;
    const named = site.save({ ...waits, ...byId(node) }).associationId;
    site.advance({ hours: 2 });
    expect(site.agent(node).ran.map(({ associationId }) => associationId)).toEqual([named, tagged, everywhere]);
  });

  test('when the node is back after missing them', () => {
    const site = openSimulatedSite();
    const node = site.addNode({ tags: { lab: 'b12' } });
    site.disconnect(node);
    const tagged = site.save({ ...DAILY, ...byTag }).associationId;
    const named = site.save({ ...DAILY, ...byId(node) }).associationId;
    site.connect(node);
    site.advance({ minutes: 5 });
    expect(site.agent(node).ran.map(({ associationId }) => associationId)).toEqual([named, tagged]);
  });

  test('when a document that they follow moves', () => {
    const site = openSimulatedSite();
    const node = site.addNode({ tags: { lab: 'b12' } });
    site.perform((context) => createDocument(context, aDocument()));
    const follows = { documentName: 'Lab-Document', documentVersion: '$LATEST', parameters: {} };
    const tagged = site.save({ ...follows, ...byTag }).associationId;
    const named = site.save({ ...follows, ...byId(node) }).associationId;
    site.advance({ minutes: 5 });
    site.perform((context) => updateDocument(context, anotherVersion()));
    site.advance({ minutes: 5 });
    expect(site.agent(node).ran.map(({ associationId }) => associationId)).toEqual([tagged, named, named, tagged]);
  });
});

test('a run whose document version is gone fails with InvalidDocument on every node, without reaching one', () => {
  const site = openSimulatedSite();
  const nodes = site.addNodes(2);
  site.perform((context) => createDocument(context, aDocument()));
  site.perform((context) => updateDocument(context, anotherVersion()));
  const { associationId } = site.save({ ...DAILY, documentName: 'Lab-Document', documentVersion: '1', parameters: {} });
  site.advance({ minutes: 5 });
  site.perform((context) => setDefaultDocumentVersion(context, 'Lab-Document', 2));
  site.withoutDocumentVersion('Lab-Document', 1);
  site.advance({ days: 1 });
  expect(site.history(associationId)[1]).toMatchObject({ status: 'Failed', nodes: { 'node-1': 'Failed', 'node-2': 'Failed' } });
  const { executionId } = site.history(associationId)[1]!;
  expect(site.context.stores.executions.target(executionId, nodes[0]!)).toMatchObject({ errorCode: 'InvalidDocument', dispatchedAt: null });
  expect(site.agent(nodes[0]!).ran).toHaveLength(1);
});

test('a version that an association follows by its number is not deleted under it', () => {
  const site = openSimulatedSite();
  site.perform((context) => createDocument(context, aDocument()));
  site.perform((context) => updateDocument(context, anotherVersion()));
  site.perform((context) => setDefaultDocumentVersion(context, 'Lab-Document', 2));
  site.save({ ...DAILY, documentName: 'Lab-Document', documentVersion: '1', parameters: {} });
  const version = { name: 'Lab-Document', documentVersion: 1, versionName: null };
  expect(() => site.perform((context) => deleteDocument(context, version))).toThrow(
    expect.objectContaining({ code: 'AssociatedInstances' }),
  );
});

test('of a deleted association what runs ends, what waits is skipped, and nothing more begins', () => {
  const site = openSimulatedSite({ script: () => ({ status: 'Success', seconds: 600 }) });
  const [, , away] = site.addNodes(3);
  site.disconnect(away!);
  const { associationId } = site.save({ ...DAILY, maxConcurrency: '1' });
  site.advance({ minutes: 1 });
  site.perform((context) => deleteAssociations(context, [associationId]));
  site.connect(away!);
  site.advance({ days: 3 });
  expect(site.history(associationId)).toMatchObject([
    { nodes: { 'node-1': 'Success', 'node-2': 'Skipped (AssociationDeleted)', 'node-3': 'Skipped (NodeOffline)' } },
  ]);
});
