import * as fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../../agent/calendar/day.ts';
import { propertiesOf, readJcal } from '../../../agent/calendar/jcal.ts';
import { readRepeat } from '../../../agent/calendar/read-repeat.ts';
import { lastRepeatedDay, repeatedDays } from '../../../agent/calendar/repeat-days.ts';
import type { RepeatRule } from '../../../agent/calendar/repeat-rule.ts';

const dayOf = (text: string): number => Date.parse(`${text}T00:00:00Z`) / DAY_MS;
const textOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

function rule(text: string): RepeatRule {
  const jcal = readJcal(`BEGIN:VEVENT\r\nRRULE:${text}\r\nEND:VEVENT`);
  if (!jcal.ok) throw new Error(jcal.problem);
  const read = readRepeat(propertiesOf(jcal.component, 'rrule')[0]?.[3], 0);
  if (!read.ok) throw new Error(read.problem);
  return read.repeat.rule;
}

function days(text: string, first: string, count: number): string[] {
  const found: string[] = [];
  for (const day of repeatedDays(rule(text), dayOf(first))) if (found.push(textOf(day)) === count) break;
  return found;
}

// Examples of RFC 5545, 3.8.5.3, without their times; it lists the dates.
describe('the examples of the standard', () => {
  test.each([
    ['FREQ=DAILY;INTERVAL=10', '1997-09-02', ['1997-09-02', '1997-09-12', '1997-09-22', '1997-10-02', '1997-10-12']],
    ['FREQ=DAILY;BYMONTH=1', '1998-01-30', ['1998-01-30', '1998-01-31', '1999-01-01', '1999-01-02']],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=SU', '1997-09-02', ['1997-09-02', '1997-09-16', '1997-09-30', '1997-10-14']],
    ['FREQ=WEEKLY;WKST=SU;BYDAY=TU,TH', '1997-09-02', ['1997-09-02', '1997-09-04', '1997-09-09', '1997-09-11']],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU,SU', '1997-08-05', ['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24']],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU', '1997-08-05', ['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31']],
    ['FREQ=MONTHLY;BYDAY=1FR', '1997-09-05', ['1997-09-05', '1997-10-03', '1997-11-07', '1997-12-05']],
    ['FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU,-1SU', '1997-09-07', ['1997-09-07', '1997-09-28', '1997-11-02', '1997-11-30']],
    ['FREQ=MONTHLY;BYDAY=-2MO', '1997-09-22', ['1997-09-22', '1997-10-20', '1997-11-17', '1997-12-22']],
    ['FREQ=MONTHLY;BYMONTHDAY=-3', '1997-09-28', ['1997-09-28', '1997-10-29', '1997-11-28', '1997-12-29']],
    ['FREQ=MONTHLY;BYMONTHDAY=15,30', '2007-01-15', ['2007-01-15', '2007-01-30', '2007-02-15', '2007-03-15', '2007-03-30']],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', '1998-02-13', ['1998-02-13', '1998-03-13', '1998-11-13', '1999-08-13']],
    ['FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3', '1997-09-04', ['1997-09-04', '1997-10-07', '1997-11-06']],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2', '1997-09-29', ['1997-09-29', '1997-10-30', '1997-11-27', '1997-12-30']],
    ['FREQ=YEARLY;BYMONTH=6,7', '1997-06-10', ['1997-06-10', '1997-07-10', '1998-06-10', '1998-07-10']],
    ['FREQ=YEARLY;BYDAY=20MO', '1997-05-19', ['1997-05-19', '1998-05-18', '1999-05-17']],
    ['FREQ=YEARLY;BYMONTH=3;BYDAY=TH', '1997-03-13', ['1997-03-13', '1997-03-20', '1997-03-27', '1998-03-05']],
    ['FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8', '1996-11-05', ['1996-11-05', '2000-11-07', '2004-11-02']],
  ])('%s from %s', (text, first, expected) => {
    expect(days(text, first, expected.length)).toEqual(expected);
  });
});

test('a day that a month does not have is left out, and 29 February waits for its year', () => {
  expect(days('FREQ=MONTHLY', '2026-01-31', 3)).toEqual(['2026-01-31', '2026-03-31', '2026-05-31']);
  expect(days('FREQ=YEARLY', '2024-02-29', 3)).toEqual(['2024-02-29', '2028-02-29', '2032-02-29']);
});

test('the first day counts also where the rule does not mean it', () => {
  expect(days('FREQ=WEEKLY;BYDAY=FR', '2026-01-01', 3)).toEqual(['2026-01-01', '2026-01-02', '2026-01-09']);
});

