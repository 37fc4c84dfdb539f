import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { anAssociation } from '../builders/association.ts';
import { clientByLink, ServedApp, until } from './served-app.ts';
import type { Client } from './site.ts';

let app: ServedApp;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  app = await ServedApp.start();
});

afterEach(async () => {
  await app.remove();
  await rm(folder, { recursive: true, force: true });
});

const newest = async (client: Client) =>
  (await client.executions.list({ associationId: null, nodeId: null, status: null, offset: 0, limit: 1 })).rows[0];

test('the controller is killed in the middle of an execution: after a restart it ends right, once on each node', async () => {
  let client = await clientByLink(await app.link());
  const node = await until(client, async () => {
    const { rows } = await client.nodes.list({
      search: '',
      pingStatus: null,
      connectedOnly: true,
      sort: 'name',
      order: 'ascending',
      offset: 0,
      limit: 1,
    });
    return rows[0] ?? null;
  });
  expect(node.origin).toBe('LocalAgent');
  const script = [`echo x >> ${folder}/starts`, 'echo begun', `while [ ! -e ${folder}/go ]; do sleep 0.05; done`, 'echo ended'];
  await client.associations.save({ edit: null, draft: anAssociation({ script }) });
  const begun = await until(client, async () => {
    const execution = await newest(client);
    if (execution === undefined) return null;
    const { steps } = await client.executions.target({ executionId: execution.executionId, nodeId: node.nodeId });
    return steps[0]?.record?.status === 'InProgress' ? execution : null;
  });

  await app.killAndRestart();
  await writeFile(join(folder, 'go'), '');
  client = await clientByLink(await app.link());
  const ended = await until(client, async () => {
    const execution = await client.executions.get({ executionId: begun.executionId });
    return execution.status === 'InProgress' ? null : execution;
  });

  expect(ended.resourceCountByStatus).toBe('{Success=1}');
  const { steps } = await client.executions.target({ executionId: begun.executionId, nodeId: node.nodeId });
  expect(steps[0]?.record).toMatchObject({ attempt: 1, stdout: { head: 'begun\nended\n' } });
  expect((await readFile(join(folder, 'starts'), 'utf8')).trim().split('\n')).toHaveLength(1);
});
