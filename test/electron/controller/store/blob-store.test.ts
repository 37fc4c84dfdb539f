import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { BlobStore } from '../../../../electron/controller/store/blob-store.ts';
import { openBlobStore } from '../../../../electron/controller/store/blob-store.ts';
import { aTemporaryPath } from '../../../builders/agent-folder.ts';

let folder: string;
let used: Set<string>;

beforeEach(() => {
  folder = aTemporaryPath();
  used = new Set();
});

const open = (quotaBytes = 1000): BlobStore => openBlobStore({ folder, quotaBytes, isUsed: (sha256) => used.has(sha256) });

async function keep(store: BlobStore, ...parts: string[]): Promise<string> {
  const incoming = store.receive();
  for (const part of parts) await incoming.write(Buffer.from(part));
  return (await incoming.finish()).sha256;
}

const incomingFiles = (): string[] => readdirSync(join(folder, 'incoming'));

describe('a file of the blob store', () => {
  test('is found by the SHA-256 of its content once it is whole', async () => {
    const store = open();
    const sha256 = await keep(store, 'hello ', 'world');
    expect(sha256).toBe(createHash('sha256').update('hello world').digest('hex'));
    const found = store.find(sha256);
    expect(found?.size).toBe(11);
    expect(readFileSync(found?.file ?? '', 'utf8')).toBe('hello world');
    expect(incomingFiles()).toEqual([]);
    expect(store.usage()).toBe(11);
  });

  test('is kept once, however often it comes', async () => {
    const store = open();
    expect(await keep(store, 'same')).toBe(await keep(store, 'same'));
    expect(store.usage()).toBe(4);
    expect(incomingFiles()).toEqual([]);
  });

  test('goes when the last that held it lets go, unless a package uses it', async () => {
    const store = open();
    const sha256 = await keep(store, 'same');
    await keep(store, 'same');
    store.letGo(sha256);
    expect(store.find(sha256)).not.toBeNull();
    used.add(sha256);
    store.letGo(sha256);
    store.removeUnused(sha256);
    expect(store.find(sha256)).not.toBeNull();
    used.clear();
    store.removeUnused(sha256);
    expect(store.find(sha256)).toBeNull();
    expect(store.usage()).toBe(0);
  });

  test('that would exceed the quota is refused with what there is, and leaves nothing', async () => {
    const store = open(10);
    await keep(store, '12345');
    const incoming = store.receive();
    await incoming.write(Buffer.from('678'));
    await expect(incoming.write(Buffer.from('901'))).rejects.toMatchObject({
      code: 'E-PACKAGE-QUOTA',
      facts: { quotaBytes: 10, usedBytes: 8, wantedBytes: 3 },
    });
    expect(store.usage()).toBe(5);
    expect(incomingFiles()).toEqual([]);
  });

  test('that is given up leaves nothing, and takes nothing more', async () => {
    const store = open();
    const incoming = store.receive();
    await incoming.write(Buffer.from('half'));
    await incoming.discard();
    await expect(incoming.write(Buffer.from('more'))).rejects.toMatchObject({ code: 'E-UPLOAD-UNKNOWN' });
    expect([store.usage(), incomingFiles()]).toEqual([0, []]);
  });

  test.each(['../../etc/passwd', 'A'.repeat(64), 'a'.repeat(63), `${'a'.repeat(64)}/..`, ''])('is not to be had by %j', (name) => {
    expect(open().find(name)).toBeNull();
  });

  test('that the disk does not take is a fault of the disk, and leaves nothing', async () => {
    const store = open();
    const incoming = store.receive();
    // The folder is a file now: whatever is written into it fails.
    const before = incomingFiles();
    await incoming.write(Buffer.from('x'));
    const sha256 = createHash('sha256').update('x').digest('hex');
    writeFileSync(join(folder, sha256.slice(0, 2)), 'in the way');
    await expect(incoming.finish()).rejects.toMatchObject({ code: 'E-DATA-FOLDER' });
    expect([store.usage(), incomingFiles()]).toEqual([0, before]);
  });
});

describe('at the start', () => {
  test('what no package names and what was on its way is deleted, and what is there is counted', async () => {
    const store = open();
    const kept = await keep(store, 'kept');
    const orphan = await keep(store, 'an orphan');
    await store.receive().write(Buffer.from('half'));
    mkdirSync(join(folder, 'ff'), { recursive: true });
    writeFileSync(join(folder, 'ff', 'stray'), 'stray');
    used.add(kept);
    const next = open();
    expect(next.find(kept)?.size).toBe(4);
    expect(next.find(orphan)).toBeNull();
    expect(existsSync(join(folder, 'ff', 'stray'))).toBe(false);
    expect([next.usage(), incomingFiles()]).toEqual([4, []]);
  });
});
