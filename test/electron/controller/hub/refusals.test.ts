import { once } from 'node:events';
import { request } from 'node:https';
import { connect } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MAX_FRAME_BYTES } from '../../../../agent/protocol/messages.ts';
import { HUB_SERVER_NAME } from '../../../../agent/protocol/version.ts';
import { TestAuthority } from '../../../fakes/test-authority.ts';
import { messageTypes, validMessage } from './agent-messages.ts';
import { type PeerOptions, sendRaw, upgradeWithFrame } from './agent-peer.ts';
import { TestHub } from './test-hub.ts';

const NODE_ID = 'mi-0123456789abcdef0';

let site: TestHub;
beforeAll(async () => {
  site = await TestHub.start();
});
afterAll(() => site.stop());
beforeEach(() => {
  site.agents.told.length = 0;
  site.agents.refuses = null;
});

/** Everyone who must not be heard, and what they are answered. */
const intruders: Record<string, { peer: () => Promise<PeerOptions>; status: number }> = {
  'no certificate': { status: 401, peer: async () => site.stranger() },
  'a certificate of another authority of the same name': {
    status: 401,
    peer: async () => {
      const subject = 'O=Holdfast, CN=Holdfast site 7f0c1c52-4f0e-4c5b-9d0a-3f1b7a3a9f10';
      const foreign = await TestAuthority.create(subject);
      return { ...site.stranger(), ...(await foreign.issue({ commonName: NODE_ID, usage: 'client' })) };
    },
  },
  'the hub’s own server certificate': {
    status: 401,
    peer: async () => {
      const { key, cert } = site.authority.serverCredentials();
      return { ...site.stranger(), key, cert };
    },
  },
  'an expired certificate': {
    status: 401,
    peer: async () => {
      const before = site.clock.now();
      site.clock.set(new Date(before.getTime() - 61 * 24 * 60 * 60 * 1000));
      const node = await site.node(NODE_ID);
      site.clock.set(before);
      return node;
    },
  },
  'a revoked certificate': {
    status: 403,
    peer: async () => {
      site.agents.refuses = 'revoked';
      return site.node(NODE_ID);
    },
  },
};

