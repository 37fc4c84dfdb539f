import { describe, expect, test } from 'vitest';
import { ExecutionId } from '../../../agent/protocol/ids.ts';
import type { StreamRef } from '../../../agent/protocol/messages.ts';
import { CREDIT_WINDOW_BYTES, OUTPUT_CHUNK_BYTES } from '../../../agent/protocol/output-limits.ts';
import { anAgentStore } from '../../builders/agent-folder.ts';
import type { HubSession } from '../../fakes/test-hub.ts';
import { ConnectedAgent } from './connected-agent.ts';

const ref: StreamRef = {
  executionId: ExecutionId.parse('0192a1b2-0000-7000-8000-000000000001'),
  stepIndex: 0,
  attempt: 1,
  stream: 'stdout',
};
const NAME = '0-1-stdout';

function outputOf(session: HubSession): { offset: number; bytes: number }[] {
  return session.received.flatMap((message) =>
    message.type === 'output' ? [{ offset: message.offset, bytes: Buffer.from(message.base64, 'base64').length }] : [],
  );
}

function sentBytes(session: HubSession): number {
  return outputOf(session).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Bytes that differ by their place, so that a gap or a repetition shows. */
function patterned(length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, index) => (index * 7 + (index >> 8)) % 251));
}

describe('output', () => {
  test('is sent while the step runs', async () => {
    const agent = await ConnectedAgent.start();
    const session = await agent.hub.nextSession();
    await session.welcome();
    const writer = agent.store.spool.open(ref);
    writer.write(Buffer.from('first line\n'));
    expect(await session.message('output')).toMatchObject({ ...ref, offset: 0, base64: Buffer.from('first line\n').toString('base64') });
    writer.write(Buffer.from('second line\n'));
    writer.end();
    expect(await session.message('output', 1)).toMatchObject({ offset: 11, base64: Buffer.from('second line\n').toString('base64') });
  });

  test('that comes in small pieces goes in one message', async () => {
    const agent = await ConnectedAgent.start();
    const session = await agent.hub.nextSession();
    await session.welcome();
    const writer = agent.store.spool.open(ref);
    for (let line = 0; line < 100; line += 1) writer.write(Buffer.from('a line\n'));
    await session.message('output');
    expect(outputOf(session)).toEqual([{ offset: 0, bytes: 700 }]);
  });

  test('never runs further ahead than the window', async () => {
    const agent = await ConnectedAgent.start();
    const session = await agent.hub.nextSession();
    await session.welcome();
    const writer = agent.store.spool.open(ref);
    writer.write(patterned(1_000_000));
    writer.end();
    await session.until(() => sentBytes(session) === CREDIT_WINDOW_BYTES);
    expect(Math.max(...outputOf(session).map(({ bytes }) => bytes))).toBeLessThanOrEqual(OUTPUT_CHUNK_BYTES);
    session.send({ type: 'credit', ...ref, storedTo: 10_000 });
    await session.until(() => sentBytes(session) === CREDIT_WINDOW_BYTES + 10_000);
    session.storeEverything();
    session.send({ type: 'credit', ...ref, storedTo: CREDIT_WINDOW_BYTES + 10_000 });
    await session.until(() => sentBytes(session) === 1_000_000);
    expect(session.outputOf(NAME).equals(patterned(1_000_000))).toBe(true);
  });

  test('goes on after the last credit when the connection comes back', async () => {
    const agent = await ConnectedAgent.start();
    const first = await agent.hub.nextSession();
    await first.welcome();
    const writer = agent.store.spool.open(ref);
    writer.write(patterned(100_000));
    writer.end();
    await first.until(() => sentBytes(first) === 100_000);
    first.send({ type: 'credit', ...ref, storedTo: 30_000 });
    await agent.hasFollowed(first);
    expect(agent.store.spool.find(ref)?.storedTo).toBe(30_000);
    first.cut();
    const second = await agent.hub.nextSession();
    await second.welcome();
    await second.until(() => sentBytes(second) === 70_000);
    expect(outputOf(second)[0]?.offset).toBe(30_000);
  });

  test('follows a controller that has more of it than the agent knows', async () => {
    const agent = await ConnectedAgent.start();
    const session = await agent.hub.nextSession();
    await session.welcome();
    const writer = agent.store.spool.open(ref);
    writer.write(patterned(1_000_000));
    writer.end();
    await session.until(() => sentBytes(session) === CREDIT_WINDOW_BYTES);
    session.send({ type: 'credit', ...ref, storedTo: 900_000 });
    await session.until(() => sentBytes(session) === CREDIT_WINDOW_BYTES + 100_000);
    expect(outputOf(session).at(-1)).toMatchObject({ offset: 900_000 + 2 * OUTPUT_CHUNK_BYTES });
  });

  test('of one step does not hold up that of another', async () => {
    const store = await anAgentStore();
    for (const stepIndex of [0, 1, 2]) {
      const writer = store.spool.open({ ...ref, stepIndex });
      writer.write(patterned(CREDIT_WINDOW_BYTES * 2));
      writer.end();
    }
    const agent = await ConnectedAgent.start({ store });
    const session = await agent.hub.nextSession();
    await session.welcome();
    await session.until(() => sentBytes(session) === 3 * CREDIT_WINDOW_BYTES);
    const steps = session.received.flatMap((message) => (message.type === 'output' ? [message.stepIndex] : []));
    expect(steps.slice(0, 3).sort()).toEqual([0, 1, 2]);
  });

  test('of 16 MiB arrives whole', async () => {
    const store = await anAgentStore();
    const { hub } = await ConnectedAgent.start({ store });
    const session = await hub.nextSession();
    await session.welcome();
    session.storeEverything();
    const writer = store.spool.open(ref);
    const megabyte = patterned(1024 * 1024);
    for (let part = 0; part < 16; part += 1) writer.write(megabyte);
    writer.end();
    await session.until(() => sentBytes(session) === 16 * 1024 * 1024);
    expect(
      session
        .outputOf(NAME)
        .subarray(-1024 * 1024)
        .equals(megabyte),
    ).toBe(true);
  });

  test('that the controller does not want any more is no trouble', async () => {
    const agent = await ConnectedAgent.start();
    const session = await agent.hub.nextSession();
    await session.welcome();
    session.send({ type: 'credit', ...ref, storedTo: 12 });
    const writer = agent.store.spool.open(ref);
    writer.write(Buffer.from('hello'));
    writer.end();
    await session.message('output');
  });
});
