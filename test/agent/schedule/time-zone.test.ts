import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockPeriod, instantOf, isTimeZone, localTime, timeZoneNames } from '../../../agent/schedule/time-zone.ts';
import { wallClock } from './wall-clock.ts';

const at = (text: string): number => Date.parse(text);
const local = (text: string): number => Date.parse(`${text}Z`);

describe('which names are zones', () => {
  test.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'US/Pacific', 'Etc/GMT+5', 'europe/berlin'])('%s is one', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  test.each(['', '+02:00', 'UTC+2', 'Mars/Olympus', 'Europe/Berlin ', '../UTC', 'W. Europe Standard Time', 'x'.repeat(1000)])(
    '"%s" is none',
    (name) => {
      expect(isTimeZone(name)).toBe(false);
    },
  );

  test('every name that is offered is understood, and UTC is the first', () => {
    expect(timeZoneNames()[0]).toBe('UTC');
    expect(timeZoneNames().filter((name) => !isTimeZone(name))).toEqual([]);
  });
});

describe('clocks that change', () => {
  test('the wall shows summer time in summer', () => {
    expect(localTime('Europe/Berlin', at('2026-07-01T12:00:00Z'))).toBe(local('2026-07-01T14:00:00'));
    expect(localTime('Europe/Berlin', at('2026-01-01T12:00:00Z'))).toBe(local('2026-01-01T13:00:00'));
  });

  test('a period ends exactly at the change', () => {
    const change = at('2026-03-29T01:00:00Z');
    expect(clockPeriod('Europe/Berlin', change - 1)).toMatchObject({ end: change, offset: 3_600_000 });
    expect(clockPeriod('Europe/Berlin', change)).toMatchObject({ start: change, offset: 7_200_000, offsetBefore: 3_600_000 });
  });

  test('a local time that does not exist is the first instant after the jump', () => {
    expect(instantOf('Europe/Berlin', local('2026-03-29T02:30:00'))).toBe(at('2026-03-29T01:00:00Z'));
    expect(instantOf('Pacific/Apia', local('2011-12-30T12:00:00'))).toBe(at('2011-12-30T10:00:00Z'));
  });

  test('a local time that comes twice is the first of both', () => {
    expect(instantOf('Europe/Berlin', local('2026-10-25T02:30:00'))).toBe(at('2026-10-25T00:30:00Z'));
  });

  test('a century ahead the rules of today still hold', () => {
    expect(localTime('Europe/Berlin', at('2150-07-01T12:00:00Z'))).toBe(local('2150-07-01T14:00:00'));
  });
});

const zone = fc.constantFrom(...timeZoneNames());
const instant = fc
  .date({ min: new Date('1971-01-01T00:00:00Z'), max: new Date('2060-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => Math.floor(date.getTime() / 1000) * 1000);

test('in any zone at any time, the local time is what the platform prints', () => {
  void fc.assert(
    fc.property(zone, instant, (name, time) => localTime(name, time) === wallClock(name)(time)),
    { numRuns: 1500 },
  );
});

test('the instant of a local time shows that time, and no earlier instant of the day before does', () => {
  void fc.assert(
    fc.property(zone, instant, (name, time) => {
      const shown = localTime(name, time);
      const first = instantOf(name, shown);
      expect(first).toBeLessThanOrEqual(time);
      expect(localTime(name, first)).toBe(shown);
    }),
    { numRuns: 500 },
  );
});
