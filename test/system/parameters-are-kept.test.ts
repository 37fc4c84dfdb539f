import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Vault } from '../../electron/controller/ports/vault.ts';
import type { ParameterDraft } from '../../electron/domain/parameter.ts';
import { filesWith } from '../builders/raw-bytes.ts';
import { refusal } from './refusal.ts';
import { TestSite } from './site.ts';

const SECRET = 'correct-horse-battery-staple';

/** Like a computer's key store: what it seals is nothing like what it was given. */
const keyStore: Vault = {
  kind: 'safe-storage',
  seal: async (secret) => secret.map((byte) => byte ^ 0x5a),
  unseal: async (sealed) => sealed.map((byte) => byte ^ 0x5a),
};

let site: TestSite;

beforeEach(async () => {
  site = await TestSite.start({ vault: keyStore });
});

afterEach(() => site.stop());

const aDraft = (settings: Partial<ParameterDraft> = {}): ParameterDraft => ({
  name: '/lab/port',
  type: 'String',
  value: '8080',
  description: '',
  allowedPattern: null,
  ...settings,
});

const put = (settings: Partial<ParameterDraft> = {}, expectedVersion: number | null = null) =>
  site.client.parameters.put({ draft: aDraft(settings), expectedVersion });

const everything = {
  search: '',
  path: null,
  recursive: true,
  type: null,
  sort: 'name' as const,
  order: 'ascending' as const,
  offset: 0,
  limit: 50,
};

describe('a parameter', () => {
  test('has a version for each value, and a restart changes nothing about it', async () => {
    expect(await put({ description: 'Of the web server' })).toMatchObject({ version: 1, value: '8080' });
    expect(await put({ value: '9090' }, 1)).toMatchObject({ version: 2, value: '9090', description: '' });
    site = await site.restart();
    expect(await site.client.parameters.get({ name: '/lab/port' })).toMatchObject({ version: 2, value: '9090' });
    const history = await site.client.parameters.history({ name: '/lab/port' });
    expect(history.map(({ version, value, description }) => ({ version, value, description }))).toEqual([
      { version: 2, value: '9090', description: '' },
      { version: 1, value: '8080', description: 'Of the web server' },
    ]);
  });

  test('keeps its newest hundred versions', async () => {
    await put();
    for (let version = 1; version <= 101; version += 1) await put({ value: String(version) }, version);
    const history = await site.client.parameters.history({ name: '/lab/port' });
    expect([history.length, history[0]?.version, history.at(-1)?.version]).toEqual([100, 102, 3]);
    expect(await refusal(site.client.parameters.reveal({ name: '/lab/port', version: 2 }))).toMatchObject({
      code: 'ParameterVersionNotFound',
    });
  });

  test('is gone when it is deleted, and names that there are not are said', async () => {
    await put();
    expect(await site.client.parameters.delete({ names: ['/lab/port', '/lab/none'] })).toEqual({
      deleted: ['/lab/port'],
      invalid: ['/lab/none'],
    });
    expect(await refusal(site.client.parameters.get({ name: '/lab/port' }))).toMatchObject({ code: 'ParameterNotFound' });
    expect(await put({ value: '1' })).toMatchObject({ version: 1 });
  });
});

describe('a put is refused, and changes nothing,', () => {
  const cases: { what: string; draft: Partial<ParameterDraft>; expectedVersion?: number; code: string; field?: string }[] = [
    { what: 'under a name that is taken', draft: { value: 'other' }, code: 'ParameterAlreadyExists', field: 'name' },
    { what: 'over a version that is not the newest', draft: { value: 'other' }, expectedVersion: 7, code: 'E-PARAMETER-CHANGED' },
    {
      what: 'with another type',
      draft: { type: 'SecureString' },
      expectedVersion: 1,
      code: 'HierarchyTypeMismatchException',
      field: 'type',
    },
    { what: 'over a parameter that there is not', draft: { name: 'none' }, expectedVersion: 1, code: 'ParameterNotFound' },
    { what: 'with a reserved name', draft: { name: '/aws/x' }, code: 'ValidationException', field: 'name' },
    {
      what: 'with a value of ten megabytes',
      draft: { name: 'a', value: 'x'.repeat(10_000_000) },
      code: 'ValidationException',
      field: 'value',
    },
    { what: 'with a type that there is not', draft: { name: 'a', type: 'Number' }, code: 'UnsupportedParameterType', field: 'type' },
    {
      what: 'with a broken pattern',
      draft: { name: 'a', allowedPattern: '(' },
      code: 'InvalidAllowedPatternException',
      field: 'allowedPattern',
    },
    { what: 'against its pattern', draft: { name: 'a', allowedPattern: '^x' }, code: 'ParameterPatternMismatchException', field: 'value' },
    {
      what: 'in too many levels',
      draft: { name: `/${Array(16).fill('a').join('/')}` },
      code: 'HierarchyLevelLimitExceededException',
      field: 'name',
    },
  ];

  test.each(cases)('$what', async ({ draft, expectedVersion = null, code, field }) => {
    await put();
    const refused = await refusal(put(draft, expectedVersion));
    expect(refused).toMatchObject({ code, places: field === undefined ? [] : [{ field }] });
    expect(refused.remedy).not.toBe('');
    const { rows, total } = await site.client.parameters.list(everything);
    expect([total, rows[0]?.value, rows[0]?.version]).toEqual([1, '8080', 1]);
  });
});

