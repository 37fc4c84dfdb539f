import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { archiveKind, unpackArchive } from '../../../agent/downloads/archive.ts';
import { type ArchiveLimits, USUAL_LIMITS } from '../../../agent/downloads/archive-entry.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { aTar, aZip, type PackedEntry } from '../../builders/archives.ts';

const never = new AbortController().signal;

function packed(bytes: Buffer) {
  const file = aTemporaryPath('content');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  const folder = join(dirname(file), 'unpacked');
  const unpack = (limits: Partial<ArchiveLimits> = {}, signal = never) =>
    unpackArchive({ file, folder, limits: { ...USUAL_LIMITS, ...limits } }, signal);
  return { file, folder, unpack };
}

const kinds = [
  ['zip', aZip],
  ['tar', aTar],
  ['tar.gz', (entries: readonly PackedEntry[]) => gzipSync(aTar(entries))],
] as const;

describe.each(kinds)('a %s', (kind, pack) => {
  test('is known by its content and unpacked with its folders', async () => {
    const { file, folder, unpack } = packed(
      pack([
        { name: 'site.yml', content: '- hosts: all\n' },
        { name: 'roles/', type: 'Directory', mode: 0o40755 },
        { name: 'roles/web/main.sh', content: '#!/bin/sh\n', mode: 0o100755 },
      ]),
    );
    expect(archiveKind(file)).toBe(kind);
    expect(await unpack()).toMatchObject({ files: 2 });
    expect(readFileSync(join(folder, 'site.yml'), 'utf8')).toBe('- hosts: all\n');
    expect(statSync(join(folder, 'site.yml')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'roles/web/main.sh')).mode & 0o777).toBe(0o700);
  });

  test.each(['../out', 'a/../../out', '/etc/out', 'a\\..\\out', 'a\u0001b'])(
    'with the name %j is refused, and nothing of it is left',
    async (name) => {
      const { folder, unpack } = packed(
        pack([
          { name: 'first', content: 'x' },
          { name, content: 'y' },
        ]),
      );
      await expect(unpack()).rejects.toMatchObject({ code: 'E-ARCHIVE' });
      expect(existsSync(folder)).toBe(false);
      expect(readdirSync(dirname(folder))).toEqual(['content']);
    },
  );

  test('with one name twice is refused', async () => {
    const { unpack } = packed(
      pack([
        { name: 'a', content: '1' },
        { name: 'a', content: '2' },
      ]),
    );
    await expect(unpack()).rejects.toMatchObject({ code: 'E-ARCHIVE' });
  });

  test('with a file where another entry needs a folder is refused', async () => {
    const { unpack } = packed(
      pack([
        { name: 'a', content: '1' },
        { name: 'a/b', content: '2' },
      ]),
    );
    await expect(unpack()).rejects.toMatchObject({ code: 'E-ARCHIVE' });
  });

  test('with too many entries or bytes is refused', async () => {
    const { unpack } = packed(pack([{ name: 'a', content: 'x'.repeat(5000) }, { name: 'b' }]));
    await expect(unpack({ mostEntries: 1 })).rejects.toThrow(/more than 1 entries/);
    await expect(unpack({ mostBytes: 4000 })).rejects.toThrow(/more than 4000 bytes/);
  });

  test('that is cut off is refused as damaged', async () => {
    const whole = pack([{ name: 'a', content: Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)) }]);
    const { folder, unpack } = packed(whole.subarray(0, Math.floor(whole.length / 2)));
    await expect(unpack()).rejects.toThrow(/damaged/);
    expect(existsSync(folder)).toBe(false);
  });

  test('is left when the step is stopped', async () => {
    const { folder, unpack } = packed(pack([{ name: 'a', content: 'x' }]));
    expect(await unpack({}, AbortSignal.abort())).toBeNull();
    expect(existsSync(folder)).toBe(false);
  });
});

describe('a bomb', () => {
  test('of much that is packed very small is refused before the disk is full', async () => {
    const bomb = [{ name: 'zeros', content: Buffer.alloc(20 * 1024 ** 2) }];
    await expect(packed(aZip(bomb)).unpack()).rejects.toThrow(/200 times its size/);
    await expect(packed(gzipSync(aTar(bomb))).unpack()).rejects.toThrow(/200 times its size/);
  });

  test('that lies about how large it becomes is refused', async () => {
    const { unpack } = packed(aZip([{ name: 'a', content: Buffer.alloc(100_000), saidSize: 10 }]));
    await expect(unpack()).rejects.toMatchObject({ code: 'E-ARCHIVE' });
  });
});

describe('what is no file and no folder', () => {
  test.each([
    ['SymbolicLink', '/etc/passwd'],
    ['Link', 'first'],
    ['CharacterDevice', ''],
    ['FIFO', ''],
  ] as const)('is refused in a tar: %s', async (type, linkpath) => {
    const { folder, unpack } = packed(
      aTar([
        { name: 'first', content: 'x' },
        { name: 'evil', type, linkpath },
      ]),
    );
    await expect(unpack()).rejects.toMatchObject({ code: 'E-ARCHIVE' });
    expect(existsSync(folder)).toBe(false);
  });

  test('is refused in a zip: a symbolic link', async () => {
    const { unpack } = packed(aZip([{ name: 'evil', content: '/etc/passwd', mode: 0o120777 }]));
    await expect(unpack()).rejects.toMatchObject({ code: 'E-ARCHIVE' });
  });

  test('is refused as an archive: any other file', async () => {
    await expect(packed(Buffer.from('just text')).unpack()).rejects.toThrow(/no zip, tar or tar.gz/);
  });
});

test('a tar that is packed twice is refused before anything of it is unpacked', async () => {
  const { folder, unpack } = packed(gzipSync(gzipSync(aTar([{ name: 'large', content: Buffer.alloc(1024 ** 2) }]))));
  await expect(unpack()).rejects.toMatchObject({ code: 'E-ARCHIVE', message: expect.stringContaining('packed twice') });
  expect(existsSync(folder)).toBe(false);
});
