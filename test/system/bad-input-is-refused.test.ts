import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AssociationDraft } from '../../electron/domain/association.ts';
import { Fault } from '../../electron/domain/faults.ts';
import { anAssociation } from '../builders/association.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { listening } from './listening.ts';
import { refusal } from './refusal.ts';
import { TestSite } from './site.ts';
import { TestAgent } from './test-agent.ts';

let site: TestSite;

beforeEach(async () => {
  site = await TestSite.start();
});

afterEach(() => site.stop());

async function startRefusal(settings: Parameters<typeof TestSite.start>[0]): Promise<Fault> {
  const thrown = await TestSite.start(settings).then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(thrown instanceof Fault)) throw new Error(`the controller was not refused: ${String(thrown)}`, { cause: thrown });
  return thrown;
}

const associationCount = async () =>
  (await site.client.associations.list({ search: '', status: null, sort: 'title', order: 'ascending', offset: 0, limit: 1 })).total;

const drafts: { what: string; draft: Partial<AssociationDraft>; code: string; field: string }[] = [
  { what: 'an unknown document', draft: { documentName: 'No-Such-Document' }, code: 'InvalidDocument', field: 'documentName' },
  { what: 'an unknown document version', draft: { documentVersion: '99' }, code: 'InvalidDocumentVersion', field: 'documentVersion' },
  {
    what: 'an undeclared parameter',
    draft: { parameters: { commands: ['true'], colour: ['red'] } },
    code: 'InvalidParameters',
    field: 'parameters.colour',
  },
  { what: 'a missing required parameter', draft: { parameters: {} }, code: 'InvalidParameters', field: 'parameters.commands' },
  {
    what: 'a parameter outside its pattern',
    draft: { parameters: { commands: ['true'], executionTimeout: ['soon'] } },
    code: 'InvalidParameters',
    field: 'parameters.executionTimeout',
  },
  {
    what: 'a rate that is too short',
    draft: { scheduleExpression: 'rate(29 minutes)' },
    code: 'InvalidSchedule',
    field: 'scheduleExpression',
  },
  { what: 'a schedule of no known kind', draft: { scheduleExpression: 'every day' }, code: 'InvalidSchedule', field: 'scheduleExpression' },
  { what: 'no targets', draft: { targets: [] }, code: 'InvalidTarget', field: 'targets' },
  {
    what: 'a target tag with a control character',
    draft: { targets: [{ key: 'tag:lab', values: ['B12\u001b[31m'] }] },
    code: 'InvalidTarget',
    field: 'targets',
  },
  {
    what: 'a node that does not exist',
    draft: { targets: [{ key: 'InstanceIds', values: [`mi-${'0'.repeat(17)}`] }] },
    code: 'InvalidTarget',
    field: 'targets',
  },
  { what: 'a concurrency of 0', draft: { maxConcurrency: '0' }, code: 'ValidationException', field: 'maxConcurrency' },
  { what: 'a name of two characters', draft: { associationName: 'ab' }, code: 'ValidationException', field: 'associationName' },
];

test.each(drafts)('an association with $what is refused on its field, and nothing is saved', async ({ draft, code, field }) => {
  const full = { ...anAssociation(), ...draft };
  const refused = await refusal(site.client.associations.save({ edit: null, draft: full }));
  expect(refused).toMatchObject({ code, places: expect.arrayContaining([{ field }]) });
  expect(refused.title).not.toBe('');
  expect(refused.remedy).not.toBe('');
  expect(await associationCount()).toBe(0);
  const preview = await site.client.associations.preview({ associationId: null, draft: full });
  expect(preview.problems.map((problem) => problem.field)).toContain(field);
});

test('a draft that is no draft at all is refused by a fault, not by a crash', async () => {
  for (const draft of [null, 'text', 42, [], { targets: 'all' }]) {
    expect(await refusal(site.client.associations.save({ edit: null, draft }))).toMatchObject({ remedy: expect.any(String) });
  }
});

