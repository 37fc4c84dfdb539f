import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { NodeId } from '../../../agent/protocol/ids.ts';
import type { Call } from '../../../renderer/client/reading.ts';
import { Reading } from '../../../renderer/client/reading.ts';
import { Readings } from '../../../renderer/client/readings.ts';
import { Answers, FakeSource } from './fake-source.ts';

const nodeId = NodeId.parse('mi-0123456789abcdef0');
const nodeChanged = { kind: 'some' as const, changes: [{ kind: 'node' as const, nodeId }] };
const documentChanged = { kind: 'some' as const, changes: [{ kind: 'document' as const, name: 'x' }] };

const overview: Call<unknown> = {
  key: 'overview',
  on: [{ kind: 'node' }],
  ask: (client, signal) => client.site.overview(undefined, { signal }),
};

/** Longer than a reading rests between two questions. */
const rest = () => vi.advanceTimersByTimeAsync(1000);

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a question that somebody on screen has', () => {
  test('is asked once, and its answer is kept', async () => {
    const source = new FakeSource(() => 'answer');
    const reading = new Reading(source, overview);
    expect(reading.state()).toEqual({ status: 'loading' });
    reading.subscribe(() => undefined);
    await rest();
    expect(reading.state()).toEqual({ status: 'full', answer: 'answer', fault: null });
    expect(source.asked.length).toBe(1);
  });

  test('is asked again when something that it depends on changes, and not for anything else', async () => {
    let count = 0;
    const source = new FakeSource(() => (count += 1));
    const reading = new Reading(source, overview);
    reading.subscribe(() => undefined);
    await rest();
    source.tell(documentChanged);
    await rest();
    expect(source.asked.length).toBe(1);
    source.tell(nodeChanged);
    await rest();
    expect(reading.state()).toMatchObject({ status: 'full', answer: 2 });
  });

  test('keeps its answer of before while it is asked again', async () => {
    const answers = new Answers();
    const source = new FakeSource(answers.next);
    const reading = new Reading(source, overview);
    reading.subscribe(() => undefined);
    await rest();
    answers.give('old');
    await rest();
    source.tell(nodeChanged);
    await rest();
    expect(answers.waiting).toBe(1);
    expect(reading.state()).toMatchObject({ status: 'full', answer: 'old' });
  });

  test('is asked once more, and only once, for all the changes that come while it is being asked', async () => {
    const answers = new Answers();
    const source = new FakeSource(answers.next);
    const reading = new Reading(source, overview);
    reading.subscribe(() => undefined);
    await rest();
    for (let times = 0; times < 50; times += 1) source.tell(nodeChanged);
    expect(source.asked.length).toBe(1);
    answers.give('stale');
    await rest();
    expect(source.asked.length).toBe(2);
    answers.give('fresh');
    await rest();
    expect(source.asked.length).toBe(2);
    expect(reading.state()).toMatchObject({ answer: 'fresh' });
  });

  test('is given up when nobody looks any more, and its late answer is dropped', async () => {
    const answers = new Answers();
    const source = new FakeSource(answers.next);
    const reading = new Reading(source, overview);
    const end = reading.subscribe(() => undefined);
    await rest();
    end();
    expect(source.asked[0]?.signal?.aborted).toBe(true);
    expect(source.isWatched).toBe(false);
    answers.give('late');
    await rest();
    expect(reading.state()).toEqual({ status: 'loading' });
  });

  test('shows what is known at once to whoever looks again, and asks for what is new', async () => {
    let count = 0;
    const source = new FakeSource(() => (count += 1));
    const reading = new Reading(source, overview);
    reading.subscribe(() => undefined)();
    reading.subscribe(() => undefined)();
    const end = reading.subscribe(() => undefined);
    await rest();
    end();
    const before = reading.state();
    reading.subscribe(() => undefined);
    expect(reading.state()).toBe(before);
    await rest();
    expect(reading.state()).not.toBe(before);
  });
});

