import { describe, expect, test } from 'vitest';
import { ExecutionId } from '../../../agent/protocol/ids.ts';
import type { Report } from '../../../agent/protocol/reports.ts';
import { anAgentStore } from '../../builders/agent-folder.ts';
import { ConnectedAgent } from './connected-agent.ts';

const EXECUTION = ExecutionId.parse('0192a1b2-0000-7000-8000-000000000001');

function someReports(count: number, message = 'text'): Report[] {
  const report: Report = { kind: 'execution-refused', executionId: EXECUTION, at: '2026-01-01T00:00:00.000Z', code: 'x', message };
  return Array.from({ length: count }, () => report);
}

describe('reports', () => {
  test('that belong together go together', async () => {
    const agent = await ConnectedAgent.start();
    const session = await agent.hub.nextSession();
    await session.welcome();
    agent.report(...someReports(2));
    expect((await session.message('report')).reports.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  test('are forgotten when they are stored, and not before', async () => {
    const agent = await ConnectedAgent.start();
    const session = await agent.hub.nextSession();
    await session.welcome();
    agent.report(...someReports(3));
    await session.message('report');
    expect(agent.store.outbox.depth()).toBe(3);
    session.send({ type: 'stored', sequence: 2 });
    await agent.hasFollowed(session);
    expect(agent.store.outbox.depth()).toBe(1);
  });

  test('that were not stored come again with the next session, with the same numbers', async () => {
    const agent = await ConnectedAgent.start();
    const first = await agent.hub.nextSession();
    await first.welcome();
    agent.report(...someReports(3));
    await first.message('report');
    first.cut();
    const second = await agent.hub.nextSession();
    await second.welcome({ storedSequence: 1 });
    expect((await second.message('report')).reports.map(({ sequence }) => sequence)).toEqual([2, 3]);
    expect(agent.store.outbox.depth()).toBe(2);
  });

  test('made while nobody listens wait for the next session', async () => {
    const agent = await ConnectedAgent.start();
    const first = await agent.hub.nextSession();
    await first.welcome();
    await agent.hub.close();
    agent.report(...someReports(2));
    await agent.hub.listen();
    const second = await agent.hub.nextSession();
    await second.welcome();
    expect((await second.message('report')).reports).toHaveLength(2);
  });

  test('go a window at a time when the controller is slow to store', async () => {
    const store = await anAgentStore();
    store.transaction(() => {
      for (const report of someReports(3000)) store.outbox.append(report);
    });
    const agent = await ConnectedAgent.start({ store });
    const session = await agent.hub.nextSession();
    await session.welcome();
    const fourth = await session.message('report', 3);
    const sent = () => session.received.filter(({ type }) => type === 'report').length;
    agent.report(...someReports(1));
    expect(sent()).toBe(4);
    session.send({ type: 'stored', sequence: fourth.reports.at(-1)!.sequence });
    await session.message('report', 7);
    expect(sent()).toBe(8);
    session.storeEverything();
    await session.until(() => session.reports.size === 3001);
    expect([...session.reports.keys()]).toEqual(Array.from({ length: 3001 }, (_, index) => index + 1));
  });

  test('that are long go in frames that the wire takes', async () => {
    const store = await anAgentStore();
    store.transaction(() => {
      for (const report of someReports(600, '\u0001'.repeat(2000))) store.outbox.append(report);
    });
    const agent = await ConnectedAgent.start({ store });
    const session = await agent.hub.nextSession();
    await session.welcome();
    session.storeEverything();
    await session.until(() => session.reports.size === 600);
    for (const message of session.received) expect(JSON.stringify(message).length).toBeLessThan(640 * 1024);
    expect(agent.fatal).toBeNull();
  });

  test('are numbered on from what the controller has when the agent’s database was lost', async () => {
    const agent = await ConnectedAgent.start();
    const session = await agent.hub.nextSession();
    await session.welcome({ storedSequence: 500 });
    agent.report(...someReports(1));
    expect((await session.message('report')).reports.map(({ sequence }) => sequence)).toEqual([501]);
  });
});
