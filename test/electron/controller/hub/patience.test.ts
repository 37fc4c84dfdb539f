import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { NodeId } from '../../../../agent/protocol/ids.ts';
import type { HubOptions } from '../../../../electron/controller/hub/listener.ts';
import { startHub } from '../../../../electron/controller/hub/listener.ts';
import { Fault } from '../../../../electron/domain/faults.ts';
import { sampleMessage } from './agent-messages.ts';
import { AgentPeer, sendRaw } from './agent-peer.ts';
import { SITE_ID, TestHub } from './test-hub.ts';

const NODE_ID = NodeId.parse('mi-0123456789abcdef0');

let site: TestHub;
const start = async (settings: Partial<HubOptions> = {}): Promise<TestHub> => {
  site = await TestHub.start(settings);
  return site;
};
afterEach(() => site.stop());

/** Until the hub has read what the peer sent before. */
const isHeard = async (peer: AgentPeer): Promise<void> => {
  peer.socket.ping();
  await once(peer.socket, 'pong');
};

describe('a session that went silent', () => {
  test('is ended when three heartbeats are late', async () => {
    await start({ heartbeatSeconds: 30 });
    const peer = await site.connect(await site.node(NODE_ID));
    await isHeard(peer);
    site.clock.advance({ seconds: 89 });
    expect(site.hub.link.isConnected(NODE_ID)).toBe(true);
    site.clock.advance({ seconds: 11 });
    expect(site.hub.link.isConnected(NODE_ID)).toBe(false);
    expect((await peer.closed).code).toBe(1006);
    expect(site.log.join('\n')).toContain('"because":"silent"');
  });

  test('is kept as long as anything comes', async () => {
    await start({ heartbeatSeconds: 30 });
    const peer = await site.connect(await site.node(NODE_ID));
    for (let count = 0; count < 5; count += 1) {
      peer.say(sampleMessage('heartbeat'));
      await isHeard(peer);
      site.clock.advance({ seconds: 80 });
    }
    expect(site.hub.link.isConnected(NODE_ID)).toBe(true);
    peer.socket.terminate();
  });

  test('is not ended by a clock that jumps', async () => {
    await start();
    const peer = await site.connect(await site.node(NODE_ID));
    site.clock.jump(new Date(site.clock.now().getTime() + 24 * 60 * 60 * 1000));
    expect(site.hub.link.isConnected(NODE_ID)).toBe(true);
    peer.socket.terminate();
  });

  test('before its hello is ended after ten seconds, whatever bytes it sends', async () => {
    await start();
    const peer = await new AgentPeer(await site.node(NODE_ID)).open();
    for (let count = 0; count < 3; count += 1) {
      await isHeard(peer);
      site.clock.advance({ seconds: 5 });
    }
    expect((await peer.closed).code).toBe(1006);
    expect(site.log.join('\n')).toContain('"because":"no-hello"');
    expect(site.agents.calls()).toEqual(['admit']);
  });
});

describe('a node that does not read', () => {
  test('is cut off when too much waits for it', async () => {
    await start({ limits: { unsentBytes: 1024 * 1024 } });
    const peer = await site.connect(await site.node(NODE_ID));
    peer.socket.pause();
    const order = { type: 'run', order: 'x'.repeat(800_000), signature: 'AAAA' } as const;
    let sent = 0;
    while (site.hub.link.send(NODE_ID, order) && sent < 100) sent += 1;
    expect(sent).toBeLessThan(100);
    expect(site.hub.link.isConnected(NODE_ID)).toBe(false);
    expect(await site.agents.heard('disconnected')).toEqual([NODE_ID]);
    expect(site.log.join('\n')).toContain('"because":"slow-reader"');
  });
});

