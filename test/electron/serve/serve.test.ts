import { once } from 'node:events';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SESSION_PREFIX, UI_SUB_PROTOCOL } from '../../../electron/api/transport.ts';
import { Fault } from '../../../electron/domain/faults.ts';
import { startServe } from '../../../electron/serve/serve.ts';
import { TestServe } from './test-serve.ts';

let site: TestServe;
beforeEach(async () => {
  site = await TestServe.start();
});
afterEach(() => site.stop());

const paths = ['/', '/assets/index-Bx3_-k9Z.js', '/session', '/instance/link', '/rpc'];

describe('a request under another host name', () => {
  test.each(paths)('gets 421 for %s, whatever it asks', async (path) => {
    const { port } = site.serve;
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      'localhost',
      '127.0.0.1',
      `127.0.0.1:${port}.evil.example`,
      `[::1]:${port}`,
    ]) {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        expect((await site.ask({ path, method, headers: { host } })).status).toBe(421);
      }
    }
  });

  test('gets 421 when it names two hosts, and when it names none', async () => {
    const { port } = site.serve;
    const two = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`;
    expect(await site.raw(two)).toMatch(/^HTTP\/1\.1 (400|421) /);
    expect(await site.raw('GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 421 /);
  });

  test('is refused a socket', async () => {
    const protocols = [UI_SUB_PROTOCOL, SESSION_PREFIX + (await site.session())];
    const headers = { host: `evil.example:${site.serve.port}`, origin: `http://evil.example:${site.serve.port}` };
    expect((await site.socket({ protocols, headers })).status).toBe(421);
    expect(site.handed).toEqual([]);
  });

  test('of this computer is served as localhost too', async () => {
    expect((await site.get('/', { host: `localhost:${site.serve.port}` })).status).toBe(200);
  });
});

describe('a page of another origin', () => {
  const foreign = (port: number): Record<string, string>[] => [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `http://127.0.0.1:${port + 1}` },
    { origin: `https://127.0.0.1:${port}` },
    { origin: `http://localhost:${port}` },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];

  test.each(paths)('gets 403 for %s', async (path) => {
    for (const headers of foreign(site.serve.port)) {
      expect((await site.get(path, headers)).status).toBe(403);
      expect((await site.post(path, {}, headers)).status).toBe(403);
    }
  });

  test('cannot use up a link', async () => {
    const link = site.code();
    expect((await site.post('/session', { link }, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await site.post('/session', { link })).status).toBe(200);
  });

  test('is refused a socket, even with the token of a session', async () => {
    const protocols = [UI_SUB_PROTOCOL, SESSION_PREFIX + (await site.session())];
    for (const headers of foreign(site.serve.port)) {
      expect((await site.socket({ protocols, headers: { origin: site.serve.origin, ...headers } })).status).toBe(403);
    }
    expect((await site.socket({ protocols, headers: {} })).status).toBe(403);
    expect(site.handed).toEqual([]);
  });

  test('is told nothing that would let it read an answer', async () => {
    for (const path of paths) {
      const { headers } = await site.ask({ path, method: 'OPTIONS', headers: { origin: 'https://evil.example' } });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(headers['set-cookie']).toBeUndefined();
    }
  });
});

