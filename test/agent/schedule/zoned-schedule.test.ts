import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeSchedule, nextRun, nextRuns, parseSchedule, type Schedule } from '../../../agent/schedule/schedule.ts';
import { clockPeriod } from '../../../agent/schedule/time-zone.ts';
import { type NaiveCron, naiveCron } from './naive-cron.ts';
import { saved, savedLongAgo } from './saved-schedule.ts';
import { wallClock } from './wall-clock.ts';

const utc = (text: string): Date => new Date(`${text}Z`);
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

function inZone(timeZone: string, expression: string): Schedule {
  return saved(expression, { timeZone });
}

const runsOf = (schedule: Schedule, from: string, count: number): string[] =>
  nextRuns(schedule, utc(from), count).map((run) => run.toISOString().slice(0, 16));

describe('a zone', () => {
  test('the hours of a cron are those of its zone, in winter and in summer', () => {
    const daily = inZone('Europe/Berlin', 'cron(0 2 ? * * *)');
    expect(runsOf(daily, '2026-01-10T00:00', 1)).toEqual(['2026-01-10T01:00']);
    expect(runsOf(daily, '2026-07-10T00:30', 1)).toEqual(['2026-07-11T00:00']);
  });

  test('the day of a cron is that of its zone', () => {
    expect(runsOf(inZone('Pacific/Auckland', 'cron(0 2 ? * SUN *)'), '2026-01-01T00:00', 1)).toEqual(['2026-01-03T13:00']);
    expect(runsOf(inZone('America/New_York', 'cron(0 22 L * ? *)'), '2026-01-01T12:00', 1)).toEqual(['2026-02-01T03:00']);
  });

  test('the moment of an at is that of its zone, and in the gap it is the first one after it', () => {
    expect(runsOf(inZone('Europe/Berlin', 'at(2030-07-07T15:55:00)'), '2024-01-01T00:00', 2)).toEqual(['2030-07-07T13:55']);
    expect(runsOf(inZone('Europe/Berlin', 'at(2030-03-31T02:30:00)'), '2024-01-01T00:00', 2)).toEqual(['2030-03-31T01:00']);
  });

  test('a rate counts real minutes, whatever the zone', () => {
    expect(runsOf(inZone('Europe/Berlin', 'rate(12 hours)'), '2026-03-28T00:00', 3)).toEqual(
      runsOf(saved('rate(12 hours)'), '2026-03-28T00:00', 3),
    );
  });

  test('a zone that does not exist is refused on its own field', () => {
    expect(parseSchedule({ expression: 'rate(1 day)', timeZone: 'Mars/Olympus', now: utc('2026-01-01T00:00') })).toMatchObject({
      ok: false,
      code: 'TIME_ZONE',
      field: 'TimeZone',
      message: expect.stringContaining('Europe/Berlin'),
    });
  });

  test.each([
    ['cron(0 2 ? * SUN *)', 'At 02:00 Europe/Berlin time every Sunday'],
    ['cron(0 9-17 ? * MON-FRI *)', 'Every hour from 09:00 to 17:00 Europe/Berlin time, every Monday to Friday'],
    ['cron(0/30 * * * ? *)', 'Every 30 minutes'],
    ['rate(1 hour)', 'Every hour'],
    ['at(2030-07-07T15:55:00)', 'Once at 2030-07-07 15:55 Europe/Berlin time'],
  ])('the description of %s names it where times are said', (expression, words) => {
    expect(describeSchedule(inZone('Europe/Berlin', expression))).toBe(words);
  });
});

