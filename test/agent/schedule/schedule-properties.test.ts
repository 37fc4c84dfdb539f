import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeSchedule, nextRun, nextRuns, parseSchedule } from '../../../agent/schedule/schedule.ts';
import { type NaiveCron, naiveCron, naiveShortestGap, stepToNextFire } from './naive-cron.ts';
import { saved, savedLongAgo } from './saved-schedule.ts';

const DAY_MS = 24 * 3_600_000;
const WINDOW_DAYS = 40;

const moment = fc.date({ min: new Date('2023-12-25T00:00:00Z'), max: new Date('2032-12-31T00:00:00Z'), noInvalidDate: true });
const now = new Date('2024-01-01T00:00:00Z');
const goodCron = naiveCron.filter((cron) => parseSchedule({ expression: cron.expression, now }).ok);

const cronPieces = fc.constantFrom(
  '*',
  '?',
  '0',
  '30',
  '0/30',
  '*/5',
  '1-7',
  '7-1',
  'L',
  'LW',
  '15W',
  '3L',
  'TUE#3',
  'MON-FRI',
  'SUN,',
  '#',
  '/',
  '-',
  '99',
  '2024',
  'ſ',
);
const almostCron = fc.array(cronPieces, { minLength: 4, maxLength: 8 }).map((pieces) => `cron(${pieces.join(' ')})`);
const almostRate = fc.tuple(fc.string(), fc.constantFrom('minute', 'hours', 'day', 's')).map(([amount, unit]) => `rate(${amount} ${unit})`);
const almostAt = fc.string({ unit: fc.constantFrom('0', '1', '2', '3', '9', '-', ':', 'T') }).map((text) => `at(${text})`);
const anything = fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 300 }), almostCron, almostRate, almostAt);

test('parsing never throws, and a schedule that is accepted can be described and asked', () => {
  void fc.assert(
    fc.property(anything, fc.option(fc.double()), fc.boolean(), (expression, scheduleOffset, applyOnlyAtCronInterval) => {
      const result = parseSchedule({ expression, scheduleOffset, applyOnlyAtCronInterval, now });
      if (!result.ok) {
        expect(result.message).toMatch(/\.$/);
      } else {
        expect(describeSchedule(result.schedule)).not.toMatch(/undefined|NaN/);
        expect(nextRuns(result.schedule, now, 3).length).toBeLessThanOrEqual(3);
      }
    }),
    { numRuns: 2000 },
  );
});

test('the next fire of a cron is the first minute that a plain stepper finds', () => {
  void fc.assert(
    fc.property(goodCron, moment, (cron, after) => {
      const end = new Date(after.getTime() + WINDOW_DAYS * DAY_MS);
      const stepped = stepToNextFire(cron, after, end);
      const found = nextRun(saved(cron.expression), after);
      const foundInWindow = found !== null && found <= end ? found : null;
      expect(foundInWindow).toEqual(stepped);
    }),
    { numRuns: 300 },
  );
});

test('a far next fire is a minute that the expression means', () => {
  void fc.assert(
    fc.property(goodCron, moment, (cron, after) => {
      const found = nextRun(saved(cron.expression), after);
      if (found !== null) expect(stepToNextFire(cron, new Date(found.getTime() - 1), found)).toEqual(found);
    }),
    { numRuns: 1000 },
  );
});

test('a cron is refused as too frequent exactly when two fires are less than 30 minutes apart', () => {
  void fc.assert(
    fc.property(naiveCron, (cron: NaiveCron) => {
      const result = parseSchedule({ expression: cron.expression, now });
      expect(!result.ok && result.code === 'CRON_TOO_FREQUENT').toBe(naiveShortestGap(cron) < 30);
    }),
    { numRuns: 500 },
  );
});

test('with an offset, runs are the cron fires after the anchor, shifted by whole days', () => {
  void fc.assert(
    fc.property(fc.tuple(goodCron, moment, fc.nat(60 * DAY_MS), fc.integer({ min: 1, max: 6 })), ([cron, anchor, later, offset]) => {
      const schedule = savedLongAgo(cron.expression, { scheduleOffset: offset, applyOnlyAtCronInterval: true, now: anchor });
      const after = new Date(anchor.getTime() + later);
      const firesAfterAnchor = nextRuns(saved(cron.expression), anchor, 4000);
      const shifted = firesAfterAnchor.map((fire) => new Date(fire.getTime() + offset * DAY_MS));
      expect(nextRun(schedule, after)).toEqual(shifted.find((run) => run > after) ?? null);
    }),
  );
});

test('the next run of any schedule is strictly later, and runs ascend', () => {
  const rate = fc.integer({ min: 30, max: 44_639 }).map((minutes) => `rate(${minutes} minutes)`);
  const at = moment.map((date) => `at(${date.toISOString().slice(0, 19)})`);
  const expression = fc.oneof(
    goodCron.map((cron) => cron.expression),
    rate,
    at,
  );
  void fc.assert(
    fc.property(expression, moment, moment, (text, after, anchor) => {
      let last = after;
      for (const run of nextRuns(savedLongAgo(text, { now: anchor }), after, 20)) {
        expect(run > last).toBe(true);
        last = run;
      }
    }),
    { numRuns: 500 },
  );
});
