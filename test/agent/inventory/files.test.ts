import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { customItems, MOST_CUSTOM_BYTES } from '../../../agent/inventory/custom-items.ts';
import { expandPath, meetsPattern } from '../../../agent/inventory/file-pattern.ts';
import { type FileFilter, files, MOST_FILES } from '../../../agent/inventory/files.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { aMachine } from './a-machine.ts';

function aFolder(contents: Readonly<Record<string, string>> = {}): string {
  const folder = aTemporaryPath();
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(contents)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const filter = (path: string, part: Partial<FileFilter> = {}): FileFilter => ({
  Path: path,
  Pattern: ['*'],
  Recursive: false,
  DirScanLimit: 5000,
  ...part,
});

async function found(filters: FileFilter[], environment: Record<string, string> = {}) {
  const warnings: string[] = [];
  const machine = aMachine({ environment, warn: (text) => warnings.push(text) });
  const entries = (await files(machine, filters, new AbortController().signal)) ?? [];
  return { entries, names: entries.map(({ Name }) => Name), warnings };
}

describe('files that a document asks for', () => {
  test('are those whose names meet a pattern, with size, time and folder', async () => {
    const folder = aFolder({ 'a.conf': 'four', 'b.txt': '', 'deep/c.conf': '' });
    const { entries } = await found([filter(folder, { Pattern: ['*.conf'] })]);
    expect(entries).toEqual([
      {
        Name: 'a.conf',
        Size: '4',
        ModificationTime: expect.stringMatching(/^\d{4}-.*Z$/),
        InstalledDir: expect.stringContaining(folder.split('/').at(-1) ?? ''),
      },
    ]);
    expect((await found([filter(folder, { Pattern: ['*.conf'], Recursive: true })])).names).toEqual(['a.conf', 'c.conf']);
  });

  test('come once, although a link leads back and two filters find them', async () => {
    const folder = aFolder({ 'inside/a.txt': '' });
    symlinkSync(folder, join(folder, 'inside', 'loop'));
    symlinkSync('/etc/passwd', join(folder, 'link.txt'));
    expect((await found([filter(folder, { Recursive: true }), filter(join(folder, 'inside'))])).names).toEqual(['a.txt']);
  });

  test('end at 500, and in as many folders as the document says', async () => {
    const many = aFolder(Object.fromEntries(Array.from({ length: MOST_FILES + 1 }, (_, at) => [`f${at}`, ''])));
    const full = await found([filter(many)]);
    expect(full.entries).toHaveLength(MOST_FILES);
    expect(full.warnings.join()).toContain('first 500 files');
    const deep = aFolder({ 'a/x': '', 'b/y': '', 'c/z': '' });
    const limited = await found([filter(deep, { Recursive: true, DirScanLimit: 2 })]);
    expect(limited.names).toEqual(['x']);
    expect(limited.warnings.join()).toContain('more folders than 2');
  });

  test('may be below an environment variable; one that is not set is said', async () => {
    const folder = aFolder({ 'a.txt': '' });
    expect((await found([filter('$APP')], { APP: folder })).names).toEqual(['a.txt']);
    const unset = await found([filter('$NOWHERE/x'), filter('relative'), filter('/not/there')]);
    expect(unset.names).toEqual([]);
    expect(unset.warnings).toEqual([
      '$NOWHERE/x names the environment variable NOWHERE, which this node has not.',
      'relative is no absolute path.',
      '/not/there is not on this node.',
    ]);
    expect(expandPath('%ProgramFiles%\\App', { PROGRAMFILES: 'C:\\Program Files' }, true)).toEqual({
      ok: true,
      path: 'C:\\Program Files\\App',
    });
  });

  test('meet patterns in a time that no pattern can make long', () => {
    expect(meetsPattern('report-2025.txt', 'report-????.t*')).toBe(true);
    expect(meetsPattern('report.txt', '*.tx')).toBe(false);
    expect(meetsPattern('', '*')).toBe(true);
    const begun = performance.now();
    expect(meetsPattern('a'.repeat(255), `${'*a'.repeat(127)}b`)).toBe(false);
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});

const rack = (part: object = {}) =>
  JSON.stringify({ SchemaVersion: '1.0', TypeName: 'Custom:Rack', Content: { Location: 'B2', Unit: '7' }, ...part });

describe('custom inventory', () => {
  test('is one entry, or a list of them', () => {
    const folder = aFolder({
      'rack.json': rack(),
      'disks.json': rack({ TypeName: 'Custom:Disk', Content: [{ Serial: '1' }, { Serial: '2' }] }),
      'note.txt': 'no',
    });
    const warnings: string[] = [];
    expect(customItems(folder, (text) => warnings.push(text))).toEqual([
      { typeName: 'Custom:Disk', schemaVersion: '1.0', content: [{ Serial: '1' }, { Serial: '2' }] },
      { typeName: 'Custom:Rack', schemaVersion: '1.0', content: [{ Location: 'B2', Unit: '7' }] },
    ]);
    expect(warnings).toEqual([]);
  });

  test('leaves out each file that is not as it must be, and says why, and keeps the others', () => {
    const folder = aFolder({
      'bad-json.json': '{',
      'bad-type.json': rack({ TypeName: 'AWS:Application' }),
      'bad-value.json': rack({ TypeName: 'Custom:Number', Content: { Unit: 7 } }),
      'big.json': rack({ TypeName: 'Custom:Big', Content: { A: 'x'.repeat(MOST_CUSTOM_BYTES) } }),
      'long.json': rack({ TypeName: 'Custom:Long', Content: { A: 'x'.repeat(4097) } }),
      'nested.json': rack({ TypeName: 'Custom:Nested', Content: { A: { b: 'c' } } }),
      'proto.json': '{"SchemaVersion":"1.0","TypeName":"Custom:Proto","Content":{"__proto__":"x","A":"1"}}',
      'rack.json': rack(),
      'same.json': rack(),
    });
    symlinkSync('/etc/passwd', join(folder, 'link.json'));
    execFileSync('mkfifo', [join(folder, 'pipe.json')]);
    mkdirSync(join(folder, 'folder.json'));
    const warnings: string[] = [];
    const items = customItems(folder, (text) => warnings.push(text));
    expect(items.map(({ typeName }) => typeName).filter((name) => name !== 'Custom:Proto')).toEqual(['Custom:Rack']);
    for (const { content } of items) for (const entry of content) expect(Object.keys(entry)).not.toContain('__proto__');
    const said = (name: string) => warnings.find((text) => text.startsWith(`"${name}"`)) ?? '';
    expect(said('bad-json.json')).toContain('no JSON');
    expect(said('bad-type.json')).toContain('begins with Custom:');
    expect(said('big.json')).toContain('larger than');
    expect(said('long.json')).toContain('at most 4096');
    expect(said('link.json')).toContain('is a link');
    expect(said('pipe.json')).toContain('no ordinary file');
    expect(said('same.json')).toContain('another file has the type');
    for (const name of ['bad-value.json', 'nested.json', 'folder.json']) expect(said(name)).toContain('is left out');
  });

  test('is nothing where there is no folder', () => {
    expect(customItems('/not/there', () => undefined)).toEqual([]);
  });
});
