import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NodeId } from '../../../../agent/protocol/ids.ts';
import { MAX_FRAME_BYTES } from '../../../../agent/protocol/messages.ts';
import { Fault } from '../../../../electron/domain/faults.ts';
import { makeRequest } from '../../../fakes/test-authority.ts';
import { messageTypes, sampleMessage } from './agent-messages.ts';
import { AgentPeer, sendRaw, textFrame, upgradeWithFrame } from './agent-peer.ts';
import { SITE_ID, TestHub } from './test-hub.ts';

const NODE_ID = NodeId.parse('mi-0123456789abcdef0');
const OTHER_ID = 'mi-fedcba98765432100';

let site: TestHub;
beforeEach(async () => {
  site = await TestHub.start();
});
afterEach(() => site.stop());

const connected = async () => site.connect(await site.node(NODE_ID));

describe('a session', () => {
  test('begins with hello and welcome; from then on the node is connected', async () => {
    site.agents.storedSequence = 41;
    const peer = new AgentPeer(await site.node(NODE_ID));
    expect(await peer.greet()).toEqual({
      type: 'welcome',
      at: site.clock.now().toISOString(),
      siteId: SITE_ID,
      storedSequence: 41,
      heartbeatSeconds: 30,
    });
    expect(site.agents.calls()).toEqual(['admit', 'hello', 'connected']);
    expect(site.hub.link.isConnected(NODE_ID)).toBe(true);
    expect(site.hub.link.connectedNodes()).toEqual([NODE_ID]);
  });

  test('is not connected before its hello, whatever else it has sent', async () => {
    const peer = await new AgentPeer(await site.node(NODE_ID)).open();
    expect(site.hub.link.isConnected(NODE_ID)).toBe(false);
    expect(site.hub.link.send(NODE_ID, { type: 'stored', sequence: 1 })).toBe(false);
    peer.socket.terminate();
  });

  test.each(messageTypes.filter((type) => type !== 'hello'))('that begins with %s is closed', async (type) => {
    const peer = await new AgentPeer(await site.node(NODE_ID)).open();
    peer.say(sampleMessage(type));
    expect(await peer.closed).toEqual({ code: 4400, reason: 'the first message must be hello' });
    expect(site.agents.calls()).toEqual(['admit']);
  });

  test('of another version of the protocol is told so, even when its hello has what we do not know', async () => {
    const peer = await new AgentPeer(await site.node(NODE_ID)).open();
    peer.say(sampleMessage('hello', { protocolVersion: 2, flavour: 'new' }));
    expect(await peer.closed).toEqual({ code: 4426, reason: 'this controller speaks version 1 of the protocol' });
    expect(site.agents.calls()).toEqual(['admit']);
  });

  test('that says hello twice is closed', async () => {
    const peer = await connected();
    peer.say(sampleMessage('hello'));
    expect((await peer.closed).code).toBe(4400);
  });

  test('hands each message to the controller, in order, and sends what the controller says', async () => {
    const peer = await connected();
    for (const type of ['heartbeat', 'report', 'output'] as const) peer.say(sampleMessage(type));
    await site.agents.heard('output');
    expect(site.agents.calls()).toEqual(['admit', 'hello', 'connected', 'heartbeat', 'reports', 'output']);
    expect(site.hub.link.send(NODE_ID, { type: 'stored', sequence: 7 })).toBe(true);
    expect(await peer.next()).toEqual({ type: 'stored', sequence: 7 });
  });

  test('renews its certificate', async () => {
    const peer = await connected();
    peer.say(sampleMessage('renewal'));
    expect(await peer.next()).toEqual({ type: 'renewed', certificate: 'renewed certificate' });
    expect(await site.agents.heard('renew')).toEqual([NODE_ID, '-----BEGIN CERTIFICATE REQUEST-----']);
  });

  test('says the key that its node proves, and after a renewal the new one', async () => {
    expect(site.hub.link.publicKeyOf(NODE_ID)).toBeNull();
    const node = await site.node(NODE_ID);
    const peer = await site.connect(node);
    const keyOf = (certificate: string) => new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'pem' });
    expect(site.hub.link.publicKeyOf(NODE_ID)).toBe(keyOf(String(node.cert)));
    const { csr } = await makeRequest();
    const { pem } = await site.authority.issue(csr, NODE_ID);
    site.agents.renewal = Promise.resolve(pem);
    peer.say(sampleMessage('renewal'));
    await peer.next();
    expect(site.hub.link.publicKeyOf(NODE_ID)).toBe(keyOf(pem));
  });

  test('that asks for a second renewal before the first is answered is closed', async () => {
    const first = Promise.withResolvers<string>();
    site.agents.renewal = first.promise;
    const peer = await connected();
    peer.say(sampleMessage('renewal'));
    peer.say(sampleMessage('renewal'));
    expect(await peer.closed).toEqual({ code: 4400, reason: 'a renewal is under way' });
    first.resolve('too late');
    expect(site.agents.calls().filter((call) => call === 'renew')).toHaveLength(1);
  });

  test('ends for the controller when the agent goes away', async () => {
    const peer = await connected();
    peer.socket.terminate();
    expect(await site.agents.heard('disconnected')).toEqual([NODE_ID]);
    expect(site.hub.link.isConnected(NODE_ID)).toBe(false);
  });

  test('is closed by the controller with a code and a reason, and is over at once', async () => {
    const peer = await connected();
    site.hub.link.close(NODE_ID, { code: 4403, reason: 'é'.repeat(100) });
    expect(site.hub.link.isConnected(NODE_ID)).toBe(false);
    expect(await peer.closed).toEqual({ code: 4403, reason: 'é'.repeat(61) });
    expect(site.agents.calls().filter((call) => call === 'disconnected')).toHaveLength(1);
  });

  test('answers pings', async () => {
    const peer = await connected();
    peer.socket.ping('are you there?');
    expect(String((await once(peer.socket, 'pong'))[0])).toBe('are you there?');
  });
});

