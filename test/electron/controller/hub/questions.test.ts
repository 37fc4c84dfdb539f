import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MAX_QUESTION_BYTES } from '../../../../agent/protocol/questions.ts';
import { HUB_SERVER_NAME } from '../../../../agent/protocol/version.ts';
import { Fault } from '../../../../electron/domain/faults.ts';
import type { PeerOptions } from './agent-peer.ts';
import { TestHub } from './test-hub.ts';

/** What a step asks of the controller, over the real door: who is answered, with what, and who is not. */

const question = {
  ask: 'compliance',
  executionId: '8d9a6a4c-3d0b-4d57-9a38-3c2f8d0f6f11',
  stepIndex: 0,
  upload: { ComplianceType: 'Custom:Lab' },
};

let site: TestHub;
let node: Awaited<ReturnType<TestHub['node']>>;
let folder: string;
let blob: { sha256: string; bytes: Buffer };

beforeAll(async () => {
  site = await TestHub.start();
  node = await site.node();
  folder = await mkdtemp(join(tmpdir(), 'holdfast-blobs-'));
  const bytes = randomBytes(300_000);
  blob = { sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
  await writeFile(join(folder, 'blob'), bytes);
  site.agents.blobs = { [blob.sha256]: { file: join(folder, 'blob'), size: bytes.length } };
});

afterAll(async () => {
  await site.stop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
  site.agents.told.length = 0;
  site.agents.fails = {};
  site.agents.refuses = null;
});

type Asked = { method?: string; path?: string; body?: string; headers?: Record<string, string> };
type Answered = { status: number; headers: Record<string, unknown>; body: Buffer };

/** One request as it is, over mutual TLS. */
function send(peer: PeerOptions, { method = 'POST', path = '/ask', body, headers = {} }: Asked): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const { port, ...tls } = peer;
    const sent = request(
      { host: '127.0.0.1', port, ...tls, servername: HUB_SERVER_NAME, path, method, headers, agent: false },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const ask = (body: unknown, peer: PeerOptions = node) => send(peer, { body: typeof body === 'string' ? body : JSON.stringify(body) });
const fetchBlob = (sha256: string, headers: Record<string, string> = {}, peer: PeerOptions = node) =>
  send(peer, { method: 'GET', path: `/blobs/${sha256}`, headers });
const refusal = ({ body }: Answered): { code: string } => JSON.parse(body.toString());

describe('a question', () => {
  test('is told to the controller as the node of the certificate, and answered', async () => {
    const answered = await ask(question);
    expect([answered.status, JSON.parse(answered.body.toString())]).toEqual([200, { ignored: false }]);
    expect(await site.agents.heard('ask')).toEqual([node.nodeId, question]);
  });

  test('that the controller refuses is answered with code and remedy', async () => {
    site.agents.fails = { ask: new Fault('AssociationExecutionDoesNotExist', { executionId: question.executionId }) };
    const answered = await ask(question);
    expect(answered.status).toBe(403);
    expect(refusal(answered)).toMatchObject({
      code: 'AssociationExecutionDoesNotExist',
      title: expect.any(String),
      remedy: expect.any(String),
    });
  });

  test('that came a moment early is to be asked again', async () => {
    site.agents.fails = { ask: new Fault('E-QUESTION-EARLY', { executionId: question.executionId }) };
    expect((await ask(question)).status).toBe(503);
  });

  test('that meets a bug of ours gets a reference, and nothing of what it was', async () => {
    site.agents.fails = { ask: new Error('secret detail') };
    const answered = await ask(question);
    expect(answered.status).toBe(422);
    expect(answered.body.toString()).not.toContain('secret detail');
    expect(site.log.join('')).toContain('secret detail');
  });

  test.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['an unknown kind', { ...question, ask: 'secrets' }],
    ['a node of its own', { ...question, nodeId: 'mi-0000000000000000f' }],
    ['an execution that is no id', { ...question, executionId: '../../x' }],
    ['a package whose name is a list', { ...question, ask: 'package', name: [], version: '1', machine: {} }],
  ])('with %s is refused before the controller hears of it', async (_what, body) => {
    const answered = await ask(body);
    expect(answered.status).toBe(400);
    expect(refusal(answered)).toMatchObject({ code: 'E-QUESTION-INVALID' });
    expect(site.agents.calls()).not.toContain('ask');
  });

  test('that is too large is refused, and not kept in memory', async () => {
    const large = ask({ ...question, upload: { text: 'x'.repeat(MAX_QUESTION_BYTES) } });
    // The end of the connection may reach the peer before its own last byte has left it.
    const status = await large.then(
      (answered) => answered.status,
      (cause: NodeJS.ErrnoException) => cause.code,
    );
    expect([400, 'EPIPE', 'ECONNRESET']).toContain(status);
    expect(site.agents.calls()).not.toContain('ask');
  });
});