// In Berlin, 2026-03-29 has no 02:00 to 03:00 (01:00 UTC is 03:00), and 2026-10-25 has it twice (from 00:00 UTC and from 01:00 UTC).
describe('when the clocks go forward', () => {
  test.each([
    ['a time that does not exist runs at the first moment after the gap', 'cron(30 2 ? * * *)', ['2026-03-29T01:00', '2026-03-30T00:30']],
    ['two times that do not exist run once', 'cron(10,50 2 ? * * *)', ['2026-03-29T01:00', '2026-03-30T00:10']],
    [
      'a schedule that runs right after the gap needs no run instead',
      'cron(15 1-4 ? * * *)',
      ['2026-03-29T00:15', '2026-03-29T01:15', '2026-03-29T02:15'],
    ],
    ['every half hour stays every half hour', 'cron(15,45 * ? * * *)', ['2026-03-29T00:15', '2026-03-29T00:45', '2026-03-29T01:15']],
    [
      'two runs are never less than half an hour apart',
      'cron(10,50 1,3 ? * * *)',
      ['2026-03-29T00:10', '2026-03-29T00:50', '2026-03-29T01:50'],
    ],
  ])('%s', (_sentence, expression, expected) => {
    expect(runsOf(inZone('Europe/Berlin', expression), '2026-03-29T00:00', expected.length)).toEqual(expected);
  });

  test('where midnight does not exist, the day begins when it does', () => {
    expect(runsOf(inZone('America/Santiago', 'cron(0 0 ? * SUN *)'), '2026-09-05T12:00', 1)).toEqual(['2026-09-06T04:00']);
  });

  test('a day that a country left out runs once, at its end', () => {
    expect(runsOf(savedLongAgo('cron(0 12 30 * ? 2011)', { timeZone: 'Pacific/Apia' }), '2011-12-29T12:00', 1)).toEqual([
      '2011-12-30T10:00',
    ]);
  });
});

describe('when the clocks go back', () => {
  test.each([
    ['a time that comes twice runs the first time only', 'cron(30 2 ? * * *)', ['2026-10-25T00:30', '2026-10-26T01:30']],
    ['a schedule of every hour loses no hour', 'cron(0 * ? * * *)', ['2026-10-25T00:00', '2026-10-25T01:00', '2026-10-25T02:00']],
    ['hours that are named run once each', 'cron(0 1-4 ? * * *)', ['2026-10-25T00:00', '2026-10-25T02:00', '2026-10-25T03:00']],
  ])('%s', (_sentence, expression, expected) => {
    expect(runsOf(inZone('Europe/Berlin', expression), '2026-10-24T23:30', expected.length)).toEqual(expected);
  });

  test('half an hour that comes twice keeps a schedule of half hours even', () => {
    expect(runsOf(inZone('Australia/Lord_Howe', 'cron(15,45 * ? * * *)'), '2026-04-04T14:00', 4)).toEqual([
      '2026-04-04T14:15',
      '2026-04-04T14:45',
      '2026-04-04T15:15',
      '2026-04-04T15:45',
    ]);
  });
});

test('an offset keeps the time of day when the clocks change in between', () => {
  const schedule = saved('cron(0 2 ? * SAT *)', { timeZone: 'Europe/Berlin', scheduleOffset: 2, applyOnlyAtCronInterval: true });
  expect(runsOf(schedule, '2026-03-27T00:00', 2)).toEqual(['2026-03-30T00:00', '2026-04-06T00:00']);
});

/** Every fire between two instants, found by looking at each minute of real time and asking what the wall shows. */
function steppedFires(cron: NaiveCron, timeZone: string, [from, to]: [number, number]): number[] {
  const wall = wallClock(timeZone);
  const isFire = (local: number): boolean => {
    const date = new Date(local);
    return (
      cron.minutes.has(date.getUTCMinutes()) &&
      cron.hours.has(date.getUTCHours()) &&
      cron.isDay(new Date(Math.floor(local / DAY_MS) * DAY_MS))
    );
  };
  const seen = new Set<number>();
  const regular: number[] = [];
  const instead: number[] = [];
  let shown = wall(from - MINUTE_MS);
  for (let instant = from; instant <= to; instant += MINUTE_MS) {
    const before = shown;
    shown = wall(instant);
    for (let skipped = before + MINUTE_MS; skipped < shown; skipped += MINUTE_MS)
      if (isFire(skipped) && instead.at(-1) !== instant) instead.push(instant);
    const runs = isFire(shown) && (cron.hours.size === 24 || !seen.has(shown));
    seen.add(shown);
    if (runs && instant - (regular.at(-1) ?? from - DAY_MS) >= 30 * MINUTE_MS) regular.push(instant);
  }
  const needed = instead.filter((instant) => regular.every((fire) => Math.abs(fire - instant) >= 30 * MINUTE_MS));
  return [...regular, ...needed].sort((a, b) => a - b);
}

const zone = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Africa/Casablanca',
  'Antarctica/Troll',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Asia/Pyongyang',
);
const instant = fc.date({ min: new Date('1985-01-01T00:00:00Z'), max: new Date('2035-01-01T00:00:00Z'), noInvalidDate: true });

/** A moment within a day of a change of the clocks, most times. */
const nearChange = fc.tuple(zone, instant, fc.integer({ min: -1440, max: 300 })).map(([timeZone, date, minutes]) => {
  const { end } = clockPeriod(timeZone, date.getTime());
  return { timeZone, after: Math.floor(end / MINUTE_MS + minutes) * MINUTE_MS };
});

