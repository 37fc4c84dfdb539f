import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { ControllerDesk } from '../../../agent/connection/controller-desk.ts';
import type { Identity } from '../../../agent/storage/identity-file.ts';
import { Fault } from '../../../electron/domain/faults.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { A_NODE } from '../../builders/run-order.ts';
import { TestHub } from '../../electron/controller/hub/test-hub.ts';
import { AgentClock } from '../../fakes/agent-clock.ts';

/** The node's side of a question: over real TLS to the real door, or to one of the same authority that answers wrongly on purpose. */

const QUESTION = {
  ask: 'document' as const,
  executionId: '8d9a6a4c-3d0b-4d57-9a38-3c2f8d0f6f11' as never,
  stepIndex: 0,
  name: 'Lab-Document',
  version: '$LATEST',
};
const DOCUMENT = {
  kind: 'document',
  executionId: QUESTION.executionId,
  name: 'Lab-Document',
  documentVersion: 3,
  format: 'JSON',
  source: '{}',
};

let site: TestHub;
let identity: Identity;
let signingKey: KeyObject;
let giveUp: AbortController;

beforeAll(async () => {
  site = await TestHub.start();
  const { key = '', cert = '', port, ca } = await site.node(A_NODE);
  const plain = {
    nodeId: A_NODE,
    siteId: '7f0c1c52-4f0e-4c5b-9d0a-3f1b7a3a9f10',
    siteName: 'Lab',
    controller: { host: '127.0.0.1', port },
  };
  identity = { ...plain, authority: ca, certificate: cert, key, signingKey: site.authority.signingKeyPem } as Identity;
  signingKey = createPublicKey(site.authority.signingKeyPem);
  return () => site.stop();
});

beforeEach(() => {
  giveUp = new AbortController();
  site.agents.blobs = {};
  site.agents.fails = {};
});
afterEach(() => giveUp.abort());

const aDesk = (at: Identity = identity): ControllerDesk =>
  new ControllerDesk({ identity: () => at, signingKey, clock: new AgentClock(), random: () => 0 });

const signed = (answer: unknown) => {
  const text = JSON.stringify(answer);
  return { text, signature: site.authority.sign(text) };
};

/** The controller's answer to whatever is asked next. */
function answers(answer: unknown): void {
  site.agents.ask = () => Promise.resolve(answer as never);
}

describe('an answer', () => {
  test('that the site signed for this very run is what the step gets', async () => {
    answers(signed(DOCUMENT));
    expect(await aDesk().ask(QUESTION, giveUp.signal)).toEqual(DOCUMENT);
  });

  test.each<[string, () => unknown, string]>([
    ['not signed', () => DOCUMENT, 'E-CONTROLLER-ANSWER'],
    ['signed by somebody else', () => ({ ...signed(DOCUMENT), signature: signedByAnother(JSON.stringify(DOCUMENT)) }), 'E-SIGNATURE'],
    [
      'changed after it was signed',
      () => ({ ...signed(DOCUMENT), text: JSON.stringify({ ...DOCUMENT, source: 'rm -rf /' }) }),
      'E-SIGNATURE',
    ],
    ['signed with nothing', () => ({ text: JSON.stringify(DOCUMENT), signature: '' }), 'E-SIGNATURE'],
    ['for another run', () => signed({ ...DOCUMENT, executionId: '8d9a6a4c-3d0b-4d57-9a38-3c2f8d0f6f12' }), 'E-CONTROLLER-ANSWER'],
    ['to another kind of question', () => signed({ ...DOCUMENT, kind: 'package' }), 'E-CONTROLLER-ANSWER'],
    ['no JSON inside its signature', () => ({ text: '{', signature: site.authority.sign('{') }), 'E-CONTROLLER-ANSWER'],
  ])('%s is refused', async (_what, answer, code) => {
    answers(answer());
    await expect(aDesk().ask(QUESTION, giveUp.signal)).rejects.toMatchObject({ code });
  });

  test('that is a refusal ends the step with what the controller says', async () => {
    site.agents.ask = () => Promise.reject(new Fault('InvalidDocument', { name: 'Lab-Document' }));
    await expect(aDesk().ask(QUESTION, giveUp.signal)).rejects.toMatchObject({
      code: 'E-CONTROLLER-REFUSED',
      message: 'There is no document named “Lab-Document”.',
    });
  });
});

const signedByAnother = (text: string): string =>
  sign(null, Buffer.from(text), generateKeyPairSync('ed25519').privateKey).toString('base64');

type Turn = (request: IncomingMessage, response: ServerResponse) => void;

const cut: Turn = ({ socket }) => void socket.destroy();

/** A controller of the same authority that does what a test says, one request after the other. */
async function aDoor(...turns: Turn[]): Promise<{ desk: ControllerDesk; server: Server; left: () => number }> {
  const { key, cert } = site.authority.serverCredentials();
  const server = createServer({ key, cert, ca: identity.authority, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    request.resume().on('end', () => turns.shift()?.(request, response));
  });
  server.listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { desk: aDesk({ ...identity, controller: { host: '127.0.0.1', port } }), server, left: () => turns.length };
}

