import { once } from 'node:events';
import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Fault } from '../../../electron/domain/faults.ts';
import { readInstanceFile, writeInstanceFile } from '../../../electron/serve/instance-file.ts';
import { askRunningInstance } from '../../../electron/serve/running-instance.ts';
import { startServe } from '../../../electron/serve/serve.ts';
import { TestServe } from './test-serve.ts';

let site: TestServe;
beforeEach(async () => {
  site = await TestServe.start();
});
afterEach(() => site.stop());

const record = (changes: object) => ({
  pid: 4711,
  origin: 'http://127.0.0.1:1',
  controlToken: 'A'.repeat(43),
  startedAt: '2027-03-01T10:00:00.000Z',
  ...changes,
});

async function listening(server: { listen(port: number, host: string): unknown; address(): unknown }): Promise<string> {
  server.listen(0, '127.0.0.1');
  const address = server.address();
  const port = typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0;
  return `http://127.0.0.1:${port}`;
}

describe('a second start', () => {
  test('finds the first one, and gets a link of its own that opens it', async () => {
    const found = await askRunningInstance(site.instanceFile);
    expect(found).toMatchObject({ origin: site.serve.origin, pid: process.pid });
    const code = new URL(found?.link ?? '').hash.replace('#link=', '');
    expect((await site.post('/session', { link: code })).status).toBe(200);
  });

  test('finds nobody after the first one has ended', async () => {
    await site.serve.close();
    expect(await askRunningInstance(site.instanceFile)).toBeNull();
    expect(await readInstanceFile(site.instanceFile)).toBeNull();
    site = await TestServe.start();
  });

  test('finds nobody where the first one was killed', async () => {
    await writeInstanceFile(site.instanceFile, record({}));
    expect(await askRunningInstance(site.instanceFile)).toBeNull();
  });

  test('finds nobody where another program took the port over and says nothing', async () => {
    const silent = createServer();
    await writeInstanceFile(site.instanceFile, record({ origin: await listening(silent) }));
    const before = performance.now();
    expect(await askRunningInstance(site.instanceFile)).toBeNull();
    expect(performance.now() - before).toBeLessThan(3_500);
    silent.close();
  });

  test('does not take another program’s word for a link', async () => {
    const other = createHttpServer((_request, response) => response.end(JSON.stringify({ link: 'http://evil.example/#link=x' })));
    await writeInstanceFile(site.instanceFile, record({ origin: await listening(other) }));
    expect(await askRunningInstance(site.instanceFile)).toBeNull();
    other.close();
    await once(other, 'close');
  });

  test.each([
    ['is missing', null],
    ['is cut off', '{"pid":1'],
    ['names a server elsewhere', JSON.stringify(record({ origin: 'http://evil.example:80' }))],
    ['has no token', JSON.stringify(record({ controlToken: '' }))],
  ])('finds nobody when the file %s', async (_what, text) => {
    const file = join(site.folder, 'other-instance.json');
    if (text !== null) await writeFile(file, text);
    expect(await askRunningInstance(file)).toBeNull();
  });
});

describe('the instance file', () => {
  test('can be read by its owner alone, also where a readable one was before', async () => {
    expect((await stat(site.instanceFile)).mode & 0o777).toBe(0o600);
    await chmod(site.instanceFile, 0o644);
    await writeInstanceFile(site.instanceFile, record({}));
    expect((await stat(site.instanceFile)).mode & 0o777).toBe(0o600);
  });

  test('of a later start is left alone by the end of an earlier one', async () => {
    await writeInstanceFile(site.instanceFile, record({}));
    const later = await readFile(site.instanceFile, 'utf8');
    await site.serve.close();
    expect(await readFile(site.instanceFile, 'utf8')).toBe(later);
    site = await TestServe.start();
  });

  test('that cannot be written ends the start with a fault', async () => {
    const instanceFile = join(site.folder, 'no-such-folder', 'instance.json');
    const log = { info: () => undefined, error: () => undefined };
    const options = { port: 0, rendererFolder: site.folder, log, serveSocket: () => undefined, now: () => site.clock.now(), instanceFile };
    await expect(startServe(options)).rejects.toEqual(expect.objectContaining({ constructor: Fault, code: 'E-DATA-FOLDER' }));
  });
});

describe('the control token', () => {
  test('is needed to get a link', async () => {
    for (const authorization of ['', 'Bearer', 'Bearer wrong', `Basic ${'A'.repeat(43)}`]) {
      const reply = await site.post('/instance/link', {}, { authorization });
      expect({ status: reply.status, code: JSON.parse(reply.text).code }).toEqual({ status: 403, code: 'E-SESSION' });
    }
    expect((await site.post('/instance/link', {}, { authorization: `Bearer ${await site.session()}` })).status).toBe(403);
  });

  test('gives no link to a page of another origin', async () => {
    const token = (await readInstanceFile(site.instanceFile))?.controlToken;
    const headers = { authorization: `Bearer ${token}`, origin: 'https://evil.example' };
    expect((await site.post('/instance/link', {}, headers)).status).toBe(403);
    expect((await site.post('/instance/link', {}, { authorization: `Bearer ${token}` })).status).toBe(200);
  });
});
