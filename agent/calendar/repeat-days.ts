import { dayNumber, lengthOfMonth, partsOf, weekdayOf } from './day.ts';
import type { RepeatRule } from './repeat-rule.ts';

/** What does not repeat within so many days does not repeat: it bounds the search through rules that never come true. */
const LONGEST_PAUSE_DAYS = { DAILY: 12 * 366, WEEKLY: 12 * 366, MONTHLY: 60 * 366, YEARLY: 60 * 366 } as const;

const PERIOD_DAYS = { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 } as const;
/** So many turns in a row can be without a day, such as years that have no 29 February. */
const MOST_EMPTY_TURNS = 8;

const longestPause = ({ frequency, interval }: RepeatRule): number =>
  Math.max(LONGEST_PAUSE_DAYS[frequency], MOST_EMPTY_TURNS * interval * PERIOD_DAYS[frequency]);

/** Nothing repeats later, however often it is to come: centuries after all that is asked for, and long before days have no number. */
const END_OF_DAYS = dayNumber(3000, 1, 1);

export type DayRange = { from?: number; to?: number };

/** The days on which an event is that is first on `first`: that day, and every later one that the rule means. Ascending, from `from` until before `to`. */
export function* repeatedDays(
  rule: RepeatRule,
  first: number,
  { from = first, to = Number.POSITIVE_INFINITY }: DayRange = {},
): Generator<number> {
  if (from <= first && first < to) yield first;
  const start = Math.max(from, first + 1);
  const end = Math.min(to, END_OF_DAYS);
  if (start >= end) return;
  let last = start;
  for (let period = periodFrom(rule, first, start); ; period += stepOf(rule)) {
    const begin = periodStart(rule, period);
    if (begin >= end || begin - last > longestPause(rule)) return;
    for (const day of daysOfPeriod(rule, first, period)) {
      if (day < start || day >= end) continue;
      last = day;
      yield day;
    }
  }
}

/** The last day, not after `until`, on which the event is; null when it has not begun. */
export function lastRepeatedDay(rule: RepeatRule, first: number, until: number): number | null {
  if (until < first) return null;
  const limit = Math.min(until, END_OF_DAYS - 1);
  const earliest = Math.max(periodStart(rule, periodOf(rule, first)), limit - longestPause(rule));
  for (let period = periodFrom(rule, first, limit); periodStart(rule, period) >= earliest; period -= stepOf(rule)) {
    const day = daysOfPeriod(rule, first, period).findLast((candidate) => candidate <= limit && candidate > first);
    if (day !== undefined) return day;
  }
  return first;
}

/** Daily repeats are looked through a month at a time. */
const stepOf = ({ frequency, interval }: RepeatRule): number => (frequency === 'DAILY' ? 1 : interval);

/** The first period, of those that count, in which `day` is or which comes after it. */
function periodFrom(rule: RepeatRule, first: number, day: number): number {
  const start = periodOf(rule, first);
  return start + Math.ceil(Math.max(0, periodOf(rule, day) - start) / stepOf(rule)) * stepOf(rule);
}

/** Weeks, months or years, counted on without a break. */
function periodOf({ frequency, weekStart }: RepeatRule, day: number): number {
  const { year, month } = partsOf(day);
  switch (frequency) {
    case 'WEEKLY':
      return Math.floor((day - firstWeekStart(weekStart)) / 7);
    case 'DAILY':
    case 'MONTHLY':
      return year * 12 + month - 1;
    case 'YEARLY':
      return year;
  }
}

function periodStart({ frequency, weekStart }: RepeatRule, period: number): number {
  switch (frequency) {
    case 'WEEKLY':
      return firstWeekStart(weekStart) + period * 7;
    case 'DAILY':
    case 'MONTHLY':
      return dayNumber(Math.floor(period / 12), (period % 12) + 1, 1);
    case 'YEARLY':
      return dayNumber(period, 1, 1);
  }
}

/** The first day, from 1970-01-01 on, with which a week starts. */
const firstWeekStart = (weekStart: number): number => (weekStart - weekdayOf(0) + 7) % 7;

function daysOfPeriod(rule: RepeatRule, first: number, period: number): number[] {
  const days = candidates(rule, first, period);
  if (rule.positions.length === 0) return days;
  const chosen = rule.positions.map((position) => days.at(position > 0 ? position - 1 : position));
  return [...new Set(chosen)].filter((day) => day !== undefined).sort((a, b) => a - b);
}

