import { DAY_MS, dayOf } from './day.ts';
import { type EventClock, instantOn, localOn } from './event-clock.ts';
import { lastRepeatedDay, repeatedDays } from './repeat-days.ts';
import type { RepeatRule } from './repeat-rule.ts';

/** One event of a calendar, understood. Instants are milliseconds; local times as in agent/schedule/time-zone.ts. */
export type CalendarEvent = {
  uid: string;
  summary: string;
  /** Information only: it changes no state. */
  isAdvisory: boolean;
  isCancelled: boolean;
  /** The file that it was imported from; null for one that was written here. */
  source: string | null;
  isAllDay: boolean;
  clock: EventClock;
  firstLocal: number;
  length: EventLength;
  repeat: EventRepeat | null;
  /** Further starts, one by one (RDATE). */
  extraStarts: readonly number[];
};

/** Days of the calendar on the wall, and then an exact time: a repeat in the night of a clock change is as long as all others. */
export type EventLength = { days: number; milliseconds: number };

export type EventRepeat = {
  rule: RepeatRule;
  /** How often in all, as it is written; the end that it comes to is in `lastStart`. */
  count: number | null;
  /** No start is later than this instant; null: it never ends. */
  lastStart: number | null;
};

/** Start belongs to it, end does not. */
export type Occurrence = { start: number; end: number };

/** Occurrences that start at `from` or later, and before `to`, by their start. */
export function* occurrencesFrom(event: CalendarEvent, from: number, to: number = Number.POSITIVE_INFINITY): Generator<Occurrence> {
  const extras = event.extraStarts.filter((start) => start >= from && start < to).toSorted((a, b) => a - b);
  for (const start of regularStarts(event, from, to)) {
    while (extras[0] !== undefined && extras[0] < start) yield occurrenceAt(event, extras.shift() ?? start);
    yield occurrenceAt(event, start);
  }
  for (const start of extras) yield occurrenceAt(event, start);
}

/** The occurrence that started last, at `instant` or before: of all that have begun, it ends last. */
export function lastStarted(event: CalendarEvent, instant: number): Occurrence | null {
  const starts = event.extraStarts.filter((start) => start <= instant);
  const regular = lastRegularStart(event, instant);
  if (regular !== null) starts.push(regular);
  return starts.length === 0 ? null : occurrenceAt(event, Math.max(...starts));
}

export const firstStart = ({ clock, firstLocal }: CalendarEvent): number => instantOn(clock, firstLocal);

function* regularStarts(event: CalendarEvent, from: number, to: number): Generator<number> {
  const { clock, firstLocal, repeat } = event;
  const first = firstStart(event);
  if (repeat === null) {
    if (first >= from && first < to) yield first;
    return;
  }
  const timeOfDay = firstLocal - dayOf(firstLocal) * DAY_MS;
  const end = Math.min(to, repeat.lastStart ?? to);
  // A day more at both ends: local days are not those of UTC.
  const range = { from: dayOf(localOn(clock, Math.max(from, first))) - 1, to: Number.isFinite(end) ? dayOf(end) + 3 : end };
  for (const day of repeatedDays(repeat.rule, dayOf(firstLocal), range)) {
    const start = instantOn(clock, day * DAY_MS + timeOfDay);
    if (repeat.lastStart !== null && start > repeat.lastStart) return;
    if (start >= from && start < to) yield start;
  }
}

function lastRegularStart(event: CalendarEvent, instant: number): number | null {
  const { clock, firstLocal, repeat } = event;
  const first = firstStart(event);
  if (first > instant) return null;
  if (repeat === null) return first;
  const limit = Math.min(instant, repeat.lastStart ?? instant);
  const timeOfDay = firstLocal - dayOf(firstLocal) * DAY_MS;
  for (let until = dayOf(localOn(clock, limit)) + 1; ; ) {
    const day = lastRepeatedDay(repeat.rule, dayOf(firstLocal), until);
    if (day === null) return first;
    const start = instantOn(clock, day * DAY_MS + timeOfDay);
    if (start <= limit) return start;
    until = day - 1;
  }
}

function occurrenceAt({ clock, length }: CalendarEvent, start: number): Occurrence {
  const afterDays = length.days === 0 ? start : instantOn(clock, localOn(clock, start) + length.days * DAY_MS);
  return { start, end: afterDays + length.milliseconds };
}
