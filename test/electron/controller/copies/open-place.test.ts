import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openOutputPlace } from '../../../../electron/controller/copies/open-place.ts';
import type { OutputDestination } from '../../../../electron/domain/output-destination.ts';
import { anObjectStore } from '../../../fakes/object-store.ts';
import { temporaryFolder } from '../store/temporary-database.ts';

async function* textOf(...parts: string[]) {
  for (const part of parts) yield Buffer.from(part);
}

const aFolder = (folder: string): OutputDestination => ({ kind: 'folder', name: 'share', folder });

describe('a folder', () => {
  test('gets whole files under their keys, and its address is told', async () => {
    const root = temporaryFolder();
    const place = await openOutputPlace(aFolder(root), null);
    await place.put('checks/mi-1/stdout', () => textOf('hello ', 'world\n'), 12);
    await place.put('checks/mi-1/stdout', () => textOf('again\n'), 6);
    expect(readFileSync(join(root, 'checks/mi-1/stdout'), 'utf8')).toBe('again\n');
    expect(readdirSync(join(root, 'checks/mi-1'))).toEqual(['stdout']);
    expect(fileURLToPath(place.urlOf('checks/mi-1'))).toBe(join(root, 'checks/mi-1'));
  });

  test('is proven by a file that is gone afterwards; one that is not there is not made', async () => {
    const root = temporaryFolder();
    await (await openOutputPlace(aFolder(root), null)).prove();
    expect(readdirSync(root)).toEqual([]);
    await expect(openOutputPlace(aFolder(join(root, 'gone')), null)).rejects.toThrow('ENOENT');
  });

  test.each(['../x/stdout', 'a/../../x', '/etc/passwd', 'a//b', 'con/stdout', 'a\\b', 'a\0b/stdout'])(
    'is not left by the key %j',
    async (key) => {
      const root = join(temporaryFolder(), 'root');
      mkdirSync(root);
      const place = await openOutputPlace(aFolder(root), null);
      await expect(place.put(key, () => textOf('x'), 1)).rejects.toThrow('is no name');
    },
  );

  test('is not left by a link that somebody put in it', async () => {
    const outside = temporaryFolder();
    const root = temporaryFolder();
    symlinkSync(outside, join(root, 'mi-1'));
    const place = await openOutputPlace(aFolder(root), null);
    await expect(place.put('mi-1/stdout', () => textOf('x'), 1)).rejects.toThrow('is not a folder');
    rmSync(join(root, 'mi-1'));
    mkdirSync(join(root, 'mi-1'));
    symlinkSync(join(outside, 'taken'), join(root, 'mi-1', 'stdout'));
    await place.put('mi-1/stdout', () => textOf('x'), 1);
    expect(readdirSync(outside)).toEqual([]);
  });
});

describe('an S3-compatible store', () => {
  test('gets objects under their keys, is proven, and says why it refuses', async () => {
    const server = await anObjectStore('lab-output');
    const store = {
      kind: 'S3',
      name: 'lab-output',
      endpoint: server.endpoint,
      region: 'us-east-1',
      pathStyle: true,
      accessKeyId: server.accessKeyId,
      authority: null,
    } as const;
    const place = await openOutputPlace(store, server.secretAccessKey);
    await place.prove();
    await place.put('a b/mi-1/stdout', () => textOf('hello ', 'world\n'), 12);
    expect(await server.read('lab-output', 'a b/mi-1/stdout')).toBe('hello world\n');
    expect(place.urlOf('a b/mi-1')).toBe(`${server.endpoint}/lab-output/a%20b/mi-1`);
    place.close();
    const wrong = await openOutputPlace(store, 'another secret');
    await expect(wrong.prove()).rejects.toThrow(/signature/i);
    const missing = await openOutputPlace({ ...store, name: 'no-such-bucket' }, server.secretAccessKey);
    await expect(missing.prove()).rejects.toThrow(/bucket does not exist/i);
  });
});
