import type { CalendarEvent, EventLength, EventRepeat } from './calendar-event.ts';
import { DAY_MS, dayOf } from './day.ts';
import { type EventClock, instantOn, utcClock } from './event-clock.ts';
import type { FileZones } from './file-zones.ts';
import { type JcalComponent, type JcalProperty, parameterOf, propertiesOf, textOf } from './jcal.ts';
import { quoted } from './quoted.ts';
import { readRepeat } from './read-repeat.ts';
import { repeatedDays } from './repeat-days.ts';
import { type WrittenTime, wholeDays, writtenLength, writtenTime } from './written-time.ts';

/** `property` is where the trouble is; the sentence stands by itself. */
export type EventProblem = { property: string; message: string };
export type ReadEvent = { ok: true; event: CalendarEvent } | { ok: false; problem: EventProblem };

/** `floating`: for times that name no zone; null where nothing says which is meant. */
export type EventZones = { zones: FileZones; floating: EventClock | null };

/** Names of ours in a calendar. The first two are those of the SSM API. */
export const EVENT_TYPE = 'x-event-type';
export const CALENDAR_TYPE = 'x-calendar-type';
export const SOURCE = 'x-holdfast-source';
/** The zone of an event's times that name none: each file has one of its own for them. */
export const FLOATING_ZONE = 'x-holdfast-timezone';

/** Properties that take single occurrences out of an event, or move them. */
export const CANCELLING = ['EXDATE', 'EXRULE', 'RECURRENCE-ID'] as const;

const MOST_EXTRA_STARTS = 1000;

/** Thrown and caught in this file alone: an event has many places where it can be wrong, and is right or wrong as a whole. */
class Unreadable extends Error {
  readonly problem: EventProblem;

  constructor(property: string, message: string) {
    super(message);
    this.problem = { property, message };
  }
}

export function readEvent(component: JcalComponent, zones: EventZones): ReadEvent {
  try {
    return { ok: true, event: eventOf(component, zones) };
  } catch (cause) {
    if (!(cause instanceof Unreadable)) throw cause;
    return { ok: false, problem: cause.problem };
  }
}

type Moment = WrittenTime & { clock: EventClock; instant: number };

function eventOf(component: JcalComponent, ofCalendar: EventZones): CalendarEvent {
  const own = textOf(component, FLOATING_ZONE);
  const zones = own === null ? ofCalendar : { ...ofCalendar, floating: ofCalendar.zones.clockOf(own) };
  const summary = textOf(component, 'summary') ?? '';
  const name = summary === '' ? 'An event without a title' : `The event ${quoted(summary)}`;
  refuseCancelledOccurrences(component, name);
  const start = momentOf(component, 'dtstart', { name, zones });
  if (start === null) throw new Unreadable('BEGIN', `${name} has no start; give it a DTSTART.`);
  return {
    uid: textOf(component, 'uid') ?? '',
    summary,
    isAdvisory: textOf(component, EVENT_TYPE)?.toUpperCase() === 'ADVISORY',
    isCancelled: textOf(component, 'status')?.toUpperCase() === 'CANCELLED',
    source: textOf(component, SOURCE),
    isAllDay: start.isDate,
    clock: start.clock,
    firstLocal: start.local,
    length: lengthOf(component, start, { name, zones }),
    repeat: repeatOf(component, start, name),
    extraStarts: extraStartsOf(component, { name, zones }),
  };
}

/** What such an event means would be kept wrong, so none of it is (User Guide, "Importing events"). */
function refuseCancelledOccurrences(component: JcalComponent, name: string): void {
  for (const upper of CANCELLING) {
    if (propertiesOf(component, upper.toLowerCase()).length === 0) continue;
    throw new Unreadable(
      upper,
      `${name} has occurrences that were cancelled or moved one by one (${upper}), which a change calendar cannot hold; make the repeats regular, or write those days as events of their own.`,
    );
  }
}

type Reading = { name: string; zones: EventZones };

function momentOf(component: JcalComponent, property: string, reading: Reading): Moment | null {
  const [found] = propertiesOf(component, property);
  return found === undefined ? null : momentFrom(found, found[3], reading);
}

function momentFrom(property: JcalProperty, value: unknown, { name, zones }: Reading): Moment {
  const upper = property[0].toUpperCase();
  const time = writtenTime(value);
  if (time === null) throw new Unreadable(upper, `${name} has a ${upper} that is no date or time of the years 1600 to 2199.`);
  const clock = clockFor(time, parameterOf(property, 'tzid'), zones);
  if (clock === null) {
    const tzid = parameterOf(property, 'tzid');
    throw new Unreadable(
      upper,
      tzid === null
        ? `${name} has a time that names no zone, so nobody knows when it is; write TZID=Europe/Berlin, for example, or the time in UTC with a Z.`
        : `${name} is in the zone ${quoted(tzid)}, which is neither known nor described in the file; write a name of the IANA data base, for example Europe/Berlin.`,
    );
  }
  return { ...time, clock, instant: instantOn(clock, time.local) };
}

