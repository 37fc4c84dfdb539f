import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AssociationId, ExecutionId } from '../../agent/protocol/ids.ts';
import { anAssociation } from '../builders/association.ts';
import { aDistributorPackage, addDistributorPackage, zipOf } from '../builders/upload.ts';
import { finished, outcomeOf, wholeOutput } from './outcome.ts';
import { TestSite } from './site.ts';
import type { TestAgent } from './test-agent.ts';

/** A Distributor package, from its manifest and zips to a real agent: installed, updated, rolled back, interrupted, removed. */

let site: TestSite;
let agent: TestAgent;
let folder: string;
let associationId: AssociationId;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-installed-'));
  site = await TestSite.start();
  agent = await site.addAgent({ name: 'lab-01' });
});

afterAll(async () => {
  await site.stop();
  await rm(folder, { recursive: true, force: true });
});

const diary = async (): Promise<string[]> => (await readFile(join(folder, 'diary'), 'utf8')).trim().split('\n');

async function add(version: string, install = 'true', more: Record<string, string> = {}): Promise<void> {
  const write = (line: string) => `echo "${line} ${version}" >> '${folder}/diary'\n`;
  const zip = zipOf({
    'install.sh': `${write('install')}${install}\ncp payload.txt '${folder}/installed'\n`,
    'uninstall.sh': `${write('uninstall')}rm -f '${folder}/installed'\n`,
    'payload.txt': `payload of ${version}\n`,
    ...more,
  });
  await addDistributorPackage(site.client, 'Lab-Tool', aDistributorPackage(version, { 'tool.zip': zip }));
}

async function configure(parameters: Record<string, string[]>): Promise<ExecutionId> {
  const draft = anAssociation({ documentName: 'AWS-ConfigureAWSPackage', parameters: { name: ['Lab-Tool'], ...parameters } });
  ({ associationId } = await site.client.associations.save({ edit: null, draft }));
  return (await finished(site, associationId, { trigger: 'Created' })).executionId;
}

const outcome = async (executionId: ExecutionId) => {
  const { target, steps } = await outcomeOf(site, executionId, agent.nodeId);
  return { status: target.status, result: steps[0]?.record?.result };
};

const change = (before: string | null, after: string | null) => [{ resource: 'package Lab-Tool', property: 'version', before, after }];

test('a package is installed by its own script, and then nothing is left to do', async () => {
  await add('1.0.0');
  const first = await configure({ action: ['Install'] });
  expect(await outcome(first)).toMatchObject({
    status: 'Success',
    result: { status: 'Success', exitCode: 0, changes: change(null, '1.0.0') },
  });
  expect(await readFile(join(folder, 'installed'), 'utf8')).toBe('payload of 1.0.0\n');
  const second = await configure({ action: ['Install'] });
  expect(await outcome(second)).toMatchObject({ status: 'Success', result: { exitCode: 0 } });
  expect(await wholeOutput(site, { executionId: second, nodeId: agent.nodeId })).toContain('Lab-Tool 1.0.0 is installed already');
  expect(await diary()).toEqual(['install 1.0.0']);
});

test('a version that fails is rolled back to the one before, and the node says so', async () => {
  await add('2.0.0', 'exit 4');
  const failed = await outcome(await configure({ action: ['Install'] }));
  expect(failed).toMatchObject({
    status: 'Failed',
    result: { status: 'Failed', exitCode: 4, reason: expect.stringContaining('It was rolled back to 1.0.0.') },
  });
  expect(await readFile(join(folder, 'installed'), 'utf8')).toBe('payload of 1.0.0\n');
  expect(await diary()).toEqual(['install 1.0.0', 'uninstall 1.0.0', 'install 2.0.0', 'uninstall 2.0.0', 'install 1.0.0']);
});

test('a version that can be updated in place is', async () => {
  await add('2.1.0', 'true', { 'update.sh': `echo "update 2.1.0 for $SSM_WHOM" >> '${folder}/diary'\n` });
  const parameters = {
    action: ['Install'],
    installationType: ['In-place update'],
    additionalArguments: [JSON.stringify({ SSM_WHOM: 'the lab' })],
  };
  expect(await outcome(await configure(parameters))).toMatchObject({ status: 'Success', result: { changes: change('1.0.0', '2.1.0') } });
  expect((await diary()).at(-1)).toBe('update 2.1.0 for the lab');
});

test('an agent that was killed in the middle of an installation rolls it back, and then makes it', async () => {
  const wait = `if mkdir '${folder}/once' 2>/dev/null; then echo waiting; exec sleep 60; fi`;
  await add('3.0.0', wait);
  const draft = anAssociation({ documentName: 'Holdfast-ConfigurePackage', parameters: { name: ['Lab-Tool'], action: ['Install'] } });
  ({ associationId } = await site.client.associations.save({ edit: null, draft }));
  await site.until('the installation has begun', async () => {
    const { rows } = await site.client.executions.list({ associationId, nodeId: null, status: null, offset: 0, limit: 1 });
    const [execution] = rows;
    if (execution === undefined) return null;
    const ref = {
      executionId: execution.executionId,
      nodeId: agent.nodeId,
      stepIndex: 0,
      attempt: 1,
      stream: 'stdout' as const,
      offset: 0,
    };
    const { text } = await site.client.executions.output(ref);
    return text.includes('waiting') ? true : null;
  });
  await agent.kill();
  agent.run();
  const { executionId } = await finished(site, associationId, { trigger: 'Created' });
  expect(await outcome(executionId)).toMatchObject({ status: 'Success', result: { changes: change('2.1.0', '3.0.0') } });
  expect((await diary()).slice(-6)).toEqual([
    'uninstall 2.1.0',
    'install 3.0.0',
    'uninstall 3.0.0',
    'install 2.1.0',
    'uninstall 2.1.0',
    'install 3.0.0',
  ]);
  expect(await readFile(join(folder, 'installed'), 'utf8')).toBe('payload of 3.0.0\n');
});

test('what is removed is removed by the script of the version that is there, whatever the store has by then', async () => {
  await site.client.packages.delete({ name: 'Lab-Tool', version: null, evenIfUsed: true });
  expect(await outcome(await configure({ action: ['Uninstall'] }))).toMatchObject({ result: { changes: change('3.0.0', null) } });
  await expect(readFile(join(folder, 'installed'))).rejects.toMatchObject({ code: 'ENOENT' });
  const gone = await outcome(await configure({ action: ['Install'] }));
  expect(gone).toMatchObject({ status: 'Failed', result: { reason: expect.stringContaining('no package named “Lab-Tool”') } });
});