describe('the page', () => {
  test('is served with its type, and is asked for anew each time', async () => {
    const reply = await site.get('/', { 'sec-fetch-site': 'none' });
    expect(reply).toMatchObject({ status: 200, text: '<!doctype html><title>Holdfast</title>' });
    expect(reply.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    expect((await site.get('/index.html?x=1')).text).toBe(reply.text);
  });

  test('has files that never change under their names', async () => {
    const { headers } = await site.get('/assets/index-Bx3_-k9Z.js', { 'sec-fetch-site': 'same-origin', origin: site.serve.origin });
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    expect((await site.get('/assets/style-D4fGh1jK.css')).headers['content-type']).toBe('text/css; charset=utf-8');
    expect((await site.get('/icon.svg')).headers).toMatchObject({ 'content-type': 'image/svg+xml', 'cache-control': 'no-store' });
  });

  test('is answered to HEAD without its body, and to nothing else', async () => {
    const head = await site.get('/', {}, 'HEAD');
    expect({ status: head.status, length: head.headers['content-length'], text: head.text }).toEqual({
      status: 200,
      length: '38',
      text: '',
    });
    for (const method of ['PUT', 'DELETE', 'POST']) expect((await site.get('/', {}, method)).status).toBe(405);
  });

  test.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/..\\secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//etc/passwd',
    '/index.html%00.js',
    '/C:/secret.js',
    '/.env.js',
    '/.hidden/a.js',
    '/assets/link-A1b2C3d4.js',
    '/assets',
    '/assets/',
    '/notes.exe',
    '/nothing.js',
    '/index.html/nothing.js',
    `/${'a'.repeat(4000)}.js`,
  ])('does not reach %s', async (path) => {
    const reply = await site.get(path);
    expect(reply.status).toBe(404);
    expect(reply.text).not.toContain('secret');
  });

  test('does not reach another server’s address', async () => {
    const line = `GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:${site.serve.port}\r\nConnection: close\r\n\r\n`;
    expect(await site.raw(line)).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('may load and reach nothing but its own origin', async () => {
    const { port } = site.serve;
    for (const path of ['/', '/nothing.js', '/session']) {
      const { headers } = await site.get(path);
      const policy = new Map(
        String(headers['content-security-policy'])
          .split('; ')
          .map((part) => [part.split(' ', 1)[0], part]),
      );
      expect(policy.get('default-src')).toBe("default-src 'none'");
      expect(policy.get('script-src')).toBe("script-src 'self'");
      expect(policy.get('connect-src')).toBe(`connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port}`);
      expect(policy.get('frame-ancestors')).toBe("frame-ancestors 'none'");
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
  });
});

describe('a link', () => {
  test('opens one session, once', async () => {
    expect(site.serve.newLink()).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${site.serve.port}/#link=[A-Za-z0-9_-]{43}$`));
    const link = site.code();
    const first = await site.post('/session', { link });
    expect(first.status).toBe(200);
    expect(JSON.parse(first.text)).toEqual({ session: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) });
    const second = await site.post('/session', { link });
    const fault = new Fault('E-LINK-USED', undefined);
    expect(second.status).toBe(403);
    expect(JSON.parse(second.text)).toEqual({ code: 'E-LINK-USED', title: fault.message, remedy: fault.remedy });
  });

  test('is good for ten minutes', async () => {
    const [early, late] = [site.code(), site.code()];
    site.clock.advance({ minutes: 9, seconds: 59 });
    expect((await site.post('/session', { link: early })).status).toBe(200);
    site.clock.advance({ seconds: 1 });
    expect((await site.post('/session', { link: late })).status).toBe(403);
  });

  test('leaves the other links as they are', async () => {
    const [one, other] = [site.code(), site.code()];
    expect((await site.post('/session', { link: other })).status).toBe(200);
    expect((await site.post('/session', { link: one })).status).toBe(200);
  });

  test('cannot be guessed: after ten wrong codes nobody is let in for a minute', async () => {
    for (let count = 0; count < 10; count += 1) expect((await site.post('/session', { link: `wrong-${count}` })).status).toBe(403);
    const link = site.code();
    const refused = await site.post('/session', { link });
    expect({ status: refused.status, after: refused.headers['retry-after'] }).toEqual({ status: 429, after: '60' });
    site.clock.advance({ minutes: 1 });
    expect((await site.post('/session', { link })).status).toBe(200);
  });

  test('is exchanged for nothing but a JSON object with it alone', async () => {
    const link = site.code();
    expect((await site.post('/session', { link }, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await site.post('/session', { link, more: true })).status).toBe(400);
    expect((await site.post('/session', { link: 'x'.repeat(2000) })).status).toBe(400);
    expect((await site.ask({ path: '/session', method: 'POST', headers: { 'content-type': 'application/json' } }, '{')).status).toBe(400);
    expect((await site.post('/session', { link })).status).toBe(200);
  });

  test('and what it opened are in no log', async () => {
    const link = site.code();
    await site.post('/session', { link });
    await site.post('/session', { link });
    expect(site.log).toEqual([]);
  });
});

describe('a session', () => {
  test('gets a socket, which is handed on with the sub-protocol of the window alone', async () => {
    const socket = await site.openSocket();
    expect(socket.protocol).toBe(UI_SUB_PROTOCOL);
    expect(site.handed).toHaveLength(1);
    site.handed[0]?.send('a call’s answer');
    expect(String((await once(socket, 'message'))[0])).toBe('a call’s answer');
  });

  test('gets as many sockets as it likes, for as long as the process lives', async () => {
    const protocols = [UI_SUB_PROTOCOL, SESSION_PREFIX + (await site.session())];
    site.clock.advance({ days: 30 });
    for (let count = 0; count < 3; count += 1) expect((await site.socket({ protocols })).status).toBe(101);
  });

  test.each<[string, string[], number]>([
    ['no token', [UI_SUB_PROTOCOL], 401],
    ['a token that is none', [UI_SUB_PROTOCOL, `${SESSION_PREFIX}${'A'.repeat(43)}`], 401],
    ['an empty token', [UI_SUB_PROTOCOL, SESSION_PREFIX], 401],
    ['another sub-protocol', ['something.else'], 400],
  ])('is what a socket with %s has not', async (_what, protocols, status) => {
    expect((await site.socket({ protocols })).status).toBe(status);
    expect(site.handed).toEqual([]);
  });

  test('is not the one-time code itself', async () => {
    expect((await site.socket({ protocols: [UI_SUB_PROTOCOL, SESSION_PREFIX + site.code()] })).status).toBe(401);
  });

  test('gets no socket under another path', async () => {
    const protocols = [UI_SUB_PROTOCOL, SESSION_PREFIX + (await site.session())];
    expect((await site.socket({ path: '/other', protocols })).status).toBe(404);
  });

  test('can be asked about, so that a page knows why its socket was refused', async () => {
    const token = await site.session();
    expect((await site.get('/session', { authorization: `Bearer ${token}` })).status).toBe(204);
    const reply = await site.get('/session', { authorization: 'Bearer wrong' });
    expect({ status: reply.status, code: JSON.parse(reply.text).code }).toEqual({ status: 401, code: 'E-SESSION' });
    expect((await site.get('/session')).status).toBe(401);
  });

  test('ends with a call that is too large, and no other', async () => {
    const [one, other] = [await site.openSocket(), await site.openSocket()];
    one.send('x'.repeat(4 * 1024 * 1024 + 1));
    expect((await once(one, 'close'))[0]).toBe(1009);
    expect(other.readyState).toBe(1);
  });
});

describe('the server', () => {
  test('listens on the loopback address alone', async () => {
    const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const outside = addresses.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address);
    for (const address of outside) {
      await expect(fetch(`http://${address}:${site.serve.port}/`)).rejects.toThrow('fetch failed');
    }
  });

  test('ends its sockets when it closes', async () => {
    const socket = await site.openSocket();
    const closed = once(socket, 'close');
    await site.serve.close();
    await closed;
    site = await TestServe.start();
  });

  test('says which port is taken, and by which option to choose another', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const log = { info: () => undefined, error: () => undefined };
    const starting = startServe({ port, rendererFolder: site.folder, log, serveSocket: () => undefined, now: () => site.clock.now() });
    await expect(starting).rejects.toEqual(expect.objectContaining({ constructor: Fault, code: 'E-PORT-IN-USE' }));
    await expect(starting).rejects.toEqual(expect.objectContaining({ remedy: expect.stringContaining('--port N') }));
    squatter.close();
  });
});
