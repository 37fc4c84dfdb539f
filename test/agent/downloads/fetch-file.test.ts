import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { dirname } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type FileRequest, fetchFile } from '../../../agent/downloads/fetch-file.ts';
import { digestAuthorization } from '../../../agent/downloads/http-digest.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { aFileServer } from '../../builders/file-server.ts';
import { AgentClock } from '../../fakes/agent-clock.ts';
import { TestAuthority } from '../../fakes/test-authority.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function aDownload() {
  const file = aTemporaryPath('file');
  const clock = new AgentClock();
  const stopping = new AbortController();
  const fetchTo = (request: Omit<FileRequest, 'file'>) =>
    fetchFile({ allowInsecure: true, ...request, file }, { clock, signal: stopping.signal });
  return { file, clock, stopping, fetchTo };
}

describe('a file that is fetched', () => {
  test('is there whole, for this user alone, with its checksum told', async () => {
    const { origin } = await aFileServer((_request, response) => response.end('content'));
    const { file, fetchTo } = aDownload();
    expect(await fetchTo({ url: `${origin}/a` })).toMatchObject({ bytes: 7, sha256: sha256('content') });
    expect(readFileSync(file, 'utf8')).toBe('content');
    expect(statSync(file).mode & 0o777).toBe(0o700);
  });

  test('is not kept when its checksum is another one, and what was there before stays', async () => {
    const { origin } = await aFileServer((_request, response) => response.end('content'));
    const { file, fetchTo } = aDownload();
    writeFileSync(file, 'before');
    await expect(fetchTo({ url: origin, sha256: sha256('other') })).rejects.toMatchObject({ code: 'E-CHECKSUM' });
    expect(readFileSync(file, 'utf8')).toBe('before');
    expect(await fetchTo({ url: origin, sha256: sha256('content').toUpperCase() })).not.toBeNull();
    expect(readdirSync(dirname(file))).toEqual(['file']);
  });

  test('is refused when it is larger than is allowed', async () => {
    const { origin } = await aFileServer((_request, response) => response.end('x'.repeat(2000)));
    const { file, fetchTo } = aDownload();
    await expect(fetchTo({ url: origin, mostBytes: 1000 })).rejects.toMatchObject({ code: 'E-DOWNLOAD-REFUSED' });
    expect(existsSync(file)).toBe(false);
  });

  test('that breaks off half way is not kept', async () => {
    const { origin } = await aFileServer((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half');
      setImmediate(() => response.destroy());
    });
    const { file, fetchTo } = aDownload();
    await expect(fetchTo({ url: origin })).rejects.toMatchObject({ code: 'E-DOWNLOAD' });
    expect(existsSync(file)).toBe(false);
  });

  test('is left when the step is stopped, and given up when its time is over', async () => {
    const { origin, requests } = await aFileServer(() => undefined);
    const stopped = aDownload();
    const ended = stopped.fetchTo({ url: origin });
    stopped.stopping.abort();
    expect(await ended).toBeNull();
    const late = aDownload();
    const failed = expect(late.fetchTo({ url: `${origin}/late`, timeoutSeconds: 60 })).rejects.toThrow(/after 60 seconds/);
    await expect.poll(() => requests.some(({ url }) => url === '/late')).toBe(true);
    late.clock.advance(61);
    await failed;
  });
});