test('an edit of a version that is no longer the newest is refused and changes nothing', async () => {
  const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation() });
  const edit = { associationId, associationVersion: 1 };
  await site.client.associations.save({ edit, draft: anAssociation({ script: 'echo two' }) });
  const refused = await refusal(site.client.associations.save({ edit, draft: anAssociation({ script: 'echo three' }) }));
  expect(refused.code).toBe('InvalidAssociationVersion');
  expect(await site.client.associations.get({ associationId })).toMatchObject({
    associationVersion: 2,
    parameters: { commands: ['echo two'] },
  });
});

test('a document that does not parse is refused with line and column, and nothing is saved', async () => {
  const before = await site.client.documents.list();
  const content = 'schemaVersion: "2.2"\nmainSteps:\n  - action: aws:runShellScript\n    name: [broken\n';
  const refused = await refusal(site.client.documents.create({ name: 'Broken', format: 'YAML', content }));
  expect(refused.code).toBe('InvalidDocumentContent');
  expect(refused.places[0]).toMatchObject({ field: 'content', line: expect.any(Number), column: expect.any(Number) });
  expect(await site.client.documents.list()).toEqual(before);
});

test('a document of more than 64 KiB is refused by size', async () => {
  const content = `schemaVersion: "2.2"\ndescription: "${'x'.repeat(65_537)}"\n`;
  const refused = await refusal(site.client.documents.create({ name: 'Too-Large', format: 'YAML', content }));
  expect(refused.code).toBe('MaxDocumentSizeExceeded');
});

test('a document under a reserved name, or one of ours, cannot be saved over', async () => {
  const content =
    'schemaVersion: "2.2"\nmainSteps:\n  - action: aws:runShellScript\n    name: one\n    inputs:\n      runCommand: ["true"]\n';
  const source = { format: 'YAML' as const, content };
  expect((await refusal(site.client.documents.create({ name: 'AWS-Mine', ...source }))).code).toBe('ValidationException');
  expect((await refusal(site.client.documents.update({ name: 'AWS-RunShellScript', ...source }))).code).toBe('InvalidDocumentOperation');
});

test('a tag with control characters is refused, on a node and on an activation', async () => {
  const agent = await site.addAgent({ name: 'lab-01' });
  const tags = [{ key: 'lab\u0000', value: 'B12' }];
  expect((await refusal(site.client.nodes.update({ nodeId: agent.nodeId, name: 'lab-01', tags }))).code).toBe('ValidationException');
  const draft = { description: '', defaultInstanceName: null, registrationLimit: 1, validHours: 1, tags };
  expect((await refusal(site.client.activations.create({ draft, address: '127.0.0.1' }))).code).toBe('ValidationException');
  expect((await site.client.nodes.get({ nodeId: agent.nodeId })).tags).toEqual([]);
});

test('a site name or a description with control characters is refused, and a new name is told to every window', async () => {
  expect((await refusal(site.client.site.rename({ siteName: 'Lab\u001b[31m' }))).code).toBe('ValidationException');
  const draft = { description: 'one\ntwo', defaultInstanceName: null, registrationLimit: 1, validHours: 1, tags: [] };
  expect((await refusal(site.client.activations.create({ draft, address: '127.0.0.1' }))).code).toBe('ValidationException');
  const renamed = site.until('the new name is there', async () => ((await site.client.site.facts()).siteName === 'Lab B12' ? true : null));
  await site.client.site.rename({ siteName: 'Lab B12' });
  await renamed;
});

test('an address that would be more than an address in a shell is refused', async () => {
  const draft = { description: '', defaultInstanceName: null, registrationLimit: 1, validHours: 1, tags: [] };
  for (const address of ['lab; rm -rf /', '$(id)', 'a b', '-oProxyCommand=x', "x'y"]) {
    expect((await refusal(site.client.activations.create({ draft, address }))).code).toBe('ValidationException');
  }
});