describe('a SecureString', () => {
  const secure = { name: '/lab/password', type: 'SecureString' };

  test('lies in no file in clear, and leaves the controller only when it is asked for by itself, which is on record', async () => {
    await put({ ...secure, value: SECRET });
    await put({ ...secure, value: `${SECRET}-2` }, 1);
    await put({ name: 'plain', value: 'nothing-to-hide-here' });
    expect(filesWith(site.dataFolder, 'nothing-to-hide-here')).not.toEqual([]);
    const { client } = site;
    const shown = [
      await client.parameters.list(everything),
      await client.parameters.get({ name: secure.name }),
      await client.parameters.history({ name: secure.name }),
      await client.parameters.names({ text: 'pass' }),
    ];
    expect(JSON.stringify(shown)).not.toContain(SECRET);
    expect(await client.parameters.reveal({ name: secure.name, version: 1 })).toEqual({ value: SECRET });
    expect(await client.parameters.reveal({ name: secure.name, version: 2 })).toEqual({ value: `${SECRET}-2` });
    expect(site.log.filter((line) => line.includes('parameter-revealed'))).toHaveLength(2);
    expect(site.log.join('')).not.toContain(SECRET);
    expect(filesWith(site.dataFolder, SECRET)).toEqual([]);
    site = await site.restart();
    expect(filesWith(site.dataFolder, SECRET)).toEqual([]);
    expect(await site.client.parameters.reveal({ name: secure.name, version: 2 })).toEqual({ value: `${SECRET}-2` });
  });

  test('is in no sentence of a refusal', async () => {
    const refused = await refusal(put({ ...secure, value: SECRET, allowedPattern: '^[0-9]+$' }));
    expect(refused.code).toBe('ParameterPatternMismatchException');
    expect(JSON.stringify(refused) + site.log.join('')).not.toContain(SECRET);
  });

  test('of a database without its keys does not open, says so, and can be put anew', async () => {
    await put({ ...secure, value: SECRET });
    const keys = join(site.dataFolder, 'keys', 'site-keys.json');
    const file: { sealed: string } = JSON.parse(await readFile(keys, 'utf8'));
    const opened = JSON.parse(Buffer.from(await keyStore.unseal(Buffer.from(file.sealed, 'base64'))).toString());
    const other = Buffer.from(JSON.stringify({ ...opened, dataKey: Buffer.alloc(32, 7).toString('base64') }));
    await writeFile(keys, JSON.stringify({ ...file, sealed: Buffer.from(await keyStore.seal(other)).toString('base64') }));
    site = await site.restart();
    expect(await refusal(site.client.parameters.reveal({ name: secure.name, version: 1 }))).toMatchObject({ code: 'E-PARAMETER-SEALED' });
    await put({ ...secure, value: 'new' }, 1);
    expect(await site.client.parameters.reveal({ name: secure.name, version: 2 })).toEqual({ value: 'new' });
  });
});

test('hierarchies are listed by level and looked through from one', async () => {
  for (const name of ['/lab/port', '/lab/web/port', 'plain']) await put({ name });
  expect(await site.client.parameters.paths()).toEqual([
    { path: '/lab', parameters: 2 },
    { path: '/lab/web', parameters: 1 },
  ]);
  const below = await site.client.parameters.list({ ...everything, path: '/lab', recursive: false });
  expect(below.rows.map(({ name }) => name)).toEqual(['/lab/port']);
});
