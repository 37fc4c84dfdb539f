import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { anAssociation } from '../builders/association.ts';
import { finished, outcomeOf, wholeOutput } from './outcome.ts';
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

test('an agent that is killed in the middle of a step runs it again when it is back, and its result is there once', async () => {
  const steady = await site.addAgent({ name: 'steady' });
  const unlucky = await site.addAgent({ name: 'unlucky' });
  const script = [
    `echo $AWS_SSM_INSTANCE_ID >> ${folder}/starts`,
    'echo begun',
    `while [ ! -e ${folder}/go ]; do sleep 0.05; done`,
    'echo ended',
  ];
  const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation({ script }) });
  const executionId = await site.until('both nodes have begun', async () => {
    const { rows } = await site.client.executions.list({ associationId, nodeId: null, status: null, offset: 0, limit: 1 });
    const execution = rows[0];
    if (execution === undefined) return null;
    const details = await Promise.all([steady, unlucky].map(({ nodeId }) => outcomeOf(site, execution.executionId, nodeId)));
    if (!details.every(({ steps }) => steps[0]?.record?.status === 'InProgress')) return null;
    const ref = {
      executionId: execution.executionId,
      nodeId: unlucky.nodeId,
      stepIndex: 0,
      attempt: 1,
      stream: 'stdout' as const,
      offset: 0,
    };
    return (await site.client.executions.output(ref)).text === 'begun\n' ? execution.executionId : null;
  });

  await unlucky.kill();
  unlucky.run();
  await site.until('the step is begun again', async () => {
    const { steps } = await outcomeOf(site, executionId, unlucky.nodeId);
    return steps[0]?.record?.attempt === 2 ? true : null;
  });
  await writeFile(join(folder, 'go'), '');

  const execution = await finished(site, associationId, { trigger: 'Created' });
  expect(execution.resourceCountByStatus).toBe('{Success=2}');
  const { steps } = await outcomeOf(site, executionId, unlucky.nodeId);
  expect(steps[0]?.record).toMatchObject({ attempt: 2, status: 'Success' });
  expect(await wholeOutput(site, { executionId, nodeId: unlucky.nodeId })).toBe('begun\nended\n');
  const starts = (await readFile(join(folder, 'starts'), 'utf8')).trim().split('\n');
  expect(starts.filter((nodeId) => nodeId === unlucky.nodeId)).toHaveLength(2);
  expect(starts.filter((nodeId) => nodeId === steady.nodeId)).toHaveLength(1);
});

test('work goes on while the controller is away, and the results are there once when it is back', async () => {
  const agent = await site.addAgent({ name: 'alone' });
  const script = [`echo x >> ${folder}/starts`, 'echo begun', `while [ ! -e ${folder}/go ]; do sleep 0.05; done`, 'echo ended'];
  const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation({ script }) });
  const executionId = await site.until('the node has begun', async () => {
    const { rows } = await site.client.executions.list({ associationId, nodeId: agent.nodeId, status: null, offset: 0, limit: 1 });
    const execution = rows[0];
    if (execution === undefined) return null;
    const { steps } = await outcomeOf(site, execution.executionId, agent.nodeId);
    return steps[0]?.record?.status === 'InProgress' ? execution.executionId : null;
  });

  site = await site.restart();
  await writeFile(join(folder, 'go'), '');

  const execution = await finished(site, associationId, { trigger: 'Created' });
  expect(execution).toMatchObject({ executionId, resourceCountByStatus: '{Success=1}' });
  expect(await wholeOutput(site, { executionId, nodeId: agent.nodeId })).toBe('begun\nended\n');
  expect((await readFile(join(folder, 'starts'), 'utf8')).trim().split('\n')).toHaveLength(1);
});