describe('what is fresh', () => {
  test('is no answer of an earlier look, however soon it is looked at again', async () => {
    const answers = new Answers();
    const reading = new Reading(new FakeSource(answers.next), overview);
    const end = reading.subscribe(() => undefined);
    await rest();
    answers.give('old');
    await rest();
    expect(reading.freshState()).toMatchObject({ answer: 'old' });
    end();
    await rest();
    reading.subscribe(() => undefined);
    await rest();
    expect(reading.state()).toMatchObject({ answer: 'old' });
    expect(reading.freshState()).toEqual({ status: 'loading' });
    answers.give('new');
    await rest();
    expect(reading.freshState()).toBe(reading.state());
    expect(reading.freshState()).toMatchObject({ answer: 'new' });
  });

  test('is what was kept up to date until this moment, so that the next screen begins with it', async () => {
    const reading = new Reading(new FakeSource(() => 'answer'), overview);
    const end = reading.subscribe(() => undefined);
    await rest();
    end();
    reading.subscribe(() => undefined);
    await rest();
    expect(reading.freshState()).toMatchObject({ status: 'full', answer: 'answer' });
  });

  test('is not what was just being asked again', async () => {
    const answers = new Answers();
    const source = new FakeSource(answers.next);
    const reading = new Reading(source, overview);
    const end = reading.subscribe(() => undefined);
    await rest();
    answers.give('old');
    await rest();
    source.tell(nodeChanged);
    end();
    reading.subscribe(() => undefined);
    expect(reading.freshState()).toEqual({ status: 'loading' });
  });

  test('is a fault where an earlier look had an answer', async () => {
    let isBroken = false;
    const source = new FakeSource(() => {
      if (isBroken) throw new Error('refused');
      return 'well';
    });
    const reading = new Reading(source, overview);
    const end = reading.subscribe(() => undefined);
    await rest();
    end();
    await rest();
    isBroken = true;
    reading.subscribe(() => undefined);
    await rest();
    expect(reading.state()).toMatchObject({ status: 'full', answer: 'well' });
    expect(reading.freshState()).toMatchObject({ status: 'fault' });
  });
});

describe('when it goes wrong', () => {
  test('a refusal is shown, and the next change tries again', async () => {
    let isBroken = true;
    const source = new FakeSource(() => {
      if (isBroken) throw new Error('refused');
      return 'well';
    });
    const reading = new Reading(source, overview);
    reading.subscribe(() => undefined);
    await rest();
    expect(reading.state().status).toBe('fault');
    isBroken = false;
    source.tell(nodeChanged);
    await rest();
    expect(reading.state()).toEqual({ status: 'full', answer: 'well', fault: null });
  });

  test('an answer of before stays beside the fault', async () => {
    let isBroken = false;
    const source = new FakeSource(() => {
      if (isBroken) throw new Error('refused');
      return 'well';
    });
    const reading = new Reading(source, overview);
    reading.subscribe(() => undefined);
    await rest();
    isBroken = true;
    source.tell(nodeChanged);
    await rest();
    expect(reading.state()).toMatchObject({ status: 'full', answer: 'well', fault: { code: 'E-CONNECTION' } });
  });

  test('a line that ends is no fault: the question is asked on the next line', async () => {
    const source = new FakeSource(() => {
      source.client = null;
      throw new Error('socket closed');
    });
    const reading = new Reading(source, overview);
    reading.subscribe(() => undefined);
    await rest();
    expect(reading.state()).toEqual({ status: 'loading' });
    source.client = source.clientThat(() => 'back');
    source.tell({ kind: 'everything' });
    await rest();
    expect(reading.state()).toMatchObject({ status: 'full', answer: 'back' });
  });
});

describe('the readings of a window', () => {
  test('are the same for the same question, so that it is asked once for all who look', () => {
    const readings = new Readings(new FakeSource());
    expect(readings.of(overview)).toBe(readings.of({ ...overview }));
    expect(readings.of(overview)).not.toBe(readings.of({ ...overview, key: 'another' }));
  });

  test('are forgotten when there are very many, except those that somebody looks at', () => {
    const readings = new Readings(new FakeSource());
    const looked = readings.of(overview);
    const left = readings.of({ ...overview, key: 'left' });
    looked.subscribe(() => undefined);
    for (let index = 0; index < 500; index += 1) readings.of({ ...overview, key: `other ${index}` });
    expect(readings.of(overview)).toBe(looked);
    expect(readings.of({ ...overview, key: 'left' })).not.toBe(left);
  });

  test('of a group have one snapshot, which changes only when one of them does', async () => {
    let count = 0;
    const source = new FakeSource(() => (count += 1));
    const group = new Readings(source).group([overview, { ...overview, key: 'second', on: [] }]);
    group.subscribe(() => undefined);
    await rest();
    const before = group.states();
    expect(group.states()).toBe(before);
    source.tell(nodeChanged);
    await rest();
    const after = group.states();
    expect(after).not.toBe(before);
    expect(after[1]).toBe(before[1]);
  });
});
