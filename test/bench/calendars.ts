import { calendarState } from '../../agent/calendar/calendar-state.ts';
import type { ChangeCalendar } from '../../agent/calendar/change-calendar.ts';
import { parseCalendar } from '../../agent/calendar/parse-calendar.ts';
import { atMost, type Figure } from './figure.ts';
import type { Bench, Lab } from './lab.ts';

const ROUNDS = 7;
const EVENTS = 400;
const START = Date.parse('2026-01-01T00:00:00Z');
const HOUR_MS = 3_600_000;

/** As large as a document may be: weekly, daily and single events in several zones. */
function calendarText(): string {
  const zones = ['Europe/Berlin', 'America/New_York', 'UTC'];
  const rules = ['RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR', 'RRULE:FREQ=MONTHLY;BYDAY=2TU', 'RRULE:FREQ=DAILY;UNTIL=20271231T235959Z', ''];
  const events = Array.from({ length: EVENTS }, (_, number) => {
    const [zone, hour] = [zones[number % zones.length], String(number % 23).padStart(2, '0')];
    const lines = [`DTSTART;TZID=${zone}:20260105T${hour}0000`, 'DURATION:PT7M', rules[number % rules.length] ?? '', `UID:${number}`];
    return ['BEGIN:VEVENT', ...lines.filter((line) => line !== ''), 'END:VEVENT'].join('\r\n');
  });
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'X-CALENDAR-TYPE:DEFAULT_OPEN', ...events, 'END:VCALENDAR', ''].join('\r\n');
}

function understood(text: string): ChangeCalendar {
  const parsed = parseCalendar(text);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  return parsed.calendar;
}

function timed(rounds: number, work: () => void): number[] {
  return Array.from({ length: rounds }, () => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
}

function run(lab: Lab) {
  const rounds = lab.rounds(ROUNDS);
  const text = calendarText();
  const calendar = understood(text);
  const moments = Array.from({ length: 2000 }, (_, hour) => new Date(START + hour * 1.3 * HOUR_MS));
  const ask = () => moments.filter((moment) => calendarState([calendar], moment).nextTransitionAt === null).length;
  ask();
  const figures: Figure[] = [
    { what: `${EVENTS} events understood`, unit: 'ms', values: timed(rounds, () => understood(text)), budget: atMost(500) },
    {
      what: 'state now of a calendar that was just read',
      unit: 'ms',
      values: timed(rounds, () => calendarState([understood(text)], new Date(START))),
      budget: atMost(1000),
    },
    {
      what: 'state and next transition',
      unit: 'µs',
      values: timed(rounds, ask).map((milliseconds) => (milliseconds / moments.length) * 1000),
      budget: atMost(200),
    },
  ];
  return Promise.resolve({ figures, notes: [] });
}

export const calendars: Bench = { name: 'calendars', about: `a calendar of ${EVENTS} events, read and asked`, unable: () => null, run };