describe('the identity of a node', () => {
  test.each(messageTypes)('is its certificate’s: %s cannot name another', async (type) => {
    const peer = type === 'hello' ? await new AgentPeer(await site.node(NODE_ID)).open() : await connected();
    peer.say(sampleMessage(type, { nodeId: OTHER_ID }));
    const { code } = await peer.closed;
    expect(code).toBe(4400);
    expect(JSON.stringify(site.agents.told)).not.toContain(OTHER_ID);
  });

  test('goes with every call to the controller, for two nodes at once', async () => {
    const [one, other] = [await connected(), await site.connect(await site.node(OTHER_ID))];
    for (const peer of [one, other]) {
      for (const type of messageTypes.filter((candidate) => candidate !== 'hello')) peer.say(sampleMessage(type));
      await peer.next();
    }
    const given = site.agents.told.filter(({ call }) => call !== 'admit').map((told) => told.given[0]);
    // One for each message, and one for being connected.
    const calls = messageTypes.length + 1;
    expect(given.filter((nodeId) => nodeId === NODE_ID)).toHaveLength(calls);
    expect(given.filter((nodeId) => nodeId === OTHER_ID)).toHaveLength(calls);
    expect(given).toHaveLength(2 * calls);
  });
});

describe('a newer connection of the same node', () => {
  test('takes over: the older is told so, and the controller hears its end first', async () => {
    const node = await site.node(NODE_ID);
    const older = await site.connect(node);
    const newer = await site.connect(node);
    expect((await older.closed).code).toBe(4409);
    expect(site.agents.calls().slice(3)).toEqual(['admit', 'disconnected', 'hello', 'connected']);
    site.hub.link.send(NODE_ID, { type: 'stored', sequence: 3 });
    expect(await newer.next()).toEqual({ type: 'stored', sequence: 3 });
  });

  test('leaves the older alone until it has said a hello that counts', async () => {
    const node = await site.node(NODE_ID);
    const older = await site.connect(node);
    const newer = await new AgentPeer(node).open();
    newer.say('{}');
    await newer.closed;
    expect(site.hub.link.isConnected(NODE_ID)).toBe(true);
    site.hub.link.send(NODE_ID, { type: 'stored', sequence: 3 });
    expect(await older.next()).toEqual({ type: 'stored', sequence: 3 });
  });

  test('is not ended by what the older still sends', async () => {
    const node = await site.node(NODE_ID);
    const older = await site.connect(node);
    older.socket.pause();
    const newer = await site.connect(node);
    for (let count = 0; count < 10; count += 1) older.say(sampleMessage('heartbeat'));
    older.socket.resume();
    // Its answer to the close frame comes behind the heartbeats.
    await older.closed;
    newer.say(sampleMessage('output'));
    await site.agents.heard('output');
    expect(site.agents.calls()).not.toContain('heartbeat');
    expect(site.hub.link.isConnected(NODE_ID)).toBe(true);
  });
});

