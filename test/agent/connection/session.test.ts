import { describe, expect, test } from 'vitest';
import { ExecutionId } from '../../../agent/protocol/ids.ts';
import type { Report } from '../../../agent/protocol/reports.ts';
import { anAgentStore } from '../../builders/agent-folder.ts';
import { A_NODE } from '../../builders/run-order.ts';
import { TestAuthority } from '../../fakes/test-authority.ts';
import { TestHub } from '../../fakes/test-hub.ts';
import { facts } from '../runner/running-agent.ts';
import { ConnectedAgent } from './connected-agent.ts';

const EXECUTION = ExecutionId.parse('0192a1b2-0000-7000-8000-000000000001');

function aReport(message = 'text'): Report {
  return { kind: 'execution-refused', executionId: EXECUTION, at: '2026-01-01T00:00:00.000Z', code: 'x', message };
}

describe('a session', () => {
  test('begins with who this is, over TLS 1.3 with the node’s certificate', async () => {
    const agent = await ConnectedAgent.start();
    const session = await agent.hub.nextSession();
    expect(await session.welcome()).toMatchObject({
      type: 'hello',
      protocolVersion: 1,
      agentVersion: '0.1.0',
      facts,
      bootId: 'boot-1',
      outboxDepth: 0,
    });
    expect(session.tls.getProtocol()).toBe('TLSv1.3');
    expect(session.tls.getPeerCertificate().subject.CN).toBe(A_NODE);
  });

  test('tells nothing before it is welcome', async () => {
    const store = await anAgentStore();
    store.transaction(() => store.outbox.append(aReport()));
    const agent = await ConnectedAgent.start({ store });
    const session = await agent.hub.nextSession();
    expect((await session.message('hello')).outboxDepth).toBe(1);
    agent.report(aReport());
    expect(session.received.map(({ type }) => type)).toEqual(['hello']);
    await session.welcome();
    expect((await session.message('report')).reports.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  test('passes orders and cancels on', async () => {
    const agent = await ConnectedAgent.start();
    const session = await agent.hub.nextSession();
    await session.welcome();
    session.send({ type: 'run', order: '{"an":"order"}', signature: 'AAAA' });
    await agent.commanded();
    session.send({ type: 'cancel', executionId: EXECUTION, reason: 'not needed' });
    await agent.commanded();
    expect(agent.orders).toEqual([{ order: '{"an":"order"}', signature: 'AAAA' }]);
    expect(agent.cancels).toEqual([{ executionId: EXECUTION, reason: 'not needed' }]);
  });

  test.each(['', 'not json', '{}', '{"type":"welcome"}', '{"type":"stored","sequence":-1}', '{"type":"restart-yourself"}'])(
    'is ended by the frame %j, and by nothing else',
    async (text) => {
      const agent = await ConnectedAgent.start();
      const session = await agent.hub.nextSession();
      await session.welcome();
      session.sendText(text);
      expect((await session.end()).code).toBe(4400);
      await (await agent.hub.nextSession()).welcome();
      expect(agent.fatal).toBeNull();
    },
  );

  test('is ended by a message out of turn', async () => {
    const agent = await ConnectedAgent.start();
    const first = await agent.hub.nextSession();
    await first.message('hello');
    first.send({ type: 'cancel', executionId: EXECUTION, reason: '' });
    expect(await first.end()).toMatchObject({ code: 4400, reason: 'cancel out of turn' });
    const second = await agent.hub.nextSession();
    await second.welcome();
    await second.welcome();
    expect(await second.end()).toMatchObject({ code: 4400, reason: 'welcome out of turn' });
    expect(agent.cancels).toEqual([]);
  });

  test('is ended by a controller that has stored what was never made, and nothing is forgotten', async () => {
    const agent = await ConnectedAgent.start();
    const session = await agent.hub.nextSession();
    await session.welcome();
    agent.report(aReport());
    await session.message('report');
    session.send({ type: 'stored', sequence: 2 });
    expect((await session.end()).code).toBe(4400);
    expect(agent.store.outbox.depth()).toBe(1);
  });

  test('has a heartbeat', async () => {
    const agent = await ConnectedAgent.start();
    const session = await agent.hub.nextSession();
    await session.welcome({ heartbeatSeconds: 60 });
    await agent.log.logged('connected');
    agent.clock.advance(60);
    expect((await session.message('heartbeat')).at).toBe(agent.clock.now().toISOString());
    await session.until(() => session.received.at(-1)?.type === 'heartbeat');
    agent.clock.advance(60);
    await session.message('heartbeat', 1);
  });

  test('is given up when the other end is silent, and the next one is tried', async () => {
    const agent = await ConnectedAgent.start();
    const session = await agent.hub.nextSession();
    await session.welcome({ heartbeatSeconds: 60 });
    await agent.log.logged('connected');
    session.freeze();
    for (let beats = 0; beats < 3; beats += 1) agent.clock.advance(60);
    await (await agent.hub.nextSession()).welcome();
    expect(agent.log.lines.map(({ event }) => event)).toContain('controller is silent');
  });

  test('is given up when no welcome comes', async () => {
    const agent = await ConnectedAgent.start();
    const session = await agent.hub.nextSession();
    await session.message('hello');
    agent.clock.advance(15);
    expect((await session.end()).code).toBe(4400);
    await (await agent.hub.nextSession()).welcome();
  });
});

describe('the connection', () => {
  test('comes back when it was cut, and when the controller was away', async () => {
    const agent = await ConnectedAgent.start();
    const first = await agent.hub.nextSession();
    await first.welcome();
    first.cut();
    const second = await agent.hub.nextSession();
    await second.welcome();
    await agent.hub.close();
    await agent.hub.listen();
    await (await agent.hub.nextSession()).welcome();
  });

  test('does not come back for five minutes when the node is revoked, and says why', async () => {
    const agent = await ConnectedAgent.start();
    const session = await agent.hub.nextSession();
    await session.message('hello');
    session.close(4403, 'revoked');
    await session.end();
    expect(await agent.log.logged('not connected')).toEqual({ cause: expect.stringContaining('revoked') });
    agent.clock.advance(299);
    expect(agent.hub.sessions).toHaveLength(1);
    agent.clock.advance(1);
    await (await agent.hub.nextSession()).welcome();
  });

  test.each([
    [401, 'expired'],
    [403, 'revoked'],
  ])('waits as long when the controller answers %i, and tries more often after any other trouble', async (status, why) => {
    const hub = await TestHub.start();
    hub.refusal = status;
    const agent = await ConnectedAgent.start({ hub });
    expect(await agent.log.logged('not connected')).toEqual({ cause: expect.stringContaining(why) });
    hub.refusal = null;
    agent.clock.advance(299);
    expect(hub.sessions).toEqual([]);
    agent.clock.advance(1);
    const session = await hub.nextSession();
    await session.welcome();
    hub.refusal = 503;
    session.cut();
    await session.end();
    hub.refusal = null;
    await (await hub.nextSession()).welcome();
  });

  test('is not made to a controller of another authority', async () => {
    const hub = await TestHub.start();
    const other = await TestAuthority.create();
    const agent = await ConnectedAgent.start({ hub, identity: { ...(await hub.identity()), authority: other.certificatePem } });
    await agent.log.logged('not connected');
    expect(hub.sessions).toEqual([]);
  });

  test('is not made to a server of the same authority that is not the hub', async () => {
    const hub = await TestHub.start({ dnsName: 'printer.example' });
    const agent = await ConnectedAgent.start({ hub });
    await agent.log.logged('not connected');
    expect(hub.sessions).toEqual([]);
  });

  test('is not made with a certificate that has expired, and the agent lives on', async () => {
    const hub = await TestHub.start();
    const identity = await hub.identity({ notBefore: new Date(Date.now() - 3_600_000), notAfter: new Date(Date.now() - 60_000) });
    const agent = await ConnectedAgent.start({ hub, identity });
    const session = await hub.nextSession();
    expect(session.tls.authorized).toBe(false);
    session.close(4403);
    await session.end();
    expect(agent.fatal).toBeNull();
  });

  test('is not made with a key that cannot be read, and the agent lives on', async () => {
    const hub = await TestHub.start();
    const agent = await ConnectedAgent.start({ hub, identity: { ...(await hub.identity()), key: 'no key' } });
    await agent.log.logged('not connected');
    expect(hub.sessions).toEqual([]);
  });

  test('is closed politely when the agent stops', async () => {
    const agent = await ConnectedAgent.start();
    const session = await agent.hub.nextSession();
    await session.welcome();
    await agent.connection.stop();
    expect(await session.end()).toEqual({ code: 1000, reason: 'the agent stops' });
  });
});
