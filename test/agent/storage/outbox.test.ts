import { describe, expect, test } from 'vitest';
import { ExecutionId } from '../../../agent/protocol/ids.ts';
import { Report } from '../../../agent/protocol/reports.ts';
import { anAgentFolder, anAgentStore } from '../../builders/agent-folder.ts';

const FIRST = ExecutionId.parse('0192a1b2-0000-7000-8000-000000000001');
const SECOND = ExecutionId.parse('0192a1b2-0000-7000-8000-000000000002');
const EVERYTHING = { reports: 1000, bytes: 10_000_000 };

function aReport(executionId = FIRST): Report {
  return { kind: 'execution-started', executionId, at: '2026-01-01T00:00:00.000Z' };
}

function aLongReport(characters: number): Report {
  return { kind: 'execution-refused', executionId: FIRST, at: '2026-01-01T00:00:00.000Z', code: 'x', message: 'y'.repeat(characters) };
}

async function anOutbox() {
  const folder = anAgentFolder();
  const store = await anAgentStore(folder);
  const append = (...reports: Report[]) => store.transaction(() => reports.map((report) => store.outbox.append(report)));
  return { folder, store, outbox: store.outbox, append };
}

describe('the outbox', () => {
  test('numbers reports from 1, without a gap', async () => {
    const { outbox, append } = await anOutbox();
    expect(outbox.lastSequence()).toBe(0);
    expect(append(aReport(), aReport(), aReport())).toEqual([1, 2, 3]);
    expect(outbox.depth()).toBe(3);
  });

  test('never uses a number again, also when everything is forgotten and the agent starts anew', async () => {
    const { outbox, append, folder, store } = await anOutbox();
    append(aReport(), aReport());
    outbox.forgetUpTo(2);
    expect(outbox.depth()).toBe(0);
    expect(outbox.lastSequence()).toBe(2);
    store.close();
    const again = await anAgentStore(folder);
    expect(again.outbox.lastSequence()).toBe(2);
    expect(again.transaction(() => again.outbox.append(aReport()))).toBe(3);
  });

  test('leaves no gap where a transaction failed', async () => {
    const { outbox, append, store } = await anOutbox();
    append(aReport());
    const failing = () => {
      outbox.append(aReport());
      throw new Error('on purpose');
    };
    expect(() => store.transaction(failing)).toThrow('on purpose');
    expect(append(aReport())).toEqual([2]);
  });

  test('gives out reports in order, as the JSON that they were', async () => {
    const { outbox, append } = await anOutbox();
    append(aReport(FIRST), aReport(SECOND));
    const batch = outbox.batchAfter(0, EVERYTHING);
    expect(batch.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(batch.map(({ json }) => Report.parse(JSON.parse(json)).executionId)).toEqual([FIRST, SECOND]);
    expect(outbox.batchAfter(1, EVERYTHING).map(({ sequence }) => sequence)).toEqual([2]);
    expect(outbox.batchAfter(2, EVERYTHING)).toEqual([]);
  });

  test('gives out as many as fit, and one in any case', async () => {
    const { outbox, append } = await anOutbox();
    append(aLongReport(1500), aLongReport(1500), aReport());
    expect(outbox.batchAfter(0, { reports: 1000, bytes: 1000 })).toHaveLength(1);
    expect(outbox.batchAfter(0, { reports: 1000, bytes: 3300 })).toHaveLength(2);
    expect(outbox.batchAfter(0, { reports: 2, bytes: 1_000_000 })).toHaveLength(2);
  });

  test('forgets up to a number, says whose reports those were, and keeps the rest', async () => {
    const { outbox, append } = await anOutbox();
    append(aReport(FIRST), aReport(SECOND), aReport(SECOND));
    expect(outbox.forgetUpTo(2).sort()).toEqual([FIRST, SECOND]);
    expect(outbox.hasReportsOf(FIRST)).toBe(false);
    expect(outbox.hasReportsOf(SECOND)).toBe(true);
    expect(outbox.batchAfter(0, EVERYTHING).map(({ sequence }) => sequence)).toEqual([3]);
  });

  test('numbers on from what the controller has stored when its own count was lost', async () => {
    const { outbox, append } = await anOutbox();
    append(aReport(FIRST), aReport(SECOND));
    outbox.continueAfter(70);
    expect(outbox.batchAfter(0, EVERYTHING).map(({ sequence }) => sequence)).toEqual([71, 72]);
    expect(append(aReport())).toEqual([73]);
    outbox.continueAfter(100);
    expect(outbox.lastSequence()).toBe(103);
  });

  test('numbers on also when it is empty', async () => {
    const { outbox, append } = await anOutbox();
    outbox.continueAfter(70);
    expect(outbox.lastSequence()).toBe(70);
    expect(append(aReport())).toEqual([71]);
  });
});