/** Days without a zone are those of the calendar's own, else of UTC: no file ever writes one for them. */
function clockFor({ isUtc, isDate }: WrittenTime, tzid: string | null, { zones, floating }: EventZones): EventClock | null {
  if (isUtc) return utcClock();
  if (tzid !== null) return zones.clockOf(tzid);
  return floating ?? (isDate ? utcClock() : null);
}

function lengthOf(component: JcalComponent, start: Moment, reading: Reading): EventLength {
  const { name } = reading;
  const end = momentOf(component, 'dtend', reading);
  const [duration] = propertiesOf(component, 'duration');
  if (end !== null && end.isDate !== start.isDate)
    throw new Unreadable('DTEND', `${name} has a day at one end and a time at the other; write both as days, or both as times.`);
  if (end !== null) {
    if (end.instant <= start.instant)
      throw new Unreadable('DTEND', `${name} ends before it has begun; write a DTEND that is later than its DTSTART.`);
    return start.isDate
      ? { days: wholeDays(end.local - start.local), milliseconds: 0 }
      : { days: 0, milliseconds: end.instant - start.instant };
  }
  if (duration !== undefined) {
    const length = writtenLength(duration[3]);
    if (length === null || (length.days === 0 && length.milliseconds === 0))
      throw new Unreadable('DURATION', `${name} has a DURATION that is no length; write PT2H or P1D, for example.`);
    return length;
  }
  if (start.isDate) return { days: 1, milliseconds: 0 };
  throw new Unreadable('DTSTART', `${name} has no end; give it a DTEND or a DURATION.`);
}

function repeatOf(component: JcalComponent, start: Moment, name: string): EventRepeat | null {
  const [found, second] = propertiesOf(component, 'rrule');
  if (found === undefined) return null;
  if (second !== undefined) throw new Unreadable('RRULE', `${name} has two rules for its repeats; make two events of it.`);
  const read = readRepeat(found[3], start.local);
  if (!read.ok) throw new Unreadable('RRULE', `${name} cannot be kept: ${read.problem}.`);
  const { rule, count, until } = read.repeat;
  if (count !== null && count > MOST_COUNTED) throw new Unreadable('RRULE', tooOften(name));
  if (!comesAgain(rule, dayOf(start.local))) return null;
  return { rule, count, lastStart: until === null ? lastCounted(read.repeat, start) : lastUntil(until, start) };
}

/** A rule that never comes true, such as every 30 February, is no repeat, and nobody has to look for it again. */
function comesAgain(rule: EventRepeat['rule'], first: number): boolean {
  for (const _ of repeatedDays(rule, first, { from: first + 1 })) return true;
  return false;
}

/** Counting needs every one of them; what only ends by a date does not. */
export const MOST_COUNTED = 20_000;
export const tooOften = (name: string): string =>
  `${name} is repeated too often to be counted; end the repeats with a date (UNTIL), or with a COUNT so that all of the calendar together are at most ${MOST_COUNTED}.`;

function lastCounted({ rule, count }: { rule: EventRepeat['rule']; count: number | null }, start: Moment): number | null {
  if (count === null) return null;
  const first = dayOf(start.local);
  let last = first;
  let counted = 0;
  for (const day of repeatedDays(rule, first)) {
    last = day;
    counted += 1;
    if (counted === count) break;
  }
  return instantOn(start.clock, last * DAY_MS + (start.local - first * DAY_MS));
}

/** A day includes all of itself, whatever zone the event is in; a time without a zone is the event's own. The first start counts always. */
function lastUntil(until: WrittenTime, { clock, instant }: Moment): number {
  const end = until.isDate ? instantOn(clock, until.local + DAY_MS) - 1 : until.isUtc ? until.local : instantOn(clock, until.local);
  return Math.max(end, instant);
}

function extraStartsOf(component: JcalComponent, reading: Reading): number[] {
  const starts = propertiesOf(component, 'rdate').flatMap((property) => {
    const [, , type, ...values] = property;
    if (type === 'period')
      throw new Unreadable('RDATE', `${reading.name} has an RDATE with a length of its own; make that an event of its own.`);
    return values.map((value) => momentFrom(property, value, reading).instant);
  });
  if (starts.length > MOST_EXTRA_STARTS)
    throw new Unreadable('RDATE', `${reading.name} has more than ${MOST_EXTRA_STARTS} extra dates (RDATE).`);
  return starts;
}
