import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { anAssociation } from '../builders/association.ts';
import { finished, outcomeOf } from './outcome.ts';
import { TestSite } from './site.ts';

let site: TestSite;

beforeEach(async () => {
  site = await TestSite.start();
});

afterEach(() => site.stop());

const yaml = `schemaVersion: "2.2"
description: A step for each platform, one that stops the document, and one that runs in any case.
parameters:
  text:
    type: String
    interpolationType: ENV_VAR
mainSteps:
  - action: aws:runPowerShellScript
    name: onWindows
    precondition: { StringEquals: [platformType, Windows] }
    inputs:
      runCommand: [exit 1]
  - action: aws:runShellScript
    name: says
    inputs:
      runCommand: ['printf "%s" "{{ text }}"']
  - action: aws:runShellScript
    name: stops
    inputs:
      runCommand: [exit 169]
  - action: aws:runShellScript
    name: isLeftOut
    inputs:
      runCommand: [exit 0]
  - action: aws:runShellScript
    name: tidies
    inputs:
      runCommand: [echo tidy]
      finallyStep: true
`;

test('a document of one’s own in YAML runs: platforms, exit codes, the last step in any case, and values that never become script', async () => {
  const agent = await site.addAgent({ name: 'lab-01' });
  await site.client.documents.create({ name: 'My-Document', format: 'YAML', content: yaml });
  const hostile = `"; touch /tmp/holdfast-was-here; echo $(id) '`;
  const draft = anAssociation({ documentName: 'My-Document', parameters: { text: [hostile] } });
  const { associationId } = await site.client.associations.save({ edit: null, draft });
  const { executionId, status } = await finished(site, associationId, { trigger: 'Created' });
  expect(status).toBe('Failed');
  const { steps } = await outcomeOf(site, executionId, agent.nodeId);
  expect(steps.map((step) => [step.name, step.record?.status])).toEqual([
    ['onWindows', 'Skipped'],
    ['says', 'Success'],
    ['stops', 'Failed'],
    ['isLeftOut', 'Skipped'],
    ['tidies', 'Success'],
  ]);
  expect(steps[1]?.record?.stdout?.head).toBe(hostile);
});

test('documents of schema 1.2 and 2.0 run as those do: parts of one step together, and no step is skipped for its platform', async () => {
  const agent = await site.addAgent({ name: 'lab-01' });
  const parts = [
    { id: '0', commands: ['echo one'] },
    { id: '1', runCommand: ['echo two; exit 5'] },
    { id: '2', runCommand: '{{ lines }}' },
  ];
  const legacy = {
    schemaVersion: '1.2',
    parameters: { lines: { type: 'StringList' } },
    runtimeConfig: { 'aws:runShellScript': { properties: parts } },
  };
  const early = {
    schemaVersion: '2.0',
    mainSteps: [
      {
        action: 'aws:runShellScript',
        name: 'conditional',
        precondition: { StringEquals: ['platformType', 'Linux'] },
        inputs: { runCommand: ['true'] },
      },
      { action: 'aws:runShellScript', name: 'plain', inputs: { runCommand: ['echo plain'] } },
    ],
  };
  await site.client.documents.create({ name: 'My-Legacy', format: 'JSON', content: JSON.stringify(legacy) });
  await site.client.documents.create({ name: 'My-Early', documentType: 'Policy', format: 'JSON', content: JSON.stringify(early) });
  const stepsOf = async (documentName: string, parameters: Record<string, string[]>) => {
    const draft = anAssociation({ documentName, parameters });
    const { associationId } = await site.client.associations.save({ edit: null, draft });
    const { executionId, status } = await finished(site, associationId, { trigger: 'Created' });
    const { steps } = await outcomeOf(site, executionId, agent.nodeId);
    return [status, ...steps.map((step) => [step.name, step.record?.status, step.record?.stdout?.head])];
  };
  expect(await stepsOf('My-Legacy', { lines: ['echo three', 'echo four'] })).toEqual([
    'Failed',
    ['runShellScript', 'Failed', 'one\ntwo\nthree\nfour\n'],
  ]);
  expect(await stepsOf('My-Early', {})).toEqual(['Failed', ['conditional', 'Failed', ''], ['plain', 'Success', 'plain\n']]);
});

