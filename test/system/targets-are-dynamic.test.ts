import { afterEach, beforeEach, expect, test } from 'vitest';
import { anAssociation } from '../builders/association.ts';
import { finished } from './outcome.ts';
import { TestSite } from './site.ts';

let site: TestSite;
const lab = [{ key: 'lab', value: 'B12' }];
const inLab = [{ key: 'tag:lab', values: ['B12'] }];

beforeEach(async () => {
  site = await TestSite.start();
});

afterEach(() => site.stop());

test('a node that joins later and matches gets the association at once', async () => {
  const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation({ targets: inLab }) });
  const none = await site.client.executions.list({ associationId, nodeId: null, status: null, offset: 0, limit: 1 });
  expect(none.total).toBe(0);
  await site.addAgent({ name: 'late', tags: lab });
  const execution = await finished(site, associationId, { trigger: 'NodeMatched' });
  expect(execution.resourceCountByStatus).toBe('{Success=1}');
});

test('a tag makes a connected node match at once; taking it away ends its runs and its compliance item', async () => {
  const agent = await site.addAgent({ name: 'tagged' });
  const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation({ targets: inLab }) });
  await site.client.nodes.update({ nodeId: agent.nodeId, name: 'tagged', tags: lab });
  await finished(site, associationId, { trigger: 'NodeMatched' });
  expect(await site.client.associations.get({ associationId })).toMatchObject({ matchingNodes: 1, compliance: { compliant: 1 } });

  await site.client.nodes.update({ nodeId: agent.nodeId, name: 'tagged', tags: [] });
  expect(await site.client.associations.get({ associationId })).toMatchObject({
    matchingNodes: 0,
    compliance: { compliant: 0, nonCompliant: 0 },
  });
  expect(await site.client.associations.startOnce({ associationIds: [associationId] })).toEqual([{ associationId, executionId: null }]);
});

test('a node runs as soon as it is in a group that is targeted, by its tags or by the group, and no more when it is out', async () => {
  const agent = await site.addAgent({ name: 'grouped', tags: lab });
  const group = { name: 'rooms', description: '', tagFilters: [{ key: 'room', values: [] as string[] }] };
  const { lastUpdatedAt } = await site.client.groups.create({ draft: group });
  const targets = [{ key: 'resource-groups:Name', values: ['rooms'] }];
  const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation({ targets }) });
  expect(await site.client.groups.get({ name: 'rooms' })).toMatchObject({ memberCount: 0, associationCount: 1 });

  await site.client.groups.update({ draft: { ...group, tagFilters: [{ key: 'lab', values: ['B12'] }] }, lastUpdatedAt });
  await finished(site, associationId, { trigger: 'NodeMatched' });
  expect((await site.client.groups.members({ name: 'rooms', offset: 0, limit: 10 })).rows.map(({ nodeId }) => nodeId)).toEqual([
    agent.nodeId,
  ]);

  await site.client.groups.delete({ name: 'rooms' });
  expect(await site.client.associations.get({ associationId })).toMatchObject({ matchingNodes: 0, compliance: { compliant: 0 } });
  expect(await site.client.associations.startOnce({ associationIds: [associationId] })).toEqual([{ associationId, executionId: null }]);
});

test('a node that is off when the association runs is skipped with the reason, and catches up once when it is back', async () => {
  const agent = await site.addAgent({ name: 'sleeper' });
  await agent.stop();
  await site.until('the node is seen to be away', async () => {
    const node = await site.client.nodes.get({ nodeId: agent.nodeId });
    return node.isConnected ? null : node;
  });
  const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation() });
  await site.client.associations.startOnce({ associationIds: [associationId] });
  const skipped = await finished(site, associationId, { trigger: 'Manual' });
  const { rows } = await site.client.executions.targets({ executionId: skipped.executionId, status: null, offset: 0, limit: 5 });
  expect(rows[0]).toMatchObject({ status: 'Skipped', detailedStatus: 'NodeOffline' });

  agent.run();
  const caughtUp = await finished(site, associationId, { trigger: 'CatchUp' });
  expect(caughtUp.resourceCountByStatus).toBe('{Success=1}');
  const all = await site.client.executions.list({ associationId, nodeId: null, status: null, offset: 0, limit: 10 });
  expect(all.rows.filter((row) => row.trigger === 'CatchUp')).toHaveLength(1);
});

test('a failed association makes its node non-compliant, with the severity of the association, until it succeeds', async () => {
  const agent = await site.addAgent({ name: 'broken' });
  const draft = anAssociation({ script: 'exit 3', complianceSeverity: 'CRITICAL' });
  const { associationId } = await site.client.associations.save({ edit: null, draft });
  const failed = await finished(site, associationId, { trigger: 'Created' });
  expect(failed).toMatchObject({ status: 'Failed', resourceCountByStatus: '{Failed=1}' });
  const items = { nodeId: agent.nodeId, associationId: null, status: null, offset: 0, limit: 10 };
  expect((await site.client.compliance.items(items)).rows[0]).toMatchObject({ status: 'NON_COMPLIANT', severity: 'CRITICAL' });

  const edit = { associationId, associationVersion: 1 };
  await site.client.associations.save({ edit, draft: { ...draft, parameters: { commands: ['exit 0'] } } });
  await finished(site, associationId, { trigger: 'Edited' });
  expect((await site.client.compliance.items(items)).rows[0]).toMatchObject({ status: 'COMPLIANT', severity: 'CRITICAL' });
});