describe('a file', () => {
  test('is sent whole, or from where the node has it already', async () => {
    const whole = await fetchBlob(blob.sha256);
    expect([whole.status, whole.body.equals(blob.bytes)]).toEqual([200, true]);
    const rest = await fetchBlob(blob.sha256, { range: 'bytes=299990-' });
    expect([rest.status, rest.headers['content-range']]).toEqual([206, 'bytes 299990-299999/300000']);
    expect(rest.body.equals(blob.bytes.subarray(299_990))).toBe(true);
  });

  test.each([
    ['bytes=300000-', 416],
    ['bytes=999999999999-', 416],
    ['bytes=0-', 200],
    ['bytes=-5', 200],
    ['bytes=5-10', 200],
    ['bytes=1e3-', 200],
    ['words=5-', 200],
  ])('asked for by the range %s is answered with %d', async (range, status) => {
    expect((await fetchBlob(blob.sha256, { range })).status).toBe(status);
  });

  test.each([
    'f'.repeat(64),
    '..%2f..%2fetc%2fpasswd',
    '../../../etc/passwd',
    `${'a'.repeat(64)}/../x`,
    'A'.repeat(64),
    `${'a'.repeat(63)}%00`,
    '',
  ])('that is none (%s) is not found, whatever its name', async (name) => {
    const answered = await fetchBlob(name);
    expect([answered.status, refusal(answered).code]).toEqual([404, 'E-BLOB-UNKNOWN']);
    const known = site.agents.told.filter(({ call }) => call === 'blob').map(({ given }) => given[1]);
    expect(known.filter((sha256) => !/^[0-9a-f]{64}$/.test(String(sha256)))).toEqual([]);
  });
});

describe('nobody without an admitted certificate', () => {
  test('gets an answer or a file', async () => {
    const stranger = site.stranger();
    expect([(await ask(question, stranger)).status, (await fetchBlob(blob.sha256, {}, stranger)).status]).toEqual([401, 401]);
    site.agents.refuses = 'revoked';
    expect([(await ask(question)).status, (await fetchBlob(blob.sha256)).status]).toEqual([403, 403]);
    expect(site.agents.calls().filter((call) => call === 'ask' || call === 'blob')).toEqual([]);
  });
});

test('a node has four questions on their way at a time, the next is put off, and others are not held up by it', async () => {
  const { ask: plainAsk } = site.agents;
  const { promise, resolve } = Promise.withResolvers<void>();
  const four = Promise.withResolvers<void>();
  let waiting = 0;
  site.agents.ask = async (...given) => {
    if (given[0] === node.nodeId) {
      waiting += 1;
      if (waiting === 4) four.resolve();
      await promise;
    }
    return plainAsk.apply(site.agents, given);
  };
  const held = [1, 2, 3, 4].map(() => ask(question));
  await four.promise;
  expect((await ask(question)).status).toBe(429);
  expect((await fetchBlob(blob.sha256)).status).toBe(200);
  const other = await site.node('mi-0123456789abcdef1');
  expect((await ask(question, other)).status).toBe(200);
  resolve();
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  site.agents.ask = plainAsk;
  expect((await ask(question)).status).toBe(200);
});

/** A question that is begun and never ended; `status` is what it is told all the same. */
function beginQuestion(peer: PeerOptions, bytes: number): { status: Promise<number>; drop(): void } {
  const { port, ...tls } = peer;
  const sent = request({ host: '127.0.0.1', port, ...tls, servername: HUB_SERVER_NAME, path: '/ask', method: 'POST', agent: false });
  sent.on('error', () => undefined);
  sent.write('x'.repeat(bytes));
  const status = new Promise<number>((resolve) => {
    sent.once('response', (response) => resolve(response.resume().statusCode ?? 0));
  });
  return { status, drop: () => sent.destroy() };
}

test('nodes that begin large questions and do not end them fill no memory: what is too much is put off, and others are answered', async () => {
  const second = await site.node('mi-0123456789abcdef2');
  const begun = [node, node, node, second, second, second].map((peer) => beginQuestion(peer, MAX_QUESTION_BYTES - 1000));
  expect(await Promise.race(begun.map(({ status }) => status))).toBe(429);
  const third = await site.node('mi-0123456789abcdef3');
  expect((await ask(question, third)).status).toBe(200);
  for (const { drop } of begun) drop();
});

test('a node that asks without end is put off for the rest of the minute, and others are not', async () => {
  const restless = await site.node('mi-0123456789abcdef4');
  const statuses = new Set<number>();
  for (let asked = 0; asked < 640 && !statuses.has(429); asked += 1) statuses.add((await ask(question, restless)).status);
  expect([...statuses]).toEqual([200, 429]);
  expect((await ask(question, await site.node('mi-0123456789abcdef5'))).status).toBe(200);
});
