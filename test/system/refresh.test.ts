import { watch, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import type { AssociationDraft } from '../../electron/domain/association.ts';
import { anAssociation } from '../builders/association.ts';
import { finished, outcomeOf, wholeOutput } from './outcome.ts';
import { TestSite } from './site.ts';

let site: TestSite;

beforeEach(async () => {
  site = await TestSite.start();
});

afterEach(() => site.stop());

const on = (...nodeIds: NodeId[]) => [{ key: 'InstanceIds', values: nodeIds }];

/** An association that ran once already. */
async function anAppliedAssociation(settings: Partial<AssociationDraft>): Promise<AssociationId> {
  const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation(settings) });
  await finished(site, associationId, { trigger: 'Created' });
  return associationId;
}

const refresher = (nodeId: NodeId, ...associationIds: string[]): AssociationDraft =>
  anAssociation({
    associationName: 'refresher',
    documentName: 'AWS-RefreshAssociation',
    parameters: associationIds.length === 0 ? {} : { associationIds },
    targets: on(nodeId),
  });

async function refreshedBy(draft: AssociationDraft, nodeId: NodeId) {
  const { associationId } = await site.client.associations.save({ edit: null, draft });
  const { executionId, status } = await finished(site, associationId, { trigger: 'Created' });
  const { steps } = await outcomeOf(site, executionId, nodeId);
  const output = await wholeOutput(site, { executionId, nodeId });
  return { associationId, executionId, status, steps, output };
}

/** Resolves once there is a file of this name in the folder. */
async function appearance(folder: string, name: string): Promise<void> {
  for await (const { filename } of watch(folder)) if (filename === name) return;
}

const runsOf = async (associationId: AssociationId) => {
  const page = { nodeId: null, status: null, offset: 0, limit: 50 } as const;
  return (await site.client.executions.list({ associationId, ...page })).rows.map(({ trigger }) => trigger);
};

test('a document that names an association refreshes that one, on its own node; one that names none refreshes all others', async () => {
  const [one, other] = [await site.addAgent({ name: 'lab-01' }), await site.addAgent({ name: 'lab-02' })];
  const both = await anAppliedAssociation({ associationName: 'both', targets: on(one.nodeId, other.nodeId) });
  const alone = await anAppliedAssociation({ associationName: 'alone', targets: on(one.nodeId) });

  const named = await refreshedBy(refresher(one.nodeId, both), one.nodeId);
  expect(named.status).toBe('Success');
  expect(named.output).toBe(`Started   both (${both})\n1 association: 1 started.\n`);
  const refreshed = await finished(site, both, { trigger: 'Refresh' });
  expect(refreshed.resourceCountByStatus).toBe('{Success=1}');
  expect((await outcomeOf(site, refreshed.executionId, one.nodeId)).target.status).toBe('Success');
  expect(await runsOf(alone)).toEqual(['Created']);

  await site.client.associations.delete({ associationIds: [named.associationId] });
  const all = await refreshedBy(refresher(one.nodeId), one.nodeId);
  expect(all.status).toBe('Success');
  expect(all.output).toContain(`Left out  refresher (${all.associationId}): It is in progress.`);
  expect(all.output).toContain('3 associations: 2 started, 1 left out.');
  await finished(site, alone, { trigger: 'Refresh' });
  await site.until('both ran once more', async () => ((await runsOf(both)).length === 3 ? true : null));
});

test('ids that are none, or name an association of another node, end the step with that error, and nothing starts', async () => {
  const [one, other] = [await site.addAgent({ name: 'lab-01' }), await site.addAgent({ name: 'lab-02' })];
  const foreign = await anAppliedAssociation({ targets: on(other.nodeId) });
  const own = await anAppliedAssociation({ targets: on(one.nodeId) });

  const refused = await refreshedBy(refresher(one.nodeId, own, foreign), one.nodeId);
  expect(refused.status).toBe('Failed');
  const said = `Association ${foreign} does not apply to lab-01. Nothing was started.`;
  expect(refused.steps[0]?.record?.result).toMatchObject({ status: 'Failed', reason: expect.stringContaining(said) });
  expect(await runsOf(own)).toEqual(['Created']);
  expect(await runsOf(foreign)).toEqual(['Created']);

  for (const id of ['../../etc/passwd', '*', 'a\u0000b']) {
    const save = site.client.associations.save({ edit: null, draft: refresher(one.nodeId, id) });
    await expect(save).rejects.toMatchObject({ data: { code: 'InvalidParameters' } });
  }
});

test('a controller that is away when the step asks answers when it is back, and starts everything once', async () => {
  const agent = await site.addAgent({ name: 'lab-01' });
  const own = await anAppliedAssociation({ associationName: 'own', targets: on(agent.nodeId) });
  const go = join(agent.folder, 'go');
  const content = {
    schemaVersion: '2.2',
    mainSteps: [
      {
        action: 'aws:runShellScript',
        name: 'waits',
        inputs: { runCommand: [`until [ -e '${go}' ]; do sleep 0.1; done; touch '${go}ne'`] },
      },
      { action: 'aws:refreshAssociation', name: 'refreshes', inputs: { associationIds: own } },
    ],
  };
  await site.client.documents.create({ name: 'Waits-Then-Refreshes', format: 'JSON', content: JSON.stringify(content) });
  const draft = anAssociation({ documentName: 'Waits-Then-Refreshes', parameters: {}, targets: on(agent.nodeId) });
  const { associationId } = await site.client.associations.save({ edit: null, draft });
  await site.until('the first step runs', async () => {
    const { rows } = await site.client.executions.list({ associationId, nodeId: null, status: 'InProgress', offset: 0, limit: 1 });
    const [row] = rows;
    if (row === undefined) return null;
    // Before the node says so itself, its order may still be on the way.
    const { steps } = await outcomeOf(site, row.executionId, agent.nodeId);
    return steps[0]?.record?.status === 'InProgress' ? true : null;
  });
  await site.controller.stop();
  const begun = appearance(agent.folder, 'gone');
  await writeFile(go, '');
  await begun;
  site = await site.restart();
  const { executionId, status } = await finished(site, associationId, { trigger: 'Created' });
  expect(status).toBe('Success');
  expect(await wholeOutput(site, { executionId, nodeId: agent.nodeId, stepIndex: 1 })).toContain('1 association: 1 started.');
  await finished(site, own, { trigger: 'Refresh' });
  expect(await runsOf(own)).toEqual(['Refresh', 'Created']);
});

test('a person applies associations on one node now', async () => {
  const [one, other] = [await site.addAgent({ name: 'lab-01' }), await site.addAgent({ name: 'lab-02' })];
  const both = await anAppliedAssociation({ targets: on(one.nodeId, other.nodeId) });
  const lines = await site.client.nodes.refresh({ nodeId: one.nodeId, associationIds: [] });
  expect(lines).toMatchObject([{ associationId: both, result: 'Started' }]);
  expect((await finished(site, both, { trigger: 'Refresh' })).resourceCountByStatus).toBe('{Success=1}');
  await one.stop();
  await site.until('the node is away', async () => ((await site.client.nodes.get({ nodeId: one.nodeId })).isConnected ? null : true));
  const away = site.client.nodes.refresh({ nodeId: one.nodeId, associationIds: [] });
  await expect(away).rejects.toMatchObject({ data: { code: 'E-NODE-OFFLINE' } });
});
