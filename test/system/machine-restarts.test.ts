import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { anAssociation } from '../builders/association.ts';
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

/** A program `shutdown` that writes down what it was asked, and ends as it is told to. */
async function fakeShutdown(exitCode: number): Promise<string> {
  const programs = join(folder, 'programs');
  await mkdir(programs);
  const script = `#!/bin/sh\necho "$1 $2" >> ${folder}/asked\necho "not on this machine" >&2\nexit ${exitCode}\n`;
  await writeFile(join(programs, 'shutdown'), script, { mode: 0o755 });
  return programs;
}

/** What is left on the disk of a machine that was restarted: the boot that a step waits to see the end of is over. */
function asAfterABoot(dataFolder: string): void {
  const database = new DatabaseSync(join(dataFolder, 'agent.db'));
  database.exec(`UPDATE occurrence SET boot_id = 'the boot before' WHERE state = 'parked'`);
  database.close();
}

test('a step that asks for a restart gets one, runs again after it, and its target is in progress all the while', async () => {
  const agent = await site.enrolledAgent({ name: 'lab-01' });
  agent.runWithRestarts(await fakeShutdown(1));
  await site.connected(agent);
  const script = [`[ -e ${folder}/restarted ] && exit 0`, `: > ${folder}/restarted`, 'exit 194'];
  const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation({ script }) });
  const { executionId } = await site.until('it is said that the machine could not be restarted', async () => {
    const { rows } = await site.client.executions.list({ associationId, nodeId: null, status: null, offset: 0, limit: 1 });
    if (rows[0] === undefined) return null;
    const { target, steps } = await outcomeOf(site, rows[0].executionId, agent.nodeId);
    const result = steps[0]?.record?.result;
    return target.status === 'InProgress' && result?.status === 'SuccessAndReboot' && result.notRestarted !== undefined ? rows[0] : null;
  });
  const waiting = await outcomeOf(site, executionId, agent.nodeId);
  expect(waiting.steps[0]?.record?.result).toMatchObject({ exitCode: 194, notRestarted: expect.stringContaining('not on this machine') });
  expect(await readFile(join(folder, 'asked'), 'utf8')).toBe('-r +1\n');

  await agent.stop();
  asAfterABoot(agent.folder);
  agent.run();

  const execution = await finished(site, associationId, { trigger: 'Created' });
  expect(execution).toMatchObject({ executionId, resourceCountByStatus: '{Success=1}' });
  const { steps } = await outcomeOf(site, executionId, agent.nodeId);
  expect(steps[0]?.record).toMatchObject({ attempt: 2, status: 'Success' });
});
