import { describe, expect, test } from 'vitest';
import type { Schedule } from '../../../agent/schedule/schedule.ts';
import { nextRuns, parseSchedule } from '../../../agent/schedule/schedule.ts';
import { daylightMark } from '../../../renderer/terms/daylight.ts';

/** In Paris the clocks jump from 02:00 to 03:00 on 29 March 2026, and go back from 03:00 to 02:00 on 25 October. */
function scheduleOf(expression: string, now: string, timeZone = 'Europe/Paris'): Schedule {
  const parsed = parseSchedule({ expression, timeZone, now: new Date(now) });
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.schedule;
}

/** The marks of the next runs, each with its instant. */
function marksOf(schedule: Schedule, from: string, count: number): [string, string | null][] {
  const runs = nextRuns(schedule, new Date(from), count);
  return runs.map((at, position) => [at.toISOString().slice(5, 16), daylightMark(schedule, at, runs[position - 1] ?? null)]);
}

describe('a daily run at 02:30', () => {
  test('is marked on the day on which there is no such time, and after that by the new offset', () => {
    const from = '2026-03-27T12:00:00Z';
    expect(marksOf(scheduleOf('cron(30 2 ? * * *)', from), from, 4)).toEqual([
      ['03-28T01:30', null],
      ['03-29T01:00', expect.stringContaining('jump over')],
      ['03-30T00:30', null],
      ['03-31T00:30', null],
    ]);
  });

  test('is marked on the day on which that time comes twice', () => {
    const from = '2026-10-24T12:00:00Z';
    const [first, second] = marksOf(scheduleOf('cron(30 2 ? * * *)', from), from, 2);
    expect(first).toEqual(['10-25T00:30', expect.stringContaining('twice')]);
    expect(second).toEqual(['10-26T01:30', expect.stringContaining('UTC+1 in place of UTC+2')]);
  });
});

test('a run at another time of that day is marked only by the offset that is new', () => {
  const from = '2026-03-27T12:00:00Z';
  expect(marksOf(scheduleOf('cron(0 3 ? * * *)', from), from, 3)).toEqual([
    ['03-28T02:00', null],
    ['03-29T01:00', expect.stringContaining('UTC+2 in place of UTC+1')],
    ['03-30T01:00', null],
  ]);
});

test('one moment that the clocks jump over is marked', () => {
  const schedule = scheduleOf('at(2026-03-29T02:30:00)', '2026-03-01T00:00:00Z');
  expect(marksOf(schedule, '2026-03-01T00:00:00Z', 1)).toEqual([['03-29T01:00', expect.stringContaining('jump over')]]);
});

test('nothing is marked in UTC, and of a rate', () => {
  const from = '2026-03-28T12:00:00Z';
  expect(marksOf(scheduleOf('cron(30 2 ? * * *)', from, 'UTC'), from, 3).map(([, mark]) => mark)).toEqual([null, null, null]);
  expect(marksOf(scheduleOf('rate(12 hours)', from), from, 3).map(([, mark]) => mark)).toEqual([null, null, null]);
});
