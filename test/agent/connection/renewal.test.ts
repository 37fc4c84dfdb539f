import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { A_NODE } from '../../builders/run-order.ts';
import { AgentClock } from '../../fakes/agent-clock.ts';
import { makeRequest, TestAuthority } from '../../fakes/test-authority.ts';
import { TestHub } from '../../fakes/test-hub.ts';
import { ConnectedAgent } from './connected-agent.ts';

const DAY = 24 * 60 * 60 * 1000;

/** An agent whose certificate is `ageDays` old and lives 60 days. */
async function anAgent({ ageDays }: { ageDays: number }) {
  const hub = await TestHub.start();
  const notBefore = new Date(Date.now() - ageDays * DAY);
  const identity = await hub.identity({ notBefore, notAfter: new Date(notBefore.getTime() + 60 * DAY) });
  const agent = await ConnectedAgent.start({ hub, identity, clock: new AgentClock(new Date()) });
  const session = await hub.nextSession();
  await session.welcome();
  await agent.log.logged('connected');
  return { agent, hub, session, identity };
}

describe('a certificate', () => {
  test('is renewed with a new key at two thirds of its life, and used from the next connection on', async () => {
    const { agent, hub, session, identity } = await anAgent({ ageDays: 41 });
    const { csr } = await session.message('renewal');
    session.send({ type: 'renewed', certificate: await hub.authority.certify(csr, { commonName: A_NODE }) });
    await agent.log.logged('certificate renewed');
    const { key, certificate } = agent.identity.current;
    expect(key).not.toBe(identity.key);
    expect(agent.identity.current.previousKey).toBe(identity.key);
    expect(new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(session.closed).toBeNull();
    session.cut();
    const next = await hub.nextSession();
    await next.welcome();
    expect(next.tls.getPeerX509Certificate()?.fingerprint256).toBe(new X509Certificate(certificate).fingerprint256);
    expect(next.received.map(({ type }) => type)).not.toContain('renewal');
  });

  test('is not renewed before', async () => {
    const { agent, session } = await anAgent({ ageDays: 39 });
    agent.clock.advance(60);
    await session.message('heartbeat');
    expect(session.received.map(({ type }) => type)).toEqual(['hello', 'heartbeat']);
  });

  test('that comes to its time while the session lasts is renewed then', async () => {
    const { agent, session } = await anAgent({ ageDays: 39 });
    agent.clock.advance(2 * 24 * 60 * 60);
    await session.message('renewal');
  });

  test('is asked for once, again after an hour, and again in a new session', async () => {
    const { agent, hub, session } = await anAgent({ ageDays: 41 });
    await session.message('renewal');
    agent.clock.advance(60);
    await session.message('heartbeat');
    agent.clock.advance(60 * 60);
    await session.message('renewal', 1);
    session.cut();
    const next = await hub.nextSession();
    await next.welcome();
    await next.message('renewal');
  });

  test.each(['for another key', 'of another authority', 'that is none'])('%s is not taken', async (kind) => {
    const { agent, hub, session, identity } = await anAgent({ ageDays: 41 });
    const { csr } = await session.message('renewal');
    const certificates = new Map([
      ['for another key', await hub.authority.certify((await makeRequest()).csr, { commonName: A_NODE })],
      ['of another authority', await (await TestAuthority.create()).certify(csr, { commonName: A_NODE })],
      ['that is none', 'no certificate'],
    ]);
    session.send({ type: 'renewed', certificate: certificates.get(kind)! });
    expect((await session.end()).code).toBe(4400);
    expect(agent.identity.current).toEqual(identity);
  });
});
