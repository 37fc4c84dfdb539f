import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ExecutionId } from '../../../agent/protocol/ids.ts';
import type { StreamRef } from '../../../agent/protocol/messages.ts';
import { STDERR_HEAD_CHARACTERS, STDOUT_HEAD_CHARACTERS } from '../../../agent/protocol/output-limits.ts';
import type { Report } from '../../../agent/protocol/reports.ts';
import { openAgentDatabase } from '../../../agent/storage/agent-database.ts';
import type { AgentStore } from '../../../agent/storage/agent-store.ts';
import { OutputSpool } from '../../../agent/storage/output-spool.ts';
import { anAgentFolder, anAgentStore } from '../../builders/agent-folder.ts';

const EXECUTION = ExecutionId.parse('0192a1b2-0000-7000-8000-000000000001');
const NOW = new Date('2026-01-01T00:00:00Z');

function aRef(stream: StreamRef['stream'] = 'stdout', attempt = 1): StreamRef {
  return { executionId: EXECUTION, stepIndex: 0, attempt, stream };
}

async function aSpool() {
  const folder = anAgentFolder();
  const store = await anAgentStore(folder);
  const print = (text: string | Buffer, ref = aRef()) => {
    const writer = store.spool.open(ref);
    writer.write(Buffer.from(text));
    return writer.end();
  };
  return { folder, store, spool: store.spool, print };
}

/** An execution that is over, with its last report as number 1 in the outbox. */
function finish(store: AgentStore): void {
  const report: Report = { kind: 'execution-finished', executionId: EXECUTION, at: NOW.toISOString(), status: 'Success' };
  store.transaction(() => {
    store.journal.add({ executionId: EXECUTION, state: 'queued', orderText: null, expiresAt: NOW });
    store.record(report);
  });
}

describe('a stream of output', () => {
  test('is kept in a file for this user only, with its length and beginning', async () => {
    const { folder, print, spool } = await aSpool();
    expect(print('hello\n')).toEqual({ bytes: 6, droppedBytes: 0, head: 'hello\n' });
    expect(statSync(join(folder.output, EXECUTION, '0-1-stdout')).mode & 0o777).toBe(0o600);
    expect(spool.waiting().map((stream) => spool.read(stream, 1, 3).toString())).toEqual(['ell']);
  });

  test('has no file when nothing was printed', async () => {
    const { folder, spool } = await aSpool();
    expect(spool.open(aRef()).end()).toEqual({ bytes: 0, droppedBytes: 0, head: '' });
    expect(readdirSync(folder.output)).toEqual([]);
    expect(spool.waiting()).toEqual([]);
  });

  test('is kept up to the cap, and what comes after is counted', async () => {
    const { folder, spool } = await aSpool();
    const capBytes = 100_001;
    const writer = spool.open(aRef(), capBytes);
    for (let written = 0; written < 20; written += 1) writer.write(Buffer.alloc(10_000, 'x'));
    writer.write(Buffer.from('the end'));
    const { bytes, droppedBytes } = writer.end();
    expect(bytes).toBe(200_007);
    expect(droppedBytes).toBe(bytes - capBytes);
    expect(statSync(join(folder.output, EXECUTION, '0-1-stdout')).size).toBe(capBytes);
  });

  test('has a head of whole characters, shorter for standard error', async () => {
    const { print } = await aSpool();
    const { head } = print(`${'x'.repeat(STDOUT_HEAD_CHARACTERS - 1)}😀 and more`);
    expect(head).toBe('x'.repeat(STDOUT_HEAD_CHARACTERS - 1));
    expect(print('é'.repeat(STDERR_HEAD_CHARACTERS + 1), aRef('stderr')).head).toBe('é'.repeat(STDERR_HEAD_CHARACTERS));
  });

  test('may have bytes that are no text', async () => {
    const { print, spool } = await aSpool();
    const bytes = Buffer.from([0, 255, 254, 195, 40]);
    expect(print(bytes).bytes).toBe(5);
    expect(spool.waiting().map((stream) => spool.read(stream, 0, 100))).toEqual([bytes]);
  });

  test('is dropped, not failed, where it cannot be written', async () => {
    const { folder, spool } = await aSpool();
    rmSync(folder.output, { recursive: true });
    writeFileSync(folder.output, 'in the way');
    const writer = spool.open(aRef());
    writer.write(Buffer.from('hello'));
    writer.write(Buffer.from('again'));
    expect(writer.end()).toEqual({ bytes: 10, droppedBytes: 10, head: '' });
  });
});