test('a wrong activation code is refused, and guessing is slowed down', async () => {
  const draft = { description: '', defaultInstanceName: null, registrationLimit: 5, validHours: 1, tags: [] };
  const created = await site.client.activations.create({ draft, address: '127.0.0.1' });
  const guess = () => TestAgent.enroll({ ...created, activationCode: randomBytes(20).toString('hex') }, site.controller.hubPort);
  for (let tries = 0; tries < 5; tries += 1) await expect(guess()).rejects.toThrow('The activation id or code is not valid');
  await expect(guess()).rejects.toThrow('Too many enrollments with a wrong code');
  await expect(TestAgent.enroll(created, site.controller.hubPort)).rejects.toThrow('Too many enrollments');
  expect((await site.client.nodes.tags()).length).toBe(0);
});

test('an activation that is used up or deleted lets nobody in', async () => {
  const draft = { description: '', defaultInstanceName: null, registrationLimit: 1, validHours: 1, tags: [] };
  const usedUp = await site.client.activations.create({ draft, address: '127.0.0.1' });
  const agent = await TestAgent.enroll(usedUp, site.controller.hubPort);
  await expect(TestAgent.enroll(usedUp, site.controller.hubPort)).rejects.toThrow('used up');
  await agent.remove();
  const deleted = await site.client.activations.create({ draft, address: '127.0.0.1' });
  await site.client.activations.delete({ activationId: deleted.activation.activationId });
  await expect(TestAgent.enroll(deleted, site.controller.hubPort)).rejects.toThrow('it was deleted');
});

test('an activation that has expired lets nobody in', async () => {
  await site.stop();
  const clock = new FakeClock(new Date());
  site = await TestSite.start({ clock });
  const draft = { description: '', defaultInstanceName: null, registrationLimit: 1, validHours: 1, tags: [] };
  const created = await site.client.activations.create({ draft, address: '127.0.0.1' });
  clock.jump(created.activation.expiresAt);
  await expect(TestAgent.enroll(created, site.controller.hubPort)).rejects.toThrow('it expired at');
});

test('a deregistered node is refused from then on, and its machine is told why', async () => {
  const agent = await site.addAgent({ name: 'stolen' });
  await site.client.nodes.deregister({ nodeId: agent.nodeId });
  await agent.logged('revoked');
  expect((await refusal(site.client.nodes.get({ nodeId: agent.nodeId }))).code).toBe('InvalidInstanceId');
});

test('a hub port that is in use is named, with the option that changes it', async () => {
  const other = await listening(createServer(), '127.0.0.1');
  const fault = await startRefusal({ hubPort: other.port });
  expect(fault).toMatchObject({ code: 'E-PORT-IN-USE', remedy: expect.stringContaining('--hub-port') });
  await other.close();
});

test('a data folder that cannot be written is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-file-'));
  writeFileSync(join(folder, 'a-file'), '');
  expect(await startRefusal({ dataFolder: join(folder, 'a-file', 'data') })).toMatchObject({ code: 'E-DATA-FOLDER' });
  await rm(folder, { recursive: true });
});

test('a damaged database is refused and left as it is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-damaged-'));
  await mkdir(folder, { recursive: true });
  const damaged = randomBytes(8192);
  writeFileSync(join(folder, 'holdfast.db'), damaged);
  await chmod(join(folder, 'holdfast.db'), 0o600);
  const fault = await startRefusal({ dataFolder: folder });
  expect(fault).toMatchObject({ code: 'E-DATABASE-CORRUPT', remedy: expect.stringContaining('copy') });
  expect((await readFile(join(folder, 'holdfast.db'))).equals(damaged)).toBe(true);
  await rm(folder, { recursive: true });
});

test('a second controller on the same folder is refused', async () => {
  expect(await startRefusal({ dataFolder: site.dataFolder })).toMatchObject({ code: 'E-ALREADY-RUNNING' });
});