test('a document in JSON runs, and an association that follows $LATEST runs each new version at once', async () => {
  await site.addAgent({ name: 'lab-01' });
  const json = (script: string) =>
    JSON.stringify({ schemaVersion: '2.2', mainSteps: [{ action: 'aws:runShellScript', name: 'one', inputs: { runCommand: [script] } }] });
  await site.client.documents.create({ name: 'My-Json', format: 'JSON', content: json('exit 0') });
  const draft = anAssociation({ documentName: 'My-Json', documentVersion: '$LATEST', parameters: {} });
  const { associationId } = await site.client.associations.save({ edit: null, draft });
  expect((await finished(site, associationId, { trigger: 'Created' })).status).toBe('Success');
  await site.client.documents.update({ name: 'My-Json', format: 'JSON', content: json('exit 4') });
  expect(await finished(site, associationId, { trigger: 'DocumentChanged' })).toMatchObject({ status: 'Failed', documentVersion: 2 });
});

test.each([
  { parameters: { path: ['/'], thresholdPercent: ['99'] }, status: 'Success' },
  { parameters: { path: ['/'], thresholdPercent: ['1'] }, status: 'Failed' },
])('the disk-space starter with a threshold of $parameters.thresholdPercent percent ends as $status', async ({ parameters, status }) => {
  await site.addAgent({ name: 'lab-01' });
  const draft = anAssociation({ documentName: 'Holdfast-CheckDiskSpace', parameters });
  const { associationId } = await site.client.associations.save({ edit: null, draft });
  expect((await finished(site, associationId, { trigger: 'Created' })).status).toBe(status);
});

test('the managed-file starter makes the file right once, and says so when there is nothing to change', async () => {
  const agent = await site.addAgent({ name: 'lab-01' });
  const path = `${agent.folder}/managed/motd`;
  const draft = anAssociation({ documentName: 'Holdfast-ManagedFile', parameters: { path: [path], content: ['Kept by Holdfast. $(id)'] } });
  const { associationId } = await site.client.associations.save({ edit: null, draft });
  const first = await finished(site, associationId, { trigger: 'Created' });
  const said = async (executionId: typeof first.executionId) =>
    (await outcomeOf(site, executionId, agent.nodeId)).steps[0]?.record?.stdout?.head;
  expect(await said(first.executionId)).toContain(`file ${path}: content: nothing → `);
  await site.client.associations.startOnce({ associationIds: [associationId] });
  const second = await finished(site, associationId, { trigger: 'Manual' });
  expect(await said(second.executionId)).toBe(`The file ${path} is as it should be; nothing was changed.\n`);
});

test('a document cannot be deleted while a run of it is going; afterwards it can, and what ran stays on record', async () => {
  const agent = await site.addAgent({ name: 'lab-01' });
  const runCommand = [`while [ ! -e ${agent.folder}/go ]; do sleep 0.05; done`];
  const content = JSON.stringify({
    schemaVersion: '2.2',
    mainSteps: [{ action: 'aws:runShellScript', name: 'waits', inputs: { runCommand } }],
  });
  await site.client.documents.create({ name: 'Short-Lived', format: 'JSON', content });
  const draft = anAssociation({ documentName: 'Short-Lived', parameters: {} });
  const { associationId } = await site.client.associations.save({ edit: null, draft });
  const { executionId } = await site.until('the step runs', async () => {
    const [execution] = (await site.client.executions.list({ associationId, nodeId: null, status: null, offset: 0, limit: 1 })).rows;
    if (execution === undefined) return null;
    const { steps } = await outcomeOf(site, execution.executionId, agent.nodeId);
    return steps[0]?.record?.status === 'InProgress' ? execution : null;
  });
  await site.client.associations.delete({ associationIds: [associationId] });
  await expect(site.client.documents.delete({ name: 'Short-Lived' })).rejects.toMatchObject({ data: { code: 'InvalidDocumentOperation' } });
  await agent.stop();
  agent.run();
  await site.connected(agent);
  await writeFile(join(agent.folder, 'go'), '');
  await site.until('the run is over', async () => ((await site.client.executions.get({ executionId })).status === 'Success' ? true : null));
  await site.client.documents.delete({ name: 'Short-Lived' });
  expect((await outcomeOf(site, executionId, agent.nodeId)).steps[0]).toMatchObject({ name: 'Step 1', record: { status: 'Success' } });
});