describe.each(Object.entries(intruders))('a peer with %s', (_who, { peer, status }) => {
  test.each(messageTypes)('is refused before its %s is read', async (type) => {
    const answer = await sendRaw(await peer(), upgradeWithFrame(validMessage(type)));
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toContain('E-CERT-REQUIRED');
    expect(site.agents.calls().filter((call) => call !== 'admit')).toEqual([]);
  });

  test.each(messageTypes)('is refused before its %s is read from the body of a request', async (type) => {
    const answer = await post(await peer(), { path: '/agent', body: validMessage(type) });
    expect(answer).toEqual({ status, code: 'E-CERT-REQUIRED' });
    expect(site.agents.calls().filter((call) => call !== 'admit')).toEqual([]);
  });

  test('gets the same answer for what would not parse', async () => {
    expect(await sendRaw(await peer(), upgradeWithFrame('{"type":'))).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(await post(await peer(), { path: '/agent', body: '{"type":' })).toEqual({ status, code: 'E-CERT-REQUIRED' });
  });

  test.each(['GET /', 'GET /enroll', 'PUT /enroll', 'POST /enroll/', 'GET /agent', 'POST /anything', 'OPTIONS *'])(
    'gets nothing but the refusal for %s',
    async (line) => {
      const answer = await sendRaw(await peer(), `${line} HTTP/1.1\r\nHost: x\r\n\r\n`);
      expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    },
  );

  test('is not asked for the body that it announces', async () => {
    const head = 'POST /agent HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n';
    expect(await sendRaw(await peer(), head)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });
});

describe('only a node whose certificate the controller asked for just now', () => {
  test('is let in', async () => {
    const node = await site.node(NODE_ID);
    const peer = await site.connect(node);
    expect(site.agents.told[0]).toEqual({ call: 'admit', given: [{ serial: node.serial, nodeId: NODE_ID }] });
    peer.socket.terminate();
  });

  test('is refused at its next connection once its certificate is revoked', async () => {
    const node = await site.node(NODE_ID);
    const peer = await site.connect(node);
    peer.socket.close();
    await peer.closed;
    site.agents.refuses = 'revoked';
    expect(await sendRaw(node, upgradeWithFrame(validMessage('hello')))).toMatch(/^HTTP\/1\.1 403 /);
  });
});

test.each(messageTypes)('TLS 1.2 is refused in the handshake, so no %s is read', async (type) => {
  const answer = await sendRaw({ ...(await site.node(NODE_ID)), maxVersion: 'TLSv1.2' }, upgradeWithFrame(validMessage(type)));
  expect(answer).toContain('alert protocol version');
  expect(answer).not.toContain('HTTP');
  expect(site.agents.calls()).toEqual([]);
});

test('no TLS session is resumed, so that every connection proves its key anew', async () => {
  const node = await site.node(NODE_ID);
  const tickets: Buffer[] = [];
  const first = connect({ host: '127.0.0.1', servername: HUB_SERVER_NAME, ...node });
  first.on('session', (ticket) => tickets.push(ticket));
  first.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  first.resume();
  await once(first, 'close');
  for (const session of tickets) {
    const again = connect({ host: '127.0.0.1', servername: HUB_SERVER_NAME, ...node, session });
    await once(again, 'secureConnect');
    expect(again.isSessionReused()).toBe(false);
    again.destroy();
  }
  expect(tickets.length).toBeGreaterThan(0);
});

test('a node finds nothing but the agents’ door', async () => {
  const node = await site.node(NODE_ID);
  expect(await sendRaw(node, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/^HTTP\/1\.1 404 /);
  expect(await sendRaw(node, 'GET /agent HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/^HTTP\/1\.1 426 /);
  expect(await sendRaw(node, upgradeWithFrame(validMessage('hello'), { path: '/other' }))).toMatch(/^HTTP\/1\.1 404 /);
});

test.each(['something.else', 'holdfast.v2, other'])('a node that does not name the sub-protocol is refused: %s', async (subProtocol) => {
  const answer = await sendRaw(await site.node(NODE_ID), upgradeWithFrame(validMessage('hello'), { subProtocol }));
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(site.agents.calls()).toEqual(['admit']);
});

test('a certificate of ours that names no node is refused', async () => {
  // The hub's certificate names no node either, but it is good for a server alone; this one fails by its name.
  const foreign = await TestAuthority.create();
  const hub = await TestHub.start({
    authority: credentialsOf(foreign, await foreign.issue({ commonName: 'x', usage: 'server', dnsName: HUB_SERVER_NAME })),
  });
  const peer = {
    port: hub.hub.port,
    ca: foreign.certificatePem,
    ...(await foreign.issue({ commonName: 'administrator', usage: 'client' })),
  };
  expect(await sendRaw(peer, upgradeWithFrame(validMessage('hello')))).toMatch(/^HTTP\/1\.1 401 /);
  expect(hub.agents.calls()).toEqual([]);
  await hub.stop();
});

test('peers that are refused again and again fill no log', async () => {
  const before = site.log.length;
  site.clock.advance({ minutes: 2 });
  for (let count = 0; count < 20; count += 1) await sendRaw(site.stranger(), upgradeWithFrame('{}'));
  expect(site.log.slice(before).filter((line) => line.includes('hub.peers-refused'))).toHaveLength(1);
});

test('a frame of 2 MiB is refused, whoever sends it', async () => {
  expect(MAX_FRAME_BYTES).toBe(1024 * 1024);
  const peer = await site.connect(await site.node(NODE_ID));
  peer.say(JSON.stringify({ type: 'heartbeat', at: 'x'.repeat(2 * 1024 * 1024) }));
  expect((await peer.closed).code).toBe(1009);
  expect(site.agents.calls()).not.toContain('heartbeat');
});

function credentialsOf(authority: TestAuthority, server: { key: string; cert: string }) {
  const credentials = { ...server, ca: authority.certificatePem, renewAt: new Date('2100-01-01T00:00:00Z') };
  return { serverCredentials: () => credentials, renewServerCredentials: async () => credentials };
}

function post(peer: PeerOptions, { path, body }: { path: string; body: string }): Promise<{ status: number | undefined; code: unknown }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const asking = request({ host: '127.0.0.1', servername: HUB_SERVER_NAME, method: 'POST', agent: false, ...peer, path, headers });
    asking.on('error', reject);
    asking.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, code: JSON.parse(text).code }));
    });
    asking.end(body);
  });
}
