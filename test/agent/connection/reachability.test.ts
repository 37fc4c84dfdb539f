import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { ControllerDesk } from '../../../agent/connection/controller-desk.ts';
import { AgentClock } from '../../fakes/agent-clock.ts';
import { TestHub } from '../../fakes/test-hub.ts';

const { publicKey } = generateKeyPairSync('ed25519');

async function aDesk(hub: TestHub, trusted = hub): Promise<ControllerDesk> {
  const identity = { ...(await hub.identity()), authority: trusted.authority.certificatePem };
  return new ControllerDesk({ identity: () => identity, signingKey: publicKey, clock: new AgentClock(), random: () => 0 });
}

test('a controller that answers is reachable, and one that is away is not', async () => {
  const hub = await TestHub.start();
  const desk = await aDesk(hub);
  expect(await desk.isReachable(AbortSignal.timeout(5000))).toBe(true);
  await hub.close();
  expect(await desk.isReachable(AbortSignal.timeout(5000))).toBe(false);
});

test('whoever answers in the place of the controller is not it', async () => {
  const [hub, other] = await Promise.all([TestHub.start(), TestHub.start()]);
  expect(await (await aDesk(hub, other)).isReachable(AbortSignal.timeout(5000))).toBe(false);
  await Promise.all([hub.close(), other.close()]);
});
