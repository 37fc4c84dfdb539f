import type { Moment } from './moment.ts';

import type { Zone } from './zones.ts';
import { gapEnd, instantsOf, offsetAt } from './zones.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const GAP = 30 * MINUTE;

/** 1 is Sunday and 7 Saturday, as SSM counts. */
export type DayRule =
  | { kind: 'every' }
  | { kind: 'dates'; dates: readonly number[] }
  | { kind: 'last-day' }
  | { kind: 'last-working-day' }
  | { kind: 'working-day-near'; date: number }
  | { kind: 'weekdays'; weekdays: readonly number[] }
  | { kind: 'nth-weekday'; weekday: number; nth: number }
  | { kind: 'last-weekday'; weekday: number };

export type ScheduleLine =
  | {
      kind: 'cron';
      /** As the product is told. */
      expression: string;
      minutes: readonly number[];
      hours: readonly number[];
      days: DayRule;
      zone: Zone;
      offsetDays: number | null;
      appliesOnlyAtInterval: boolean;
    }
  | { kind: 'rate'; expression: string; minutes: number }
  | { kind: 'at'; expression: string; at: Moment; appliesOnlyAtInterval: boolean };

export const appliesOnlyAtInterval = (line: ScheduleLine | null): boolean =>
  line !== null && line.kind !== 'rate' && line.appliesOnlyAtInterval;

const dateOf = (day: number): Date => new Date(day * DAY);
const lengthOfMonth = (date: Date): number => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
const isWorkingDay = (date: Date): boolean => date.getUTCDay() !== 0 && date.getUTCDay() !== 6;

/** The working days of the month of a date, as dates. */
function workingDates(of: Date): number[] {
  const [year, month] = [of.getUTCFullYear(), of.getUTCMonth()];
  return Array.from({ length: lengthOfMonth(of) }, (_, place) => place + 1).filter((date) =>
    isWorkingDay(new Date(Date.UTC(year, month, date))),
  );
}

/** The working day that is nearest to a date of the month and in that month; a tie cannot be, as week-ends have two days. */
function nearestWorkingDate(of: Date, date: number): number {
  const distance = (other: number) => Math.abs(other - date);
  return workingDates(of).reduce((best, other) => (distance(other) < distance(best) ? other : best));
}

/** Days are counted from 1970-01-01, by the calendar on the wall. */
function isMeant(rule: DayRule, day: number): boolean {
  const date = dateOf(day);
  const dayOfMonth = date.getUTCDate();
  const weekday = date.getUTCDay() + 1;
  switch (rule.kind) {
    case 'every':
      return true;
    case 'dates':
      return rule.dates.includes(dayOfMonth);
    case 'last-day':
      return dayOfMonth === lengthOfMonth(date);
    case 'last-working-day':
      return dayOfMonth === Math.max(...workingDates(date));
    case 'working-day-near':
      return rule.date <= lengthOfMonth(date) && dayOfMonth === nearestWorkingDate(date, rule.date);
    case 'weekdays':
      return rule.weekdays.includes(weekday);
    case 'nth-weekday':
      return weekday === rule.weekday && Math.ceil(dayOfMonth / 7) === rule.nth;
    case 'last-weekday':
      return weekday === rule.weekday && dayOfMonth + 7 > lengthOfMonth(date);
  }
}

type Cron = Extract<ScheduleLine, { kind: 'cron' }>;

/** Every local time of a wall day at which the schedule means to run. */
function localFires(cron: Cron, day: number, anchor: Moment): number[] {
  const baseDay = day - (cron.offsetDays ?? 0);
  if (!isMeant(cron.days, baseDay)) return [];
  const times = cron.hours.flatMap((hour) => cron.minutes.map((minute) => (hour * 60 + minute) * MINUTE));
  const anchorOnTheWall = anchor + offsetAt(cron.zone, anchor);
  return (
    times
      // With an offset, a period whose cron day has passed at the last save is left out.
      .filter((time) => cron.offsetDays === null || baseDay * DAY + time > anchorOnTheWall)
      .map((time) => day * DAY + time)
  );
}

/** All fires of a wall day, in UTC, by the rule that the product states for changes of the clocks. */
function firesOfDay(cron: Cron, day: number, anchor: Moment): Moment[] {
  const near = [day - 1, day, day + 1].flatMap((each) => localFires(cron, each, anchor));
  const plain = new Set(near.flatMap((local) => instantsOf(cron.zone, local)));
  const fires: Moment[] = [];
  for (const local of localFires(cron, day, anchor)) {
    const instants = instantsOf(cron.zone, local);
    if (instants.length === 0) {
      const end = gapEnd(cron.zone, local);
      if (![...plain].some((at) => Math.abs(at - end) < GAP)) fires.push(end);
    } else {
      fires.push(...(cron.hours.length === 24 ? instants : instants.slice(0, 1)));
    }
  }
  return [...new Set(fires)].sort((a, b) => a - b);
}

function nextCronFire(cron: Cron, after: Moment, anchor: Moment): Moment | null {
  const today = Math.floor((after + offsetAt(cron.zone, after)) / DAY);
  for (let day = today - 1; day < today + 1000; day += 1) {
    const found = firesOfDay(cron, day, anchor).find((at) => at > after);
    if (found !== undefined) return found;
  }
  return null;
}

/** The first fire after a moment; `anchor` is when the association was saved last. Days are looked at one by one, until one fits. */
export function nextFire(line: ScheduleLine | null, after: Moment, anchor: Moment): Moment | null {
  switch (line?.kind) {
    case undefined:
      return null;
    case 'cron':
      return nextCronFire(line, after, anchor);
    case 'rate': {
      const step = line.minutes * MINUTE;
      return anchor + (Math.floor((after - anchor) / step) + 1) * step;
    }
    case 'at':
      return line.at > after ? line.at : null;
  }
}