describe('a frame that is no message closes its session, and no other', () => {
  test.each<[string, string | Buffer, RegExp]>([
    ['that is not JSON', 'not json', /not JSON/],
    ['that ends in the middle of its JSON', sampleMessage('heartbeat').slice(0, 20), /not JSON/],
    ['that is binary', Buffer.from(sampleMessage('heartbeat')), /binary/],
    ['of an unknown type', '{"type":"shutdown"}', /not a message/],
    ['with a field too many', sampleMessage('heartbeat', { extra: 1 }), /not a message/],
    ['with a field that is wrong', sampleMessage('heartbeat', { at: 'yesterday' }), /at at/],
    ['that is a list', '[]', /not a message/],
    ['that pollutes a prototype', '{"type":"heartbeat","at":"2027-03-01T10:00:00Z","__proto__":{"a":1}}', /not a message/],
  ])('%s', async (_what, frame, reason) => {
    const other = await site.connect(await site.node(OTHER_ID));
    const peer = await connected();
    peer.say(frame);
    const closed = await peer.closed;
    expect(closed.code).toBe(4400);
    expect(closed.reason).toMatch(reason);
    expect(site.agents.calls()).not.toContain('heartbeat');
    other.say(sampleMessage('heartbeat'));
    expect(await site.agents.heard('heartbeat')).toEqual([OTHER_ID]);
  });

  test('that is cut off by the end of the connection', async () => {
    const half = textFrame(sampleMessage('heartbeat').slice(0, 10), 60);
    const bytes = Buffer.concat([upgradeWithFrame(sampleMessage('hello')), half]);
    expect(await sendRaw(await site.node(NODE_ID), bytes, 'welcome')).toContain('HTTP/1.1 101');
    expect(await site.agents.heard('disconnected')).toEqual([NODE_ID]);
    expect(site.agents.calls()).toEqual(['admit', 'hello', 'connected', 'disconnected']);
  });

  test('that is larger than a frame may be', async () => {
    const peer = await connected();
    peer.say('x'.repeat(MAX_FRAME_BYTES + 1));
    expect((await peer.closed).code).toBe(1009);
  });

  test('that is not UTF-8', async () => {
    const peer = await connected();
    peer.socket.send(Buffer.from([0x22, 0xff, 0xfe, 0x22]), { binary: false });
    expect((await peer.closed).code).toBe(1007);
  });
});

describe('a failure of the controller', () => {
  test.each(['hello', 'connected', 'heartbeat', 'reports', 'output', 'renew'] as const)(
    'in %s ends that session alone, and is in the log',
    async (call) => {
      const other = await site.connect(await site.node(OTHER_ID));
      site.agents.fails = { [call]: new Error('a bug') };
      const peer = await new AgentPeer(await site.node(NODE_ID)).open();
      for (const type of messageTypes) peer.say(sampleMessage(type));
      expect(await peer.closed).toEqual({ code: 1011, reason: 'the controller met a fault of its own' });
      expect(site.log.join('\n')).toContain('a bug');
      site.agents.fails = {};
      other.say(sampleMessage('renewal'));
      expect(await other.next()).toEqual({ type: 'renewed', certificate: 'renewed certificate' });
    },
  );

  test('to store, because its disk is full, tells the agent to keep everything', async () => {
    site.agents.fails = { reports: new Fault('E-DISK-FULL', { cause: 'ENOSPC' }) };
    const peer = await connected();
    peer.say(sampleMessage('report'));
    expect((await peer.closed).code).toBe(4507);
  });

  test('to accept a renewal is told with the fault’s own words', async () => {
    site.agents.fails = { renew: new Fault('E-ENROLL-REQUEST', { problem: 'its key is not an ECDSA P-256 key' }) };
    const peer = await connected();
    peer.say(sampleMessage('renewal'));
    expect(await peer.closed).toEqual({
      code: 4400,
      reason: 'The enrollment request is not valid: its key is not an ECDSA P-256 key.',
    });
  });

  test('when a node leaves does not stop the hub', async () => {
    site.agents.fails = { disconnected: new Error('a bug') };
    const peer = await connected();
    peer.socket.terminate();
    await site.agents.heard('disconnected');
    site.agents.fails = {};
    expect((await connected()).socket.readyState).toBe(1);
  });

  test('to look a certificate up lets nobody in', async () => {
    site.agents.fails = { admit: new Error('a bug') };
    expect(await sendRaw(await site.node(NODE_ID), upgradeWithFrame(sampleMessage('hello')))).toMatch(/^HTTP\/1\.1 503 /);
    expect(site.agents.calls()).toEqual(['admit']);
  });
});