describe('the spool', () => {
  test('has a bound for all streams together', async () => {
    const { output, database } = anAgentFolder();
    const open = await openAgentDatabase(database);
    const spool = new OutputSpool({ folder: output, database: open, capBytes: 10 });
    const first = spool.open(aRef('stdout'));
    first.write(Buffer.from('1234567'));
    const second = spool.open(aRef('stderr'));
    second.write(Buffer.from('1234567'));
    expect([first.end().droppedBytes, second.end().droppedBytes]).toEqual([0, 4]);
    spool.remove(EXECUTION);
    const third = spool.open(aRef('stdout', 2));
    third.write(Buffer.from('1234567890'));
    expect(third.end().droppedBytes).toBe(0);
    open.close();
  });

  test('gives one stream a quarter of its room, so that a step which prints without end leaves some to the next', async () => {
    const { output, database } = anAgentFolder();
    const open = await openAgentDatabase(database);
    const megabyte = 1024 * 1024;
    const spool = new OutputSpool({ folder: output, database: open, capBytes: 8 * megabyte });
    const kept = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((attempt) => {
      const writer = spool.open(aRef('stdout', attempt));
      for (let written = 0; written < 3; written += 1) writer.write(Buffer.alloc(megabyte));
      const { bytes, droppedBytes } = writer.end();
      return (bytes - droppedBytes) / megabyte;
    });
    expect(kept.slice(0, 2)).toEqual([2, 1.5]);
    expect(kept.slice(2, 6)).toEqual([1.125, 1, 1, 1]);
    expect(kept.reduce((sum, size) => sum + size)).toBe(8);
    open.close();
  });

  test('tells when a stream has grown and when it is complete', async () => {
    const { spool } = await aSpool();
    const told: [number, boolean][] = [];
    spool.onChange(({ size, isComplete }) => told.push([size, isComplete]));
    const writer = spool.open(aRef());
    writer.write(Buffer.from('ab'));
    writer.write(Buffer.from('c'));
    writer.end();
    expect(told).toEqual([
      [2, false],
      [3, false],
      [3, true],
    ]);
  });

  test('knows after a restart what it has and how far the controller has it', async () => {
    const { folder, store, print } = await aSpool();
    print('0123456789');
    store.outputStored(aRef(), 4);
    store.close();
    const again = await anAgentStore(folder);
    expect(again.spool.waiting()).toEqual([{ ref: aRef(), size: 10, storedTo: 4, isComplete: true }]);
  });

  test('does not go back to an older credit, nor beyond the end', async () => {
    const { store, spool, print } = await aSpool();
    print('0123456789');
    store.outputStored(aRef(), 6);
    store.outputStored(aRef(), 2);
    expect(spool.find(aRef())?.storedTo).toBe(6);
    store.outputStored(aRef(), 999);
    expect(spool.find(aRef())?.storedTo).toBe(10);
  });

  test('ignores files that are none of its own', async () => {
    const { folder, store } = await aSpool();
    store.close();
    writeFileSync(join(folder.output, 'README'), '');
    const again = await anAgentStore(folder);
    expect(again.spool.waiting()).toEqual([]);
  });
});

describe('output is let go', () => {
  const kept = (folder: { output: string }) => existsSync(join(folder.output, EXECUTION));

  test('once the reports are stored and all of it is with the controller', async () => {
    const { folder, store, print } = await aSpool();
    print('0123456789');
    finish(store);
    store.outputStored(aRef(), 9);
    store.reportsStored(1);
    expect(kept(folder)).toBe(true);
    store.outputStored(aRef(), 10);
    expect(kept(folder)).toBe(false);
  });

  test('also when the reports are stored last', async () => {
    const { folder, store, print } = await aSpool();
    print('0123456789');
    finish(store);
    store.outputStored(aRef(), 10);
    expect(kept(folder)).toBe(true);
    store.reportsStored(1);
    expect(kept(folder)).toBe(false);
  });

  test('but not while the execution goes on', async () => {
    const { folder, store, print } = await aSpool();
    store.transaction(() => store.journal.add({ executionId: EXECUTION, state: 'running', orderText: null, expiresAt: NOW }));
    print('0123456789');
    store.outputStored(aRef(), 10);
    expect(kept(folder)).toBe(true);
  });

  test('at a start when it belongs to nothing', async () => {
    const { folder, store, print } = await aSpool();
    print('0123456789');
    store.tidy(NOW);
    expect(kept(folder)).toBe(false);
  });

  test('a month after its order expired when the controller never asked for it', async () => {
    const { folder, store, print } = await aSpool();
    print('0123456789');
    finish(store);
    store.reportsStored(1);
    store.tidy(new Date('2026-01-20T00:00:00Z'));
    expect(kept(folder)).toBe(true);
    store.tidy(new Date('2026-02-20T00:00:00Z'));
    expect(kept(folder)).toBe(false);
    expect(store.journal.find(EXECUTION)).toBeNull();
  });
});
