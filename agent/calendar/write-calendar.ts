import type { CalendarType } from './change-calendar.ts';
import { DAY_MS } from './day.ts';
import { clockOf, instantOn } from './event-clock.ts';
import { type JcalComponent, type JcalProperty, parameterOf, textOf, writeJcal } from './jcal.ts';
import { CALENDAR_TYPE, EVENT_TYPE, FLOATING_ZONE, SOURCE } from './read-event.ts';

/** What a person writes of an event: once, or every week on some days. Times are those of the wall: 2026-01-05T18:00. */
export type SimpleEvent = {
  summary: string;
  isAdvisory: boolean;
  timeZone: string;
  startsAt: string;
  endsAt: string;
  /** Weekdays (0 is Sunday) on which it is every week; empty: it is once. */
  weekdays: readonly number[];
  /** The last day on which it starts; null: it goes on. */
  until: string | null;
};

export type NewUid = { uid: string; now: Date };

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
/** What is kept of an event from elsewhere: when it is, and what it is called. Descriptions, guests and reminders stay where they were. */
const KEPT = new Set(['uid', 'dtstamp', 'summary', 'dtstart', 'dtend', 'duration', 'rrule', 'rdate', 'status', EVENT_TYPE, FLOATING_ZONE]);
const LONGEST_SUMMARY = 200;

/** Control characters have no place in a line. */
const CONTROLS = /[\u0000-\u001f\u007f]+/g;

const property = (name: string, type: string, value: unknown): JcalProperty => [name, {}, type, value];

/** Names that begin with X- have no type, and their values are not escaped: they are one line. */
const own = (name: string, value: string): JcalProperty => property(name, 'unknown', value.replaceAll(CONTROLS, ' '));

/** 2026-01-05T18:00:00Z, as jCal has it. */
const utcText = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;

export function emptyCalendar(type: CalendarType, description: string): JcalComponent {
  const properties = [
    property('prodid', 'text', '-//Holdfast//Change Calendar 1.0//EN'),
    property('version', 'text', '2.0'),
    own(CALENDAR_TYPE, type),
    ...(description === '' ? [] : [own('x-wr-caldesc', description)]),
  ];
  return ['vcalendar', properties, []];
}

export function simpleEvent(event: SimpleEvent, { uid, now }: NewUid): JcalComponent {
  const isUtc = event.timeZone === 'UTC';
  const time = (name: string, local: string): JcalProperty =>
    isUtc ? property(name, 'date-time', `${local}:00Z`) : [name, { tzid: event.timeZone }, 'date-time', `${local}:00`];
  return [
    'vevent',
    [
      property('uid', 'text', uid),
      property('dtstamp', 'date-time', utcText(now.getTime())),
      property('summary', 'text', event.summary.replaceAll(CONTROLS, ' ')),
      time('dtstart', event.startsAt),
      time('dtend', event.endsAt),
      ...(event.weekdays.length === 0 ? [] : [property('rrule', 'recur', weeklyRule(event))]),
      ...(event.isAdvisory ? [own(EVENT_TYPE, 'ADVISORY')] : []),
    ],
    [],
  ];
}

/** Where the start has a zone, UNTIL has to be in UTC (RFC 5545, 3.3.10): it is the end of the last day there. */
function weeklyRule({ weekdays, until, timeZone }: SimpleEvent): Record<string, unknown> {
  const byday = weekdays.map((weekday) => WEEKDAYS[weekday] ?? '');
  const rule = { freq: 'WEEKLY', byday: byday.length === 1 ? byday[0] : byday };
  if (until === null) return rule;
  const clock = clockOf(timeZone);
  const end = Date.parse(`${until}T00:00:00Z`) + DAY_MS - 1000;
  // A day that does not exist is written as it is, for whoever reads the text to refuse it in words.
  return { ...rule, until: clock === null || Number.isNaN(end) ? `${until}T00:00:00Z` : utcText(instantOn(clock, end)) };
}

/** What a calendar that is being put together keeps of a file. */
export type TakenIn = { source: string; floatingZone: string | null; newUid(): string; now: Date };

