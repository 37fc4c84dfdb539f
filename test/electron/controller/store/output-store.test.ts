import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { StreamFile } from '../../../../electron/controller/store/output-store.ts';
import { openOutputStore } from '../../../../electron/controller/store/output-store.ts';
import { executionId, nodeId } from './stored-things.ts';
import { temporaryFolder } from './temporary-database.ts';

const aStream = (settings: Partial<StreamFile> = {}): StreamFile => ({
  executionId: executionId(1),
  nodeId: nodeId(1),
  stepIndex: 0,
  attempt: 1,
  stream: 'stdout',
  ...settings,
});

function anOutputStore({ folder = join(temporaryFolder(), 'output'), quotaBytes = 1e9, streamCapBytes = 1e9 } = {}) {
  const outputs = openOutputStore({ folder, quotaBytes, streamCapBytes });
  onTestFinished(() => outputs.close());
  return { folder, outputs };
}

const bytes = (text: string) => Buffer.from(text);

describe('output', () => {
  test('is kept in one file a stream, readable by this user alone, where its ids say', () => {
    const { folder, outputs } = anOutputStore();
    expect(outputs.append(aStream(), 0, bytes('hello '))).toBe(6);
    expect(outputs.append(aStream(), 6, bytes('world'))).toBe(11);
    expect(outputs.append(aStream({ stepIndex: 3, attempt: 2, stream: 'stderr' }), 0, bytes('oh'))).toBe(2);
    const place = join(folder, executionId(1), nodeId(1));
    expect(readdirSync(place).sort()).toEqual(['0-1.stdout', '3-2.stderr']);
    expect(readFileSync(join(place, '0-1.stdout'), 'utf8')).toBe('hello world');
    expect([statSync(place).mode & 0o777, statSync(join(place, '0-1.stdout')).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  test('that comes twice is kept once, also when it overlaps', () => {
    const { outputs } = anOutputStore();
    outputs.append(aStream(), 0, bytes('abcdef'));
    expect(outputs.append(aStream(), 0, bytes('abc'))).toBe(6);
    expect(outputs.append(aStream(), 3, bytes('defghi'))).toBe(9);
    expect(outputs.read(aStream(), 0, 100).toString()).toBe('abcdefghi');
  });

  test('after a gap is not kept: the answer says where to go on', () => {
    const { outputs } = anOutputStore();
    outputs.append(aStream(), 0, bytes('abc'));
    expect(outputs.append(aStream(), 5, bytes('fgh'))).toBe(3);
    expect(outputs.size(aStream())).toBe(3);
  });

  test('goes on where it ended after a restart', () => {
    const { folder, outputs } = anOutputStore();
    outputs.append(aStream(), 0, bytes('abc'));
    outputs.close();
    const again = anOutputStore({ folder }).outputs;
    expect(again.append(aStream(), 1, bytes('bcd'))).toBe(4);
    expect(again.read(aStream(), 0, 9).toString()).toBe('abcd');
  });

  test('ends at the cap of a stream', () => {
    const { outputs } = anOutputStore({ streamCapBytes: 1000 });
    outputs.append(aStream(), 0, Buffer.alloc(998, 'x'));
    expect(outputs.append(aStream(), 998, bytes('abcd'))).toBe(1000);
    expect(outputs.append(aStream(), 1000, bytes('e'))).toBe(1000);
    expect(outputs.size(aStream())).toBe(1000);
  });

  test('is read in parts, and there is nothing beyond its end or where nothing came', () => {
    const { outputs } = anOutputStore();
    outputs.append(aStream(), 0, bytes('abcdef'));
    expect(outputs.read(aStream(), 2, 3).toString()).toBe('cde');
    expect(outputs.read(aStream(), 4, 3).toString()).toBe('ef');
    expect(outputs.read(aStream(), 6, 3)).toHaveLength(0);
    expect(outputs.read(aStream(), 99, 3)).toHaveLength(0);
    expect([outputs.size(aStream({ attempt: 2 })), outputs.read(aStream({ attempt: 2 }), 0, 3).length]).toEqual([0, 0]);
  });

  test('of more streams than are kept open at once is all there', () => {
    const { outputs } = anOutputStore();
    const streams = Array.from({ length: 200 }, (_, index) => aStream({ nodeId: nodeId(index + 1) }));
    for (const part of ['one ', 'two ']) {
      for (const stream of streams) outputs.append(stream, outputs.size(stream), bytes(part));
    }
    expect(streams.map((stream) => outputs.read(stream, 0, 99).toString())).toEqual(streams.map(() => 'one two '));
  });
});

describe('the output folder', () => {
  test('is never left, whatever an id says', async () => {
    const { folder, outputs } = anOutputStore();
    const outside: StreamFile = { ...aStream(), nodeId: JSON.parse('"../../../escaped"') };
    expect(() => outputs.append(outside, 0, bytes('x'))).toThrow();
    expect(() => outputs.append({ ...aStream(), attempt: 1.5 }, 0, bytes('x'))).toThrow();
    await expect(outputs.remove(JSON.parse('".."'), null)).rejects.toThrow();
    await expect(outputs.remove(executionId(1), JSON.parse('"../.."'))).rejects.toThrow();
    expect([readdirSync(folder), existsSync(join(folder, '..', 'escaped'))]).toEqual([[], false]);
  });

  test('takes no more than its quota, says that it is full, and takes again when an execution was removed', async () => {
    const { outputs } = anOutputStore({ quotaBytes: 40 });
    await outputs.counted;
    let full = 0;
    outputs.onFull(() => {
      full += 1;
    });
    for (const number of [1, 2, 3, 4]) outputs.append(aStream({ nodeId: nodeId(number) }), 0, bytes('12345678'));
    const other = aStream({ executionId: executionId(2), nodeId: nodeId(5) });
    expect([outputs.append(other, 0, bytes('1234567890')), outputs.usage(), full]).toEqual([8, 40, 1]);
    expect([outputs.append(other, 8, bytes('90')), full]).toEqual([8, 1]);
    expect(await outputs.remove(executionId(1), null)).toBe(32);
    expect([outputs.size(aStream()), outputs.usage()]).toEqual([0, 8]);
    expect(outputs.takeStalled()).toEqual([other]);
    expect(outputs.append(other, 8, bytes('90'))).toBe(10);
  });

  test('gives a node no more than its quarter, and the others what is left', async () => {
    const { outputs } = anOutputStore({ quotaBytes: 40 });
    await outputs.counted;
    expect(outputs.append(aStream(), 0, Buffer.alloc(100))).toBe(10);
    expect(outputs.append(aStream({ executionId: executionId(2) }), 0, bytes('x'))).toBe(0);
    expect(outputs.append(aStream({ nodeId: nodeId(2) }), 0, bytes('12345678'))).toBe(8);
    expect(await outputs.usageOf(executionId(1))).toEqual(
      new Map([
        [nodeId(1), 10],
        [nodeId(2), 8],
      ]),
    );
    expect(await outputs.remove(executionId(1), nodeId(1))).toBe(10);
    expect([outputs.append(aStream({ executionId: executionId(2) }), 0, bytes('x')), outputs.usage()]).toEqual([1, 9]);
  });

  test('counts what was there before', async () => {
    const { folder, outputs } = anOutputStore();
    outputs.append(aStream(), 0, bytes('abc'));
    outputs.append(aStream({ executionId: executionId(2), nodeId: nodeId(7) }), 0, bytes('de'));
    outputs.close();
    const again = anOutputStore({ folder }).outputs;
    await again.counted;
    expect(again.usage()).toBe(5);
  });

  test('that cannot be written is a fault that names it', () => {
    const { folder, outputs } = anOutputStore();
    mkdirSync(join(folder, executionId(1)));
    writeFileSync(join(folder, executionId(1), nodeId(1)), 'a file where a folder should be');
    const fault = expect.objectContaining({ name: 'Fault', code: 'E-DATA-FOLDER' });
    expect(() => outputs.append(aStream(), 0, bytes('x'))).toThrow(fault);
  });

  test('forgets the output of an execution that never had any without a word', async () => {
    const { outputs } = anOutputStore();
    expect(await outputs.remove(executionId(9), null)).toBe(0);
  });
});