describe('an address', () => {
  test('by http is refused unless that is allowed, or a checksum guards it', async () => {
    const { origin } = await aFileServer((_request, response) => response.end('content'));
    const { fetchTo } = aDownload();
    await expect(fetchTo({ url: origin, allowInsecure: false })).rejects.toMatchObject({ code: 'E-DOWNLOAD-REFUSED' });
    const { file } = aDownload();
    const context = { clock: new AgentClock(), signal: new AbortController().signal };
    await expect(fetchFile({ url: origin, file }, context)).rejects.toMatchObject({ code: 'E-DOWNLOAD-REFUSED' });
    expect(await fetchFile({ url: origin, file, sha256: sha256('content') }, context)).not.toBeNull();
  });

  test.each(['no url', 'file:///etc/passwd', 'ftp://host/a', 'https://user:secret@host/a'])(
    'such as %s is refused, with no secret told',
    async (url) => {
      const failure = aDownload().fetchTo({ url });
      await expect(failure).rejects.toMatchObject({ code: 'E-DOWNLOAD-REFUSED' });
      await expect(failure).rejects.not.toThrow(/secret/);
    },
  );

  test('where nobody answers, or that is not found, is told of', async () => {
    const { origin } = await aFileServer((_request, response) => response.writeHead(404).end());
    await expect(aDownload().fetchTo({ url: `${origin}/x?token=hidden` })).rejects.toThrow(/\/x could not be fetched: .*404/);
    await expect(aDownload().fetchTo({ url: 'http://127.0.0.1:1/' })).rejects.toThrow(/ECONNREFUSED/);
  });

  test('whose certificate nobody vouches for is refused', async () => {
    const authority = await TestAuthority.create();
    const identity = await authority.issue({ commonName: 'localhost', usage: 'server', dnsName: 'localhost' });
    const server = createServer(identity, (_request, response) => void response.end('content'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await expect(aDownload().fetchTo({ url: `https://localhost:${port}/` })).rejects.toThrow(/certificate store|UNABLE_TO_VERIFY/);
  });
});

describe('a redirect', () => {
  test('is followed, and never with the login to another host', async () => {
    const other = await aFileServer((_request, response) => response.end('elsewhere'));
    const { origin, requests } = await aFileServer((_request, response) =>
      response.writeHead(302, { location: `${other.origin}/b` }).end(),
    );
    const { file, fetchTo } = aDownload();
    const login = { scheme: 'Basic', username: 'ann', password: 'secret' } as const;
    expect(await fetchTo({ url: origin, login, headers: { 'x-token': 'secret' } })).toMatchObject({ bytes: 9 });
    expect(readFileSync(file, 'utf8')).toBe('elsewhere');
    expect(requests[0]?.headers).toMatchObject({ authorization: expect.any(String), 'x-token': 'secret' });
    expect(other.requests[0]?.headers).not.toHaveProperty('authorization');
    expect(other.requests[0]?.headers).not.toHaveProperty('x-token');
  });

  test('without end is given up', async () => {
    const { origin, requests } = await aFileServer((_request, response) => response.writeHead(302, { location: '/again' }).end());
    await expect(aDownload().fetchTo({ url: origin })).rejects.toMatchObject({ code: 'E-DOWNLOAD-REFUSED' });
    expect(requests.length).toBe(6);
  });

  test('to what is no http is refused', async () => {
    const { origin } = await aFileServer((_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end());
    await expect(aDownload().fetchTo({ url: origin })).rejects.toMatchObject({ code: 'E-DOWNLOAD-REFUSED' });
  });
});

describe('a login', () => {
  test('by Basic is sent at once', async () => {
    const { origin } = await aFileServer((request, response) => {
      const right = `Basic ${Buffer.from('ann:pass:word').toString('base64')}`;
      response.writeHead(request.headers.authorization === right ? 200 : 401).end('content');
    });
    const login = { scheme: 'Basic', username: 'ann' } as const;
    expect(await aDownload().fetchTo({ url: origin, login: { ...login, password: 'pass:word' } })).not.toBeNull();
    await expect(aDownload().fetchTo({ url: origin, login: { ...login, password: 'wrong' } })).rejects.toThrow(/401/);
  });

  test('by Digest answers the challenge, and never tells the password', async () => {
    const { origin, requests } = await aFileServer((request, response) => {
      const { authorization } = request.headers;
      if (authorization === undefined) {
        response.writeHead(401, { 'www-authenticate': 'Digest realm="lab", qop="auth", nonce="n1", algorithm=SHA-256' }).end();
        return;
      }
      const cnonce = /cnonce="([^"]+)"/.exec(authorization)?.[1] ?? '';
      const hash = (text: string) => sha256(text);
      const expected = hash(`${hash('ann:lab:password')}:n1:00000001:${cnonce}:auth:${hash('GET:/a?b=c')}`);
      response.writeHead(authorization.includes(`response="${expected}"`) ? 200 : 401).end('content');
    });
    const login = { scheme: 'Digest', username: 'ann', password: 'password' } as const;
    expect(await aDownload().fetchTo({ url: `${origin}/a?b=c`, login })).not.toBeNull();
    expect(requests.map(({ headers }) => headers.authorization ?? '').join()).not.toContain('password');
  });

  // RFC 7616, 3.9.1.
  const challenge = (algorithm: string) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
    'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
  const exchange = {
    login: { username: 'Mufasa', password: 'Circle of Life' },
    method: 'GET',
    uri: '/dir/index.html',
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  };

  test('by Digest is computed as in the example of its standard', () => {
    const both = `${challenge('MD5')}, ${challenge('SHA-256')}`;
    expect(digestAuthorization(challenge('MD5'), exchange)).toContain('response="8ca523f5e9506fed4657c9700eebdbec"');
    expect(digestAuthorization(both, exchange)).toContain('response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"');
  });

  test.each([
    '',
    'Basic realm="x"',
    'Digest realm="x"',
    'Digest nonce="n", algorithm=SHA-1',
    'Digest nonce="n", qop="auth-int"',
    'D'.repeat(5000),
  ])('by Digest is not tried with the challenge %j', (header) => expect(digestAuthorization(header, exchange)).toBeNull());
});

test('the folder of a file is made', async () => {
  const { origin } = await aFileServer((_request, response) => response.end('content'));
  const file = `${aTemporaryPath()}/a/b/file`;
  mkdirSync(dirname(dirname(dirname(file))), { recursive: true });
  await fetchFile({ url: origin, file, allowInsecure: true }, { clock: new AgentClock(), signal: new AbortController().signal });
  expect(existsSync(file)).toBe(true);
});
