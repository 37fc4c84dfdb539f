import { describe, expect, test } from 'vitest';
import { AssociationId, ExecutionId } from '../../../agent/protocol/ids.ts';
import type { RefreshAnswer } from '../../../agent/protocol/messages.ts';
import { ASSOCIATION_LIMITS } from '../../../electron/domain/association.ts';
import { ConnectedAgent } from './connected-agent.ts';

const request = {
  executionId: ExecutionId.parse('0192a1b2-0000-7000-8000-000000000001'),
  stepIndex: 2,
  associationIds: [AssociationId.parse('0192a1b2-0000-7000-8000-00000000000a')],
};
const done: RefreshAnswer = { kind: 'done', associations: [] };
const { associationIds: _, ...ref } = request;
const refreshed = (answer: RefreshAnswer) => ({ type: 'refreshed', ...ref, answer }) as const;

describe('a refresh', () => {
  test('is asked at once, and answered', async () => {
    const agent = await ConnectedAgent.start();
    const session = await agent.hub.nextSession();
    await session.welcome();
    const answer = agent.connection.refresh(request, new AbortController().signal);
    expect(await session.message('refresh')).toEqual({ type: 'refresh', ...request });
    session.send(refreshed(done));
    expect(await answer).toEqual(done);
  });

  test('is answered also where all associations that a site can have apply to the node', async () => {
    const agent = await ConnectedAgent.start();
    const session = await agent.hub.nextSession();
    await session.welcome();
    const answer = agent.connection.refresh(request, new AbortController().signal);
    await session.message('refresh');
    const [associationId = AssociationId.parse('')] = request.associationIds;
    const one = { associationId, title: 'x'.repeat(128), result: 'LeftOut' as const, because: 'It waits for its turn already.' };
    const all: RefreshAnswer = { kind: 'done', associations: Array.from({ length: ASSOCIATION_LIMITS.associations }, () => one) };
    session.send(refreshed(all));
    expect(await answer).toEqual(all);
  });

  test('is asked as soon as there is a connection, and again in the next session when its answer was lost', async () => {
    const agent = await ConnectedAgent.start();
    const answer = agent.connection.refresh(request, new AbortController().signal);
    const first = await agent.hub.nextSession();
    await first.welcome();
    await first.message('refresh');
    first.cut();
    const second = await agent.hub.nextSession();
    await second.welcome();
    expect(await second.message('refresh')).toEqual({ type: 'refresh', ...request });
    second.send(refreshed({ kind: 'refused', problem: 'No.' }));
    expect(await answer).toEqual({ kind: 'refused', problem: 'No.' });
  });

  test('that nobody waits for any more is not asked again, and its answer ends nothing', async () => {
    const agent = await ConnectedAgent.start();
    const waiting = new AbortController();
    const answer = agent.connection.refresh(request, waiting.signal);
    waiting.abort();
    expect(await answer).toBeNull();
    const session = await agent.hub.nextSession();
    await session.welcome();
    session.send(refreshed(done));
    session.send(refreshed(done));
    await agent.hasFollowed(session);
    expect(session.received.map(({ type }) => type)).not.toContain('refresh');
    expect(session.closed).toBeNull();
  });
});
