import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarState } from '../../../agent/calendar/calendar-state.ts';
import type { CalendarType } from '../../../agent/calendar/change-calendar.ts';
import { eventTimes } from '../../../agent/calendar/change-calendar.ts';
import { clockChanges } from '../../../agent/schedule/time-zone.ts';
import { wallClock } from '../schedule/wall-clock.ts';
import { anEvent, calendarText, understood } from './a-calendar.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const calendarOf = (type: CalendarType, ...events: readonly string[]) => understood(calendarText(events, [`X-CALENDAR-TYPE:${type}`]));
/** A state and the next transition, as one line: OPEN 2026-01-05T18:00. */
function answer(calendars: Parameters<typeof calendarState>[0], at: string): string {
  const { state, nextTransitionAt } = calendarState(calendars, new Date(`${at}Z`));
  return `${state} ${nextTransitionAt?.toISOString().slice(0, 16) ?? 'for good'}`;
}

const freeze = calendarOf('DEFAULT_OPEN', anEvent());
const window = calendarOf('DEFAULT_CLOSED', anEvent());

describe('one calendar', () => {
  test.each([
    ['2026-01-05T17:59', 'OPEN 2026-01-05T18:00', 'CLOSED 2026-01-05T18:00'],
    ['2026-01-05T18:00', 'CLOSED 2026-01-05T22:00', 'OPEN 2026-01-05T22:00'],
    ['2026-01-05T21:59', 'CLOSED 2026-01-05T22:00', 'OPEN 2026-01-05T22:00'],
    ['2026-01-05T22:00', 'OPEN for good', 'CLOSED for good'],
  ])('at %s a freeze is %s, and a window is %s', (at, closing, opening) => {
    expect([answer([freeze], at), answer([window], at)]).toEqual([closing, opening]);
  });

  test('advisory and cancelled events change nothing', () => {
    const informed = calendarOf('DEFAULT_OPEN', anEvent(['X-EVENT-TYPE:ADVISORY']), anEvent(['STATUS:CANCELLED']));
    expect(answer([informed], '2026-01-05T19:00')).toBe('OPEN for good');
  });

  test('events that touch or overlap are one closed time', () => {
    const touching = anEvent(['DTSTART:20260105T220000Z', 'DTEND:20260106T000000Z']);
    const over = anEvent(['DTSTART:20260105T230000Z', 'DTEND:20260107T060000Z']);
    expect(answer([calendarOf('DEFAULT_OPEN', over, anEvent(), touching)], '2026-01-05T18:30')).toBe('CLOSED 2026-01-07T06:00');
  });

  test('an event that is on for years ends when it says', () => {
    expect(answer([calendarOf('DEFAULT_OPEN', anEvent(['DTEND:20991231T000000Z']))], '2026-06-01T00:00')).toBe('CLOSED 2099-12-31T00:00');
  });

  test('an event that is decades ahead is the next transition', () => {
    const far = calendarOf('DEFAULT_OPEN', anEvent(['DTSTART:20990101T000000Z', 'DTEND:20990102T000000Z']));
    expect(answer([far], '2026-06-01T00:00')).toBe('OPEN 2099-01-01T00:00');
  });

  test.each([8.64e15, -8.64e15])('the first and the last moment that there is can be asked for: %d', (moment) => {
    const calendar = understood(
      calendarText([anEvent(['DTSTART;TZID=Europe/Berlin:20260105T180000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY'])]),
    );
    expect(calendarState([calendar], new Date(moment)).state).toBe('OPEN');
    expect(clockChanges('Europe/Berlin', moment - DAY_MS, moment + DAY_MS)).toEqual([]);
  });

  test('events without a break are on for good', () => {
    const always = calendarOf('DEFAULT_CLOSED', anEvent(['DTEND:20260106T180000Z', 'RRULE:FREQ=DAILY']));
    expect(answer([always], '2026-06-01T00:00')).toBe('OPEN for good');
  });
});

describe('several calendars', () => {
  test('none at all is open', () => {
    expect(answer([], '2026-01-05T19:00')).toBe('OPEN for good');
  });

  test('they are open only while all are, and the next transition is that of all together', () => {
    const later = calendarOf('DEFAULT_OPEN', anEvent(['DTSTART:20260105T200000Z', 'DTEND:20260106T020000Z']));
    expect(answer([freeze, later], '2026-01-05T17:00')).toBe('OPEN 2026-01-05T18:00');
    expect(answer([freeze, later], '2026-01-05T19:00')).toBe('CLOSED 2026-01-06T02:00');
  });

  test('one that is closed for good closes them for good', () => {
    expect(answer([window, freeze], '2026-01-06T00:00')).toBe('CLOSED for good');
  });

  test('two that are never open together stay closed, and the question ends', () => {
    const daily = (start: string) => anEvent([`DTSTART:20260105T${start}0000Z`, 'DURATION:PT12H', 'RRULE:FREQ=DAILY']);
    expect(answer([calendarOf('DEFAULT_CLOSED', daily('00')), calendarOf('DEFAULT_CLOSED', daily('12'))], '2026-02-01T03:00')).toBe(
      'CLOSED for good',
    );
  });
});