describe('a stranger', () => {
  test('that says nothing after the handshake is cut off', async () => {
    await start({ limits: { headersMilliseconds: 200 } });
    expect(await sendRaw(site.stranger(), '')).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('that does not even shake hands is cut off', async () => {
    await start({ limits: { handshakeMilliseconds: 200 } });
    const socket = connect(site.hub.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'close');
    expect(site.agents.calls()).toEqual([]);
  });

  test('finds no room when there are too many, until one of them leaves', async () => {
    await start({ limits: { strangers: 3 } });
    const waiting: Socket[] = [];
    for (let count = 0; count < 3; count += 1) {
      const socket = connect(site.hub.port, '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      waiting.push(socket);
    }
    const refused = new AgentPeer(await site.node(NODE_ID));
    expect((await refused.closed).code).toBe(1006);
    const closed = waiting.map((socket) => once(socket, 'close'));
    for (const socket of waiting) socket.end();
    await Promise.all(closed);
    const peer = await site.connect(await site.node(NODE_ID));
    peer.socket.terminate();
  });

  test('finds no room when there are too many from its address', async () => {
    await start({ limits: { strangersPerAddress: 1 } });
    const first = connect(site.hub.port, '127.0.0.1');
    await once(first, 'connect');
    const refused = new AgentPeer(await site.node(NODE_ID));
    expect((await refused.closed).code).toBe(1006);
    first.destroy();
  });

  test('takes no room from nodes, and a connected node none from strangers', async () => {
    await start({ limits: { strangers: 1 } });
    const one = await site.connect(await site.node(NODE_ID));
    const other = await site.connect(await site.node('mi-fedcba98765432100'));
    expect(site.hub.link.connectedNodes()).toHaveLength(2);
    one.socket.terminate();
    other.socket.terminate();
  });
});

describe('the hub', () => {
  test('tells its sessions that it will be back when it closes, and takes no more connections', async () => {
    await start();
    const peer = await site.connect(await site.node(NODE_ID));
    await site.hub.close();
    expect((await peer.closed).code).toBe(4503);
    expect(site.agents.calls().at(-1)).toBe('disconnected');
    expect(await sendRaw(site.stranger(), '')).toContain('ECONNREFUSED');
    await start();
  });

  test('closes within seconds though peers do not answer', async () => {
    await start();
    const node = await site.node(NODE_ID);
    const deaf = await site.connect(node);
    deaf.socket.pause();
    const silent = connect(site.hub.port, '127.0.0.1');
    silent.on('error', () => undefined);
    await once(silent, 'connect');
    const before = performance.now();
    await site.hub.close();
    expect(performance.now() - before).toBeLessThan(3_000);
    deaf.socket.terminate();
    await start();
  });

  test('gets a new certificate while it runs; open sessions stay, new ones see it', async () => {
    await start();
    const node = await site.node(NODE_ID);
    const peer = await site.connect(node);
    const before = site.authority.serverCredentials();
    const renewed = new Promise<void>((resolve) => {
      const renew = site.authority.renewServerCredentials;
      site.authority.renewServerCredentials = async () => {
        // Dated by a clock that TLS does not share, it would not be valid yet.
        site.clock.set(new Date());
        const credentials = await renew();
        setImmediate(resolve);
        return credentials;
      };
    });
    site.clock.jump(before.renewAt);
    await renewed;
    expect(site.authority.serverCredentials().cert).not.toBe(before.cert);
    expect(site.hub.link.isConnected(NODE_ID)).toBe(true);
    const next = await site.connect(await site.node('mi-fedcba98765432100'));
    peer.socket.terminate();
    next.socket.terminate();
  });

  test('says which port is taken, and by which option to choose another', async () => {
    await start();
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { authority, agents, clock } = site;
    const log = { info: () => undefined, error: () => undefined };
    const starting = startHub({ host: '127.0.0.1', port, authority, agents, clock, log, siteId: SITE_ID });
    await expect(starting).rejects.toEqual(expect.objectContaining({ constructor: Fault, code: 'E-PORT-IN-USE' }));
    await expect(starting).rejects.toThrow(String(port));
    squatter.close();
  });
});