test.each([
  ['FREQ=WEEKLY;INTERVAL=1000', '2026-01-05', ['2026-01-05', '2045-03-06', '2064-05-05']],
  ['FREQ=MONTHLY;INTERVAL=1000;BYMONTHDAY=30', '2026-01-30', ['2026-01-30', '2109-05-30', '2192-09-30']],
  ['FREQ=YEARLY;INTERVAL=100', '2000-02-29', ['2000-02-29', '2400-02-29', '2800-02-29']],
])('however far apart repeats are, they come: %s from %s', (text, first, expected) => {
  expect(days(text, first, 3)).toEqual(expected);
  expect(lastRepeatedDay(rule(text), dayOf(first), dayOf(expected[2] ?? '') - 1)).toBe(dayOf(expected[1] ?? ''));
});

test('a rule that never comes true ends, instead of being looked for', () => {
  for (const text of [
    'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;INTERVAL=7;BYDAY=TU',
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31',
    'FREQ=YEARLY;BYDAY=1MO,2MO;BYSETPOS=9',
  ])
    expect(days(text, '2026-01-05', 5)).toEqual(['2026-01-05']);
});

test('a rule that is counted beyond all years ends, and is no endless search', () => {
  for (const text of ['FREQ=YEARLY;INTERVAL=50', 'FREQ=MONTHLY;INTERVAL=500', 'FREQ=WEEKLY;INTERVAL=600', 'FREQ=DAILY;INTERVAL=1000']) {
    const found = days(text, '2026-01-05', 20_000);
    expect(found.at(-1)).toMatch(/^29/);
    expect(textOf(lastRepeatedDay(rule(text), dayOf('2026-01-05'), 8.64e15 / DAY_MS) ?? 0)).toBe(found.at(-1));
  }
});

const list = (values: readonly (number | string)[], most: number) => fc.subarray([...values], { minLength: 1, maxLength: most });
const numbers = (least: number, most: number) =>
  Array.from({ length: most - least + 1 }, (_, position) => least + position).filter((value) => value !== 0);
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const part = (name: string, values: fc.Arbitrary<(number | string)[]>) => values.map((chosen) => `;${name}=${chosen.join(',')}`);
const none = fc.constant('');

/** Rules of every kind that calendars keep. */
const anyRule = fc
  .oneof(
    fc.tuple(
      fc.constant('FREQ=DAILY'),
      fc.oneof(none, part('BYMONTH', list(numbers(1, 12), 4))),
      fc.oneof(none, part('BYDAY', list(weekdays, 3)), part('BYMONTHDAY', list(numbers(-31, 31), 4))),
    ),
    fc.tuple(
      fc.constant('FREQ=WEEKLY'),
      fc.oneof(none, part('BYDAY', list(weekdays, 4))),
      part('WKST', fc.constantFrom(['MO'], ['SU'], ['WE'])),
    ),
    fc.tuple(
      fc.constant('FREQ=MONTHLY'),
      fc.oneof(
        none,
        part('BYDAY', list(weekdays, 3)),
        part('BYDAY', list(['1MO', '2TU', '-1FR', '5SA', '-2SU'], 2)),
        part('BYMONTHDAY', list(numbers(-31, 31), 4)),
      ),
      none,
    ),
    fc.tuple(fc.constant('FREQ=MONTHLY'), part('BYDAY', list(weekdays, 5)), part('BYSETPOS', list([1, 2, -1, -3], 2))),
    fc.tuple(
      fc.constant('FREQ=YEARLY'),
      fc.oneof(none, part('BYMONTH', list(numbers(1, 12), 3))),
      fc.oneof(none, part('BYDAY', list(weekdays, 2)), part('BYMONTHDAY', list(numbers(1, 28), 3))),
    ),
  )
  .map((parts) => parts.join(''));

const interval = fc.integer({ min: 1, max: 5 });
const firstDay = fc.integer({ min: dayOf('2000-01-01'), max: dayOf('2040-12-31') });