test('calendars that take turns for ever are asked about for some years, and not for all of them', () => {
  const yearly = (day: string) =>
    calendarOf('DEFAULT_CLOSED', anEvent([`DTSTART:2026${day}T000000Z`, 'DURATION:PT1M', 'RRULE:FREQ=YEARLY']));
  const calendars = [yearly('0105'), yearly('0601')];
  let looks = 0;
  const counted = calendars.map(({ events, ...calendar }) => ({
    ...calendar,
    get events() {
      looks += 1;
      return events;
    },
  }));
  expect(calendarState(counted, new Date('2026-03-01T00:00:00Z'))).toEqual({ state: 'CLOSED', nextTransitionAt: null });
  expect(looks).toBeLessThan(300);
});

test('event times are cut to what was asked for', () => {
  const daily = calendarOf('DEFAULT_OPEN', anEvent(['RRULE:FREQ=DAILY']));
  const times = eventTimes(daily, Date.parse('2026-01-07T20:00Z'), Date.parse('2026-01-08T19:00Z'));
  expect(times.map(({ start, end }) => [new Date(start).toISOString().slice(0, 13), new Date(end).toISOString().slice(0, 13)])).toEqual([
    ['2026-01-07T20', '2026-01-07T22'],
    ['2026-01-08T18', '2026-01-08T19'],
  ]);
});

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Sydney'];
const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** An event as text, and whether an occurrence starts when the wall shows this minute: not worked out by counting on. */
type Plain = { text: string; zone: string; minutes: number; startsAt(local: number): boolean };

const plainEvent: fc.Arbitrary<Plain> = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    day: fc.integer({ min: 0, max: 12 }),
    // Clocks change in the night, and what then happens to hours that do not exist has tests of its own.
    minuteOfDay: fc.integer({ min: 4 * 60, max: 23 * 60 }),
    minutes: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1000, max: 4000 })),
    repeat: fc.constantFrom('none', 'daily', 'third', 'weekdays'),
  })
  .map(({ zone, day, minuteOfDay, minutes, repeat }) => {
    // Around 29 March 2026, when Berlin's clocks change; New York's did three weeks before.
    const firstDay = Date.UTC(2026, 2, 20 + day);
    const weekdays = [1, 3, 6];
    const rules = {
      none: [],
      daily: ['RRULE:FREQ=DAILY'],
      third: ['RRULE:FREQ=DAILY;INTERVAL=3'],
      weekdays: [`RRULE:FREQ=WEEKLY;BYDAY=${weekdays.map((weekday) => DAYS[weekday]).join(',')}`],
    };
    const start = new Date(firstDay + minuteOfDay * MINUTE_MS).toISOString().replaceAll(/[-:]|\.000Z/g, '');
    return {
      text: anEvent([`DTSTART;TZID=${zone}:${start}`, `DURATION:PT${minutes}M`, ...rules[repeat]]),
      zone,
      minutes,
      startsAt(local) {
        const date = Math.floor(local / DAY_MS) * DAY_MS;
        if (local - date !== minuteOfDay * MINUTE_MS || date < firstDay) return false;
        const passed = (date - firstDay) / DAY_MS;
        const isMeant = {
          none: passed === 0,
          daily: true,
          third: passed % 3 === 0,
          weekdays: weekdays.includes(new Date(date).getUTCDay()),
        };
        return passed === 0 || isMeant[repeat];
      },
    };
  });

const [from, to] = [Date.UTC(2026, 2, 19), Date.UTC(2026, 3, 4)];
const minutesBetween = Array.from({ length: (to - from) / MINUTE_MS }, (_, position) => from + position * MINUTE_MS);
const walls = new Map(ZONES.map((zone) => [zone, minutesBetween.map(wallClock(zone))]));

/** Minute by minute, whether one of the events is on. */
function steppedPresence(events: readonly Plain[]): boolean[] {
  const until = events.map(() => 0);
  return minutesBetween.map((instant, position) => {
    for (const [number, { zone, minutes, startsAt }] of events.entries()) {
      if (startsAt(walls.get(zone)?.[position] ?? 0)) until[number] = Math.max(until[number] ?? 0, instant + minutes * MINUTE_MS);
    }
    return until.some((end) => end > instant);
  });
}

test('state and next transition are those that looking at every minute finds', () => {
  const anyCalendar = fc.record({
    type: fc.constantFrom<CalendarType>('DEFAULT_OPEN', 'DEFAULT_CLOSED'),
    events: fc.array(plainEvent, { minLength: 1, maxLength: 3 }),
  });
  void fc.assert(
    fc.property(
      fc.array(anyCalendar, { minLength: 1, maxLength: 2 }),
      fc.array(fc.nat(minutesBetween.length - 1), { minLength: 5, maxLength: 5 }),
      (calendars, positions) => {
        const parsed = calendars.map(({ type, events }) => calendarOf(type, ...events.map(({ text }) => text)));
        const present = calendars.map(({ events }) => steppedPresence(events));
        const isOpen = minutesBetween.map((_, position) =>
          calendars.every(({ type }, number) => (present[number]?.[position] ?? false) === (type === 'DEFAULT_CLOSED')),
        );
        for (const position of positions) {
          const { state, nextTransitionAt } = calendarState(parsed, new Date(minutesBetween[position] ?? 0));
          expect(state).toBe(isOpen[position] === true ? 'OPEN' : 'CLOSED');
          const change = isOpen.findIndex((open, later) => later > position && open !== isOpen[position]);
          if (change >= 0) expect(nextTransitionAt?.getTime()).toBe(minutesBetween[change]);
          else expect(nextTransitionAt?.getTime() ?? to).toBeGreaterThanOrEqual(to);
        }
      },
    ),
    { numRuns: 150 },
  );
});