const says =
  (status: number, body = ''): Turn =>
  (_request, response) =>
    void response.writeHead(status, { connection: 'close' }).end(body);

describe('a question is asked again', () => {
  test.each<[string, Turn]>([
    ['away', cut],
    ['starting', says(503)],
    ['busy', says(429)],
    ['not sure yet of the certificate', says(401)],
  ])('while the controller is %s, until it answers', async (_what, turn) => {
    const { desk, left } = await aDoor(turn, says(200, JSON.stringify(signed(DOCUMENT))));
    expect(await desk.ask(QUESTION, giveUp.signal)).toEqual(DOCUMENT);
    expect(left()).toBe(0);
  });

  test('until the step ends, which then has no answer', async () => {
    const asked = Promise.withResolvers<void>();
    const { desk } = await aDoor((request, response) => {
      cut(request, response);
      asked.resolve();
    });
    const answer = desk.ask(QUESTION, giveUp.signal);
    await asked.promise;
    giveUp.abort();
    expect(await answer).toBeNull();
  });

  test('but not after an answer that is no refusal and makes no sense', async () => {
    const { desk } = await aDoor(says(404, '<html>'));
    await expect(desk.ask(QUESTION, giveUp.signal)).rejects.toMatchObject({ code: 'E-CONTROLLER-ANSWER' });
  });

  test('and an answer without end is not taken in', async () => {
    const endless: Turn = (_request, response) => {
      response.writeHead(200, { connection: 'close' });
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024, 'x')));
      };
      response.on('drain', more).on('error', () => undefined);
      more();
    };
    const { desk } = await aDoor(endless, says(200, JSON.stringify(signed(DOCUMENT))));
    expect(await desk.ask(QUESTION, giveUp.signal)).toEqual(DOCUMENT);
  });
});

describe('a file', () => {
  const bytes = randomBytes(200_000);
  const blob = { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };

  test('is fetched from the real door and checked by its hash', async () => {
    const folder = aTemporaryPath();
    writeFileSync(`${folder}-stored`, bytes);
    site.agents.blobs = { [blob.sha256]: { file: `${folder}-stored`, size: bytes.length } };
    const file = join(folder, 'deep', 'file');
    expect(await aDesk().fetchBlob(blob, file, giveUp.signal)).toBe(true);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test('that breaks off is fetched from there on', async () => {
    const ranges: (string | undefined)[] = [];
    const file = join(aTemporaryPath(), 'file');
    const half: Turn = (request, response) => {
      ranges.push(request.headers.range);
      response.writeHead(200, { 'content-length': String(bytes.length), connection: 'close' });
      response.write(bytes.subarray(0, 120_000));
      // As soon as some of it is on the node's disk.
      const cutWhenKept = () => {
        if ((statSync(`${file}.part`, { throwIfNoEntry: false })?.size ?? 0) > 0) request.socket.destroy();
        else setImmediate(cutWhenKept);
      };
      cutWhenKept();
    };
    const rest: Turn = (request, response) => {
      ranges.push(request.headers.range);
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1]);
      response.writeHead(206, { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}`, connection: 'close' });
      response.end(bytes.subarray(from));
    };
    const { desk } = await aDoor(half, rest);
    expect(await desk.fetchBlob(blob, file, giveUp.signal)).toBe(true);
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(ranges[0]).toBeUndefined();
    expect(ranges[1]).toMatch(/^bytes=[1-9]\d*-$/);
  });

  test('with other bytes than its hash says is refused, and nothing of it is left', async () => {
    const { desk } = await aDoor(says(200, 'x'.repeat(blob.size)));
    const file = join(aTemporaryPath(), 'file');
    await expect(desk.fetchBlob(blob, file, giveUp.signal)).rejects.toMatchObject({ code: 'E-CONTROLLER-ANSWER' });
    expect([existsSync(file), existsSync(`${file}.part`)]).toEqual([false, false]);
  });

  test('of which more comes than there is of it is fetched once more', async () => {
    const whole: Turn = (_request, response) => void response.writeHead(200, { connection: 'close' }).end(bytes);
    const { desk } = await aDoor(says(200, 'y'.repeat(blob.size + 10)), whole);
    const file = join(aTemporaryPath(), 'file');
    expect(await desk.fetchBlob(blob, file, giveUp.signal)).toBe(true);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test('that the controller does not have ends the step with what it says', async () => {
    const file = join(aTemporaryPath(), 'file');
    await expect(aDesk().fetchBlob({ sha256: 'e'.repeat(64), size: 5 }, file, giveUp.signal)).rejects.toMatchObject({
      code: 'E-CONTROLLER-REFUSED',
      message: expect.stringContaining('in the package store'),
    });
  });

  test('of no bytes at all is a file all the same', async () => {
    const empty = { sha256: createHash('sha256').digest('hex'), size: 0 };
    const file = join(aTemporaryPath(), 'file');
    expect(await aDesk().fetchBlob(empty, file, giveUp.signal)).toBe(true);
    expect(readFileSync(file)).toHaveLength(0);
  });
});