/** A day for itself, by what the standard says of it: nothing is counted on from the day before. */
function isMeant(text: string, first: number, day: number): boolean {
  const parts = new Map(
    text.split(';').map((entry): [string, string[]] => [entry.split('=')[0] ?? '', (entry.split('=')[1] ?? '').split(',')]),
  );
  const [date, start] = [new Date(day * DAY_MS), new Date(first * DAY_MS)];
  const frequency = parts.get('FREQ')?.[0];
  const monday = (of: number) => Math.floor((of + 3 - weekdays.indexOf(parts.get('WKST')?.[0] ?? 'MO')) / 7);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() - start.getUTCFullYear() * 12 - start.getUTCMonth();
  const passed =
    { DAILY: day - first, WEEKLY: monday(day) - monday(first), MONTHLY: months, YEARLY: date.getUTCFullYear() - start.getUTCFullYear() }[
      frequency ?? ''
    ] ?? 0;
  if (passed % Number(parts.get('INTERVAL')?.[0] ?? 1) !== 0) return false;
  const monthLength = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const has = (name: string, ...values: (string | number)[]) =>
    !parts.has(name) || values.some((value) => parts.get(name)?.includes(String(value)));
  const name = weekdays[(date.getUTCDay() + 6) % 7] ?? '';
  const [number, fromEnd] = [Math.ceil(date.getUTCDate() / 7), -Math.ceil((monthLength - date.getUTCDate() + 1) / 7)];
  if (!has('BYMONTH', date.getUTCMonth() + 1) || !has('BYMONTHDAY', date.getUTCDate(), date.getUTCDate() - monthLength - 1)) return false;
  if (!has('BYDAY', name, `${number}${name}`, `${fromEnd}${name}`)) return false;
  if (frequency === 'WEEKLY' && !parts.has('BYDAY')) return date.getUTCDay() === start.getUTCDay();
  const isDayChosen = parts.has('BYDAY') || parts.has('BYMONTHDAY');
  if ((frequency === 'MONTHLY' || frequency === 'YEARLY') && !isDayChosen && date.getUTCDate() !== start.getUTCDate()) return false;
  return !(frequency === 'YEARLY' && !isDayChosen && !parts.has('BYMONTH') && date.getUTCMonth() !== start.getUTCMonth());
}

test('the days are those that looking at every day by itself finds', () => {
  void fc.assert(
    fc.property(
      anyRule.filter((text) => !text.includes('BYSETPOS')),
      interval,
      firstDay,
      (text, every, first) => {
        const whole = `${text};INTERVAL=${every}`;
        const until = first + 1200;
        const expected = Array.from({ length: 1200 }, (_, ahead) => first + ahead).filter(
          (day) => day === first || isMeant(whole, first, day),
        );
        expect(takeUntil(repeatedDays(rule(whole), first), until).map(textOf)).toEqual(expected.map(textOf));
      },
    ),
    { numRuns: 200 },
  );
});

function takeUntil(days: Iterable<number>, until: number): number[] {
  const taken: number[] = [];
  for (const day of days) {
    if (day >= until) break;
    taken.push(day);
  }
  return taken;
}

test('from any day on the days are the rest, and the last one before any day is that of going through all', () => {
  void fc.assert(
    fc.property(anyRule, fc.tuple(interval, firstDay, fc.integer({ min: -400, max: 2500 })), (text, [every, first, ahead]) => {
      const repeat = rule(`${text};INTERVAL=${every}`);
      const all = takeUntil(repeatedDays(repeat, first), first + 4000);
      const from = first + ahead;
      expect(takeUntil(repeatedDays(repeat, first, { from }), first + 4000)).toEqual(all.filter((day) => day >= from));
      expect(lastRepeatedDay(repeat, first, from)).toBe(all.findLast((day) => day <= from) ?? null);
    }),
    { numRuns: 400 },
  );
});

/**
 * ical.js repeats too, but from the start each time, some rules without an end, and BYSETPOS wrongly at first; and it gives up for good
 * where the first month has no such day. None of these rules ends, so where it stops there is nothing to agree with.
 */
test('where ical.js repeats the same rule, it finds the same days', () => {
  void fc.assert(
    fc.property(
      anyRule.filter((text) => !/DAILY;|YEARLY|BYSETPOS/.test(text)),
      interval,
      firstDay,
      (text, every, first) => {
        const whole = `${text};INTERVAL=${every}`;
        const ours = days(whole, textOf(first), 12);
        const theirs = ICAL.Recur.fromString(whole).iterator(ICAL.Time.fromDateString(textOf(first)));
        const found = Array.from({ length: 12 }, () => theirs.next()?.toString() ?? '');
        fc.pre(!found.includes(''));
        expect(ours[0] === found[0] ? ours : ours.slice(1)).toEqual(ours[0] === found[0] ? found : found.slice(0, 11));
      },
    ),
    { numRuns: 400 },
  );
});