const listed = (values: readonly number[]) => values.toSorted((a, b) => a - b).join(',');

/** Fires every night around the hours in which clocks change, so that most changes meet one. */
const nightlyCron: fc.Arbitrary<NaiveCron> = fc
  .tuple(
    fc.oneof(
      fc.nat(59).map((minute) => [minute]),
      fc.nat(29).map((minute) => [minute, minute + 30]),
      fc.tuple(fc.nat(29), fc.integer({ min: 30, max: 50 })).map(([minute, gap]) => [minute, minute + gap].filter((value) => value < 60)),
    ),
    fc.oneof(fc.constant(Array.from({ length: 24 }, (_, hour) => hour)), fc.subarray([0, 1, 2, 3, 4, 23], { minLength: 1 })),
  )
  .map(([minutes, hours]) => ({
    expression: `cron(${listed(minutes)} ${listed(hours)} ? * * *)`,
    minutes: new Set(minutes),
    hours: new Set(hours),
    isDay: () => true,
  }))
  .filter((cron) => parseSchedule({ expression: cron.expression, now: utc('2024-01-01T00:00') }).ok);

const anyCron = fc.oneof(
  { weight: 4, arbitrary: nightlyCron },
  { weight: 1, arbitrary: naiveCron.filter((cron) => parseSchedule({ expression: cron.expression, now: utc('2024-01-01T00:00') }).ok) },
);

test('in any zone the next fires are those that stepping through every minute finds', () => {
  void fc.assert(
    fc.property(anyCron, nearChange, (cron, { timeZone, after }) => {
      const end = after + 2 * DAY_MS;
      const stepped = steppedFires(cron, timeZone, [after - 2 * DAY_MS, end + DAY_MS]).filter((fire) => fire > after && fire <= end);
      const schedule = savedLongAgo(cron.expression, { timeZone });
      const found = nextRuns(schedule, new Date(after), stepped.length + 1).map((run) => run.getTime());
      expect(found.filter((fire) => fire <= end)).toEqual(stepped);
    }),
    { numRuns: 80 },
  );
});

test.each([1, 2, 60_000])('%d ms before the clocks jump over a fire, that fire is still to come', (before) => {
  const jump = utc('2005-10-01T14:00').getTime();
  const schedule = savedLongAgo('cron(45 2 ? * * *)', { timeZone: 'Pacific/Chatham' });
  expect(nextRun(schedule, new Date(jump - before))).toEqual(new Date(jump));
  expect(nextRun(schedule, new Date(jump))).toEqual(utc('2005-10-02T13:00'));
});

test('in any zone runs ascend, at least 30 minutes apart, and from any moment in between the next one is the same', () => {
  void fc.assert(
    fc.property(anyCron, nearChange, fc.double({ min: 0, max: 1, noNaN: true }), (cron, { timeZone, after }, share) => {
      const schedule = savedLongAgo(cron.expression, { timeZone });
      const runs = [new Date(after), ...nextRuns(schedule, new Date(after), 30)];
      for (const [position, run] of runs.slice(0, -1).entries()) {
        const next = runs[position + 1] ?? run;
        const gap = next.getTime() - run.getTime();
        expect(gap).toBeGreaterThanOrEqual(position === 0 ? 1 : 30 * MINUTE_MS);
        expect(nextRun(schedule, new Date(run.getTime() + Math.floor(share * (gap - 1))))).toEqual(next);
      }
    }),
    { numRuns: 300 },
  );
});

test('a fire that is weeks ahead is the one that going on day by day finds', () => {
  const rareCron = naiveCron.filter((cron) => parseSchedule({ expression: cron.expression, now: utc('2024-01-01T00:00') }).ok);
  void fc.assert(
    fc.property(rareCron, nearChange, (cron, { timeZone, after }) => {
      const schedule = savedLongAgo(cron.expression, { timeZone });
      const days = Array.from({ length: 400 }, (_, day) => new Date(after + day * DAY_MS));
      const dayByDay = days
        .map((day) => nextRun(schedule, day))
        .find((run, day) => run !== null && run.getTime() <= after + (day + 1) * DAY_MS);
      const found = nextRun(schedule, new Date(after));
      expect(found === null || found.getTime() > after + 400 * DAY_MS ? undefined : found).toEqual(dayByDay);
    }),
    { numRuns: 100 },
  );
});
