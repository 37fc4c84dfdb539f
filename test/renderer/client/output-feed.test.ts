import { expect, test, vi } from 'vitest';
import { ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import type { OutputFeed } from '../../../renderer/client/output-feed.ts';
import { startOutputFeed } from '../../../renderer/client/output-feed.ts';
import { FakeSource } from './fake-source.ts';

const executionId = ExecutionId.parse('0190f0e0-0000-7000-8000-000000000001');
const nodeId = NodeId.parse('mi-0123456789abcdef0');
const ref = { executionId, nodeId, stepIndex: 0, attempt: 1, stream: 'stdout' as const };
const more = { kind: 'some' as const, changes: [{ kind: 'output' as const, executionId, nodeId, stepIndex: 0 }] };
const PAGE = 4;

const offsetOf = (input: unknown): number => (typeof input === 'object' && input !== null && 'offset' in input ? Number(input.offset) : 0);

/** A stream that can grow, served in small pages. */
function growing(begin: string) {
  const stream = { text: begin };
  const source = new FakeSource((_path, input) => {
    const offset = offsetOf(input);
    const text = stream.text.slice(offset, offset + PAGE);
    return { text, nextOffset: offset + text.length, storedBytes: stream.text.length };
  });
  const seen: OutputFeed[] = [];
  const end = startOutputFeed({ source, ref, onFeed: (feed) => seen.push(feed) });
  return { stream, source, end, latest: () => seen.at(-1), text: () => (seen.at(-1)?.pieces ?? []).join('') };
}

test('what is there is read page after page, in order, until all of it is here', async () => {
  const feed = growing('abcdefghij');
  await vi.waitFor(() => expect(feed.latest()?.isCaughtUp).toBe(true));
  expect(feed.text()).toBe('abcdefghij');
  expect(feed.source.asked.map(({ input }) => offsetOf(input))).toEqual([0, 4, 8]);
});

test('what comes later is read on from where it was, at each notice', async () => {
  const feed = growing('ab');
  await vi.waitFor(() => expect(feed.text()).toBe('ab'));
  feed.stream.text += 'cdefg';
  feed.source.tell(more);
  await vi.waitFor(() => expect(feed.text()).toBe('abcdefg'));
});

test('notices that come while it reads lose nothing and repeat nothing', async () => {
  const feed = growing('');
  for (const part of ['one ', 'two ', 'three ']) {
    feed.stream.text += part;
    feed.source.tell(more);
  }
  await vi.waitFor(() => expect(feed.text()).toBe('one two three '));
});

test('without a line it waits, and goes on when there is one', async () => {
  const feed = growing('abc');
  await vi.waitFor(() => expect(feed.text()).toBe('abc'));
  const { client } = feed.source;
  feed.source.client = null;
  feed.stream.text += 'def';
  feed.source.tell(more);
  feed.source.client = client;
  feed.source.tell({ kind: 'everything' });
  await vi.waitFor(() => expect(feed.text()).toBe('abcdef'));
});

test('once it is ended nothing is told any more', async () => {
  const feed = growing('abc');
  await vi.waitFor(() => expect(feed.text()).toBe('abc'));
  feed.end();
  feed.stream.text += 'def';
  feed.source.tell(more);
  expect(feed.source.isWatched).toBe(false);
  expect(feed.text()).toBe('abc');
});
