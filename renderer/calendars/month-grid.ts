import { instantOf, localTime } from '../../agent/schedule/time-zone.ts';
import type { CalendarAgenda } from '../../electron/api/calendars.ts';

/** A month as it is in an address: 2026-03. */
export type Month = string;

const DAY_MS = 86_400_000;
const DAYS_PER_WEEK = 7;
const MONDAY = 1;

export interface Day {
  /** 2026-03-29, as the calendar on the wall has it. */
  date: string;
  isInMonth: boolean;
  /** Its first instant, and the first after it: a day with a change of the clocks has 23 or 25 hours. */
  start: Date;
  end: Date;
}

const dateText = (local: number): string => new Date(local).toISOString().slice(0, 10);
const firstOf = (month: Month): number => Date.parse(`${month}-01T00:00:00Z`);

export const monthOf = (at: Date, zone: string): Month => dateText(localTime(zone, at.getTime())).slice(0, 7);

export const dateOf = (at: Date, zone: string): string => dateText(localTime(zone, at.getTime()));

export function monthAfter(month: Month, months: number): Month {
  const date = new Date(firstOf(month));
  return dateText(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)).slice(0, 7);
}

export const monthText = (month: Month): string =>
  new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(firstOf(month));

/** `Sunday 29 March` */
export const dayText = (date: string): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    Date.parse(`${date}T00:00:00Z`),
  );

/** Whole weeks, Monday first, that have the month in them. */
export function weeksOf(month: Month, zone: string): Day[][] {
  const first = firstOf(month);
  const last = firstOf(monthAfter(month, 1)) - DAY_MS;
  const toMonday = (new Date(first).getUTCDay() - MONDAY + DAYS_PER_WEEK) % DAYS_PER_WEEK;
  const weeks: Day[][] = [];
  for (let monday = first - toMonday * DAY_MS; monday <= last; monday += DAYS_PER_WEEK * DAY_MS) {
    weeks.push(Array.from({ length: DAYS_PER_WEEK }, (_, ahead) => dayOf(monday + ahead * DAY_MS, month, zone)));
  }
  return weeks;
}

function dayOf(local: number, month: Month, zone: string): Day {
  const date = dateText(local);
  return {
    date,
    isInMonth: date.startsWith(month),
    start: new Date(instantOf(zone, local)),
    end: new Date(instantOf(zone, local + DAY_MS)),
  };
}

/** What is to be asked of the controller for a month. */
export function rangeOf(weeks: readonly Day[][]): { from: Date; to: Date } {
  const days = weeks.flat();
  return { from: days[0]?.start ?? new Date(0), to: days.at(-1)?.end ?? new Date(1) };
}

interface Span {
  startsAt: Date;
  endsAt: Date;
}

const meets = ({ startsAt, endsAt }: Span, { start, end }: Day): boolean => startsAt < end && endsAt > start;

/** A part of a day, as shares of its length. */
export interface Segment {
  state: CalendarAgenda['periods'][number]['state'];
  from: number;
  to: number;
  /** In the day; the whole of the period may be longer. */
  startsAt: Date;
  endsAt: Date;
}

export interface DayAgenda {
  segments: readonly Segment[];
  events: CalendarAgenda['events'];
  runs: CalendarAgenda['runs'];
  clockChanges: CalendarAgenda['clockChanges'];
}

export function agendaOf(agenda: CalendarAgenda, day: Day): DayAgenda {
  const isIn = ({ at }: { at: Date }) => at >= day.start && at < day.end;
  const length = day.end.getTime() - day.start.getTime();
  const segments = agenda.periods
    .filter((period) => meets(period, day))
    .map(({ state, startsAt, endsAt }): Segment => {
      const [from, to] = [Math.max(startsAt.getTime(), day.start.getTime()), Math.min(endsAt.getTime(), day.end.getTime())];
      const share = (instant: number) => (instant - day.start.getTime()) / length;
      return { state, from: share(from), to: share(to), startsAt: new Date(from), endsAt: new Date(to) };
    });
  return {
    segments,
    events: agenda.events.filter((event) => meets(event, day)),
    runs: agenda.runs.filter(isIn),
    clockChanges: agenda.clockChanges.filter(isIn),
  };
}

/** Where an arrow leads from a day, among those that are shown; null where there is none. */
export function dayAfterKey(days: readonly Day[], date: string, key: string): string | null {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -DAYS_PER_WEEK, ArrowDown: DAYS_PER_WEEK };
  const at = days.findIndex((day) => day.date === date);
  const step = steps[key];
  return step === undefined || at < 0 ? null : (days[at + step]?.date ?? null);
}
