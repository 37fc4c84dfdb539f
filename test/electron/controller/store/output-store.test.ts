import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { STREAM_CAP_BYTES } from '../../../../agent/protocol/output-limits.ts';
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

function anOutputStore({ folder = join(temporaryFolder(), 'output'), quotaBytes = 1e9 } = {}) {
  const outputs = openOutputStore({ folder, quotaBytes });
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
    const { outputs } = anOutputStore();
    const most = Buffer.alloc(STREAM_CAP_BYTES - 2, 'x');
    outputs.append(aStream(), 0, most);
    expect(outputs.append(aStream(), most.length, bytes('abcd'))).toBe(STREAM_CAP_BYTES);
    expect(outputs.append(aStream(), STREAM_CAP_BYTES, bytes('e'))).toBe(STREAM_CAP_BYTES);
    expect(outputs.size(aStream())).toBe(STREAM_CAP_BYTES);
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
  test('is never left, whatever an id says', () => {
    const { folder, outputs } = anOutputStore();
    const outside: StreamFile = { ...aStream(), nodeId: JSON.parse('"../../../escaped"') };
    expect(() => outputs.append(outside, 0, bytes('x'))).toThrow();
    expect(() => outputs.append({ ...aStream(), attempt: 1.5 }, 0, bytes('x'))).toThrow();
    expect(() => outputs.removeExecution(JSON.parse('".."'))).toThrow();
    expect([readdirSync(folder), existsSync(join(folder, '..', 'escaped'))]).toEqual([[], false]);
  });

  test('takes no more than its quota, and takes again when an execution was removed', async () => {
    const { outputs } = anOutputStore({ quotaBytes: 10 });
    await outputs.counted;
    outputs.append(aStream(), 0, bytes('12345678'));
    const other = aStream({ executionId: executionId(2) });
    expect(outputs.append(other, 0, bytes('abcdef'))).toBe(2);
    expect([outputs.append(other, 2, bytes('cdef')), outputs.usage()]).toEqual([2, 10]);
    outputs.removeExecution(executionId(1));
    expect([outputs.size(aStream()), outputs.usage()]).toEqual([0, 2]);
    expect(outputs.append(other, 2, bytes('cdef'))).toBe(6);
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

  test('forgets the output of an execution that never had any without a word', () => {
    const { outputs } = anOutputStore();
    expect(() => outputs.removeExecution(executionId(9))).not.toThrow();
  });
});
