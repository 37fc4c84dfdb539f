import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { STDOUT_HEAD_CHARACTERS } from '../../agent/protocol/output-limits.ts';
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

test('output is there to read while the step still runs', async () => {
  const { nodeId } = await site.addAgent({ name: 'talker' });
  const script = ['echo first', `while [ ! -e ${folder}/go ]; do sleep 0.05; done`, 'echo last'];
  const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation({ script }) });
  const executionId = await site.until('the first line is there', async () => {
    const { rows } = await site.client.executions.list({ associationId, nodeId, status: null, offset: 0, limit: 1 });
    const execution = rows[0];
    if (execution === undefined) return null;
    const ref = { executionId: execution.executionId, nodeId, stepIndex: 0, attempt: 1, stream: 'stdout' as const, offset: 0 };
    return (await site.client.executions.output(ref)).text === 'first\n' ? execution.executionId : null;
  });
  expect((await outcomeOf(site, executionId, nodeId)).target.status).toBe('InProgress');
  await writeFile(join(folder, 'go'), '');
  await finished(site, associationId, { trigger: 'Created' });
  expect(await wholeOutput(site, { executionId, nodeId })).toBe('first\nlast\n');
});

test('long output is whole in the output store, its beginning is kept with the result, and its volume changes no status', async () => {
  const { nodeId } = await site.addAgent({ name: 'verbose' });
  const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation({ script: 'seq 1 300000' }) });
  const { executionId, status } = await finished(site, associationId, { trigger: 'Created' });
  expect(status).toBe('Success');
  const wanted = Array.from({ length: 300_000 }, (_, index) => `${index + 1}\n`).join('');
  const { steps } = await outcomeOf(site, executionId, nodeId);
  expect(steps[0]?.record?.stdout).toMatchObject({ bytes: wanted.length, droppedBytes: 0, head: wanted.slice(0, STDOUT_HEAD_CHARACTERS) });
  expect(await wholeOutput(site, { executionId, nodeId })).toBe(wanted);
});

/** The smallest that a site can choose. */
const CAP_BYTES = 1024 * 1024;

test('output beyond what the site keeps of a stream is dropped and counted, and the step succeeds all the same', async () => {
  const { nodeId } = await site.addAgent({ name: 'flood' });
  const { settings } = await site.client.outputs.retention();
  await site.client.outputs.setRetention({ ...settings, streamCapBytes: CAP_BYTES });
  const more = CAP_BYTES + 1_000_000;
  const { associationId } = await site.client.associations.save({
    edit: null,
    draft: anAssociation({ script: `head -c ${more} /dev/zero | tr '\\0' x` }),
  });
  const { executionId } = await finished(site, associationId, { trigger: 'Created' });
  const { target, steps } = await outcomeOf(site, executionId, nodeId);
  expect(target.status).toBe('Success');
  expect(steps[0]?.record?.stdout).toMatchObject({ bytes: more, droppedBytes: 1_000_000 });
  expect((await wholeOutput(site, { executionId, nodeId })).length).toBe(CAP_BYTES);
});