/** The events of a file, with only what counts here, and the zones that nobody else knows. Their names are as in the file. */
export function takeIn(
  file: JcalComponent,
  { source, floatingZone, newUid, now }: TakenIn,
): { events: JcalComponent[]; zones: JcalComponent[] } {
  const fileZone = floatingZone ?? textOf(file, 'x-wr-timezone');
  const events = file[2]
    .filter(([name]) => name === 'vevent')
    .map((event): JcalComponent => {
      const kept = event[1].filter(([name]) => KEPT.has(name)).map(shortened);
      const has = (name: string) => kept.some(([keptName]) => keptName === name);
      const missing = [
        ...(has('uid') ? [] : [property('uid', 'text', newUid())]),
        ...(has('dtstamp') ? [] : [property('dtstamp', 'date-time', utcText(now.getTime()))]),
        ...(fileZone === null || has(FLOATING_ZONE) ? [] : [own(FLOATING_ZONE, fileZone)]),
      ];
      return ['vevent', [...kept, ...missing, own(SOURCE, source)], []];
    });
  return { events, zones: file[2].filter((zone) => zone[0] === 'vtimezone' && clockOf(textOf(zone, 'tzid') ?? '') === null) };
}

function shortened(written: JcalProperty): JcalProperty {
  const [name, parameters, type, value] = written;
  return name === 'summary' && typeof value === 'string'
    ? [name, parameters, type, [...value.replaceAll(CONTROLS, ' ')].slice(0, LONGEST_SUMMARY).join('')]
    : written;
}

export const sourceOf = (event: JcalComponent): string | null => textOf(event, SOURCE);

/** Adds what was taken in. Two files may mean different clocks by one name: then the later ones get another name. */
export function withEvents(calendar: JcalComponent, { events, zones }: { events: JcalComponent[]; zones: JcalComponent[] }): JcalComponent {
  const [name, properties, components] = calendar;
  let added = events;
  const newZones: JcalComponent[] = [];
  const known = components.filter(([kind]) => kind === 'vtimezone');
  const [knownTexts, knownNames] = [new Set(known.map((zone) => JSON.stringify(zone))), new Set(known.map((zone) => textOf(zone, 'tzid')))];
  for (const zone of zones) {
    const tzid = textOf(zone, 'tzid') ?? '';
    if (knownTexts.has(JSON.stringify(zone))) continue;
    let free = tzid;
    while (knownNames.has(free)) free += ' (2)';
    newZones.push(['vtimezone', zone[1].map((line) => (line[0] === 'tzid' ? property('tzid', 'text', free) : line)), zone[2]]);
    if (free !== tzid) added = added.map((event) => inZone(event, tzid, free));
  }
  return [name, properties, [...components, ...newZones, ...added]];
}

function inZone([name, properties, parts]: JcalComponent, from: string, to: string): JcalComponent {
  const moved = properties.map((line): JcalProperty => {
    const [lineName, parameters, type, ...values] = line;
    if (lineName === FLOATING_ZONE && values[0] === from) return own(FLOATING_ZONE, to);
    return parameterOf(line, 'tzid') === from ? [lineName, { ...parameters, tzid: to }, type, ...values] : line;
  });
  return [name, moved, parts];
}

/** Without some of its events, counted from 0, and without zones that then no event is in. */
export function withoutEvents(
  [name, properties, components]: JcalComponent,
  isGone: (event: JcalComponent, position: number) => boolean,
): JcalComponent {
  const gone = new Set(components.filter(([kind]) => kind === 'vevent').filter(isGone));
  const rest = components.filter((component) => !gone.has(component));
  const used = new Set(rest.flatMap((event) => [textOf(event, FLOATING_ZONE), ...event[1].map((line) => parameterOf(line, 'tzid'))]));
  return [name, properties, rest.filter((zone) => zone[0] !== 'vtimezone' || used.has(textOf(zone, 'tzid')))];
}

export const calendarTextOf = writeJcal;