function candidates(rule: RepeatRule, first: number, period: number): number[] {
  switch (rule.frequency) {
    case 'DAILY':
    case 'MONTHLY':
      return daysOfMonth(rule, first, { year: Math.floor(period / 12), month: (period % 12) + 1 });
    case 'WEEKLY':
      return daysOfWeek(rule, first, periodStart(rule, period));
    case 'YEARLY':
      return daysOfYear(rule, first, period);
  }
}

function daysOfWeek({ weekdays, months }: RepeatRule, first: number, start: number): number[] {
  const meant = weekdays.length === 0 ? [weekdayOf(first)] : weekdays.map(({ weekday }) => weekday);
  const days = Array.from({ length: 7 }, (_, ahead) => start + ahead).filter((day) => meant.includes(weekdayOf(day)));
  return months.length === 0 ? days : days.filter((day) => months.includes(partsOf(day).month));
}

type Month = { year: number; month: number };
/** Consecutive days, of which one is looked at. */
type Place = { start: number; length: number; position: number };

function daysOfMonth(rule: RepeatRule, first: number, { year, month }: Month): number[] {
  if (rule.months.length > 0 && !rule.months.includes(month)) return [];
  const [start, length] = [dayNumber(year, month, 1), lengthOfMonth(year, month)];
  const isDayChosen = rule.monthDays.length > 0 || rule.weekdays.length > 0;
  const usual = partsOf(first).dayOfMonth;
  const days: number[] = [];
  for (let position = 0; position < length; position += 1) {
    const day = start + position;
    const isTurn = rule.frequency === 'DAILY' ? (day - first) % rule.interval === 0 : isDayChosen || position + 1 === usual;
    if (isTurn && isOnMonthDays(rule, length, position) && isOnWeekdays(rule, { start, length, position })) days.push(day);
  }
  return days;
}

/** Without a month, weekdays are those of the whole year; without anything, it is the day of the year that the first one was. */
function daysOfYear(rule: RepeatRule, first: number, year: number): number[] {
  const { months, monthDays, weekdays } = rule;
  if (months.length === 0 && monthDays.length === 0 && weekdays.length > 0) {
    const [start, end] = [dayNumber(year, 1, 1), dayNumber(year + 1, 1, 1)];
    const positions = Array.from({ length: end - start }, (_, position) => position);
    return positions.filter((position) => isOnWeekdays(rule, { start, length: end - start, position })).map((position) => start + position);
  }
  const all = Array.from({ length: 12 }, (_, position) => position + 1);
  const meant = months.length > 0 ? months.toSorted((a, b) => a - b) : monthDays.length > 0 ? all : [partsOf(first).month];
  return meant.flatMap((month) => daysOfMonth(rule, first, { year, month }));
}

function isOnMonthDays({ monthDays }: RepeatRule, length: number, position: number): boolean {
  return monthDays.length === 0 || monthDays.includes(position + 1) || monthDays.includes(position - length);
}

/** Whether it is one of the weekdays, the n-th of them in the month or year where a number is given. */
function isOnWeekdays({ weekdays }: RepeatRule, { start, length, position }: Place): boolean {
  if (weekdays.length === 0) return true;
  const ordinals = meantBy(weekdays)[weekdayOf(start + position)];
  if (ordinals === undefined) return false;
  const fromStart = Math.floor(position / 7) + 1;
  const fromEnd = -Math.floor((length - 1 - position) / 7) - 1;
  return ordinals.has(null) || ordinals.has(fromStart) || ordinals.has(fromEnd);
}

type Ordinals = ReadonlySet<number | null>;

/** A rule may name every weekday by every number, and is asked about each day of many years. */
const meantWeekdays = new WeakMap<RepeatRule['weekdays'], readonly (Ordinals | undefined)[]>();

/** The numbers by which each weekday is meant. */
function meantBy(weekdays: RepeatRule['weekdays']): readonly (Ordinals | undefined)[] {
  const known = meantWeekdays.get(weekdays);
  if (known !== undefined) return known;
  const meant: Set<number | null>[] = [];
  for (const { weekday, ordinal } of weekdays) meant[weekday] = (meant[weekday] ?? new Set<number | null>()).add(ordinal);
  meantWeekdays.set(weekdays, meant);
  return meant;
}
