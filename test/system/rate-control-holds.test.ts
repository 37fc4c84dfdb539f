import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { anAssociation } from '../builders/association.ts';
import { isRunning } from '../builders/living-processes.ts';
import { finished, outcomeOf } from './outcome.ts';
import { TestSite } from './site.ts';

let site: TestSite;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  site = await TestSite.start();
});

afterEach(async () => {
  await site.stop();
  await rm(folder, { recursive: true, force: true });
});

test('MaxConcurrency 1 never lets two nodes run at once', async () => {
  await Promise.all(['a-01', 'a-02', 'a-03'].map((name) => site.addAgent({ name })));
  const script = [`echo begin >> ${folder}/turns`, 'sleep 0.1', `echo end >> ${folder}/turns`];
  const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation({ script, maxConcurrency: '1' }) });
  expect((await finished(site, associationId, { trigger: 'Created' })).resourceCountByStatus).toBe('{Success=3}');
  const turns = (await readFile(join(folder, 'turns'), 'utf8')).trim().split('\n');
  expect(turns).toEqual(['begin', 'end', 'begin', 'end', 'begin', 'end']);
});

test('MaxErrors 0 stops after the first error: the others are not started, and the next start begins afresh', async () => {
  await Promise.all(['a-01', 'a-02', 'a-03'].map((name) => site.addAgent({ name })));
  const draft = anAssociation({ script: 'exit 1', maxConcurrency: '1', maxErrors: '0' });
  const { associationId } = await site.client.associations.save({ edit: null, draft });
  const stopped = await finished(site, associationId, { trigger: 'Created' });
  expect(stopped).toMatchObject({ status: 'Failed', resourceCountByStatus: '{Failed=1, Skipped=2}' });
  const { rows } = await site.client.executions.targets({ executionId: stopped.executionId, status: 'Skipped', offset: 0, limit: 5 });
  expect(rows.map((row) => row.detailedStatus)).toEqual(['Terminated', 'Terminated']);

  await site.client.associations.startOnce({ associationIds: [associationId] });
  expect((await finished(site, associationId, { trigger: 'Manual' })).resourceCountByStatus).toBe('{Failed=1, Skipped=2}');
});

test('a cancelled execution stops what runs, with its whole process tree, and never starts what waits', async () => {
  const agents = await Promise.all(['a-01', 'a-02'].map((name) => site.addAgent({ name })));
  const script = [`sleep 600 & echo $! > ${folder}/child-$AWS_SSM_INSTANCE_ID`, 'wait'];
  const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation({ script, maxConcurrency: '1' }) });
  const running = await site.until('one node runs', async () => {
    const { rows } = await site.client.executions.list({ associationId, nodeId: null, status: null, offset: 0, limit: 1 });
    const execution = rows[0];
    if (execution === undefined) return null;
    for (const { nodeId } of agents) {
      const { steps } = await outcomeOf(site, execution.executionId, nodeId);
      const pid = await readFile(join(folder, `child-${nodeId}`), 'utf8').catch(() => '');
      if (steps[0]?.record?.status === 'InProgress' && pid !== '') return { executionId: execution.executionId, pid: Number(pid) };
    }
    return null;
  });
  await site.client.executions.cancel({ executionId: running.executionId });
  const execution = await finished(site, associationId, { trigger: 'Created' });
  expect(execution).toMatchObject({ status: 'Failed', detailedStatus: 'Cancelled', resourceCountByStatus: '{Cancelled=2}' });
  expect(isRunning(running.pid)).toBe(false);
});

test('a step that runs longer than its timeout is TimedOut, and nothing of its process tree is left', async () => {
  const { nodeId } = await site.addAgent({ name: 'slow' });
  const parameters = { commands: [`sleep 600 & echo $! > ${folder}/child`, 'wait'], executionTimeout: ['5'] };
  const { associationId } = await site.client.associations.save({ edit: null, draft: { ...anAssociation(), parameters } });
  const execution = await finished(site, associationId, { trigger: 'Created' });
  expect(execution.resourceCountByStatus).toBe('{TimedOut=1}');
  const { target, steps } = await outcomeOf(site, execution.executionId, nodeId);
  expect(target).toMatchObject({ status: 'TimedOut', detailedStatus: 'ExecutionTimedOut' });
  expect(steps[0]?.record?.result).toMatchObject({ status: 'TimedOut', afterSeconds: 5 });
  const child = Number(await readFile(join(folder, 'child'), 'utf8'));
  expect(isRunning(child)).toBe(false);
});
