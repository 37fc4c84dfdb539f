import { hoursField, minutesField, parseValues, yearField } from './cron-fields.ts';
import { parseDayRule } from './day-fields.ts';
import { calendarMonth, type DayRule, firstDay } from './day-rule.ts';
import { MINIMUM_GAP_MINUTES, MINUTES_PER_DAY, shortestGap } from './minimum-gap.ts';
import { type Parsed, type Refusal, refuse } from './refusal.ts';

/** A cron expression, worked out once: the search for the next fire only compares numbers. */
export type CronTiming = {
  /** Minutes since midnight, ascending. */
  minutesOfDay: readonly number[];
  firesInEveryHour: boolean;
  days: DayRule;
  years: 'every' | readonly number[];
};

const MINUTE_MS = 60_000;
const DAY_MS = MINUTES_PER_DAY * MINUTE_MS;

/** Six fields, or seven with leading seconds that are 0: User Guide, "Reference: Cron and rate expressions" (its "five fields" is contradicted by all its examples). */
export function parseCron(expression: string): Parsed<CronTiming> {
  const inside = /^cron\(([^()]*)\)$/i.exec(expression)?.[1];
  if (inside === undefined) return refuse('CRON_WRAPPER', { expression });
  const fields = inside.split(/[ \t]+/).filter((field) => field !== '');
  if (fields.length !== 6 && fields.length !== 7) return refuse('FIELD_COUNT', { count: fields.length });
  const seconds = fields.length === 7 ? fields[0] : undefined;
  if (seconds !== undefined && seconds !== '0') return refuse('SECONDS_NOT_ZERO', { text: seconds });
  const [minutes = '', hours = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields.slice(-6);
  if (month !== '*') return refuse('MONTH_NOT_SUPPORTED', { text: month });

  const times = parseTimes(minutes, hours);
  if (!times.ok) return times;
  const days = parseDayRule(dayOfMonth, dayOfWeek);
  if (!days.ok) return days;
  const years = parseYears(year);
  if (!years.ok) return years;
  return { ok: true, value: { ...times.value, days: days.value, years: years.value } };
}

export function refusedAsTooFrequent({ minutesOfDay }: CronTiming): Refusal | null {
  const gapMinutes = shortestGap(minutesOfDay);
  return gapMinutes < MINIMUM_GAP_MINUTES ? refuse('CRON_TOO_FREQUENT', { gapMinutes, minimumMinutes: MINIMUM_GAP_MINUTES }) : null;
}

/** By the clock on the wall (local times as in time-zone.ts); null when the years are over. ScheduleOffset is not part of it. */
export function nextLocalFire(timing: CronTiming, after: number): number | null {
  const earliest = Math.floor(after / MINUTE_MS) + 1;
  const today = Math.floor(earliest / MINUTES_PER_DAY);
  const minuteOfToday = earliest - today * MINUTES_PER_DAY;
  const hasFireLeftToday = timing.minutesOfDay.some((minute) => minute >= minuteOfToday);
  const day = nextDay(timing, hasFireLeftToday ? today : today + 1);
  if (day === null) return null;
  const minute = timing.minutesOfDay.find((candidate) => day > today || candidate >= minuteOfToday);
  return minute === undefined ? null : day * DAY_MS + minute * MINUTE_MS;
}

type Times = Pick<CronTiming, 'minutesOfDay' | 'firesInEveryHour'>;

function parseTimes(minutes: string, hours: string): Parsed<Times> {
  const ofHour = parseValues(minutesField, minutes);
  if (!ofHour.ok) return ofHour;
  const ofDay = parseValues(hoursField, hours);
  if (!ofDay.ok) return ofDay;
  const minutesOfDay = ofDay.value.flatMap((hour) => ofHour.value.map((minute) => hour * 60 + minute));
  return { ok: true, value: { minutesOfDay, firesInEveryHour: ofDay.value.length === hoursField.highest + 1 } };
}

function parseYears(text: string): Parsed<CronTiming['years']> {
  if (text === '*') return { ok: true, value: 'every' };
  return parseValues(yearField, text);
}

/** Days are counted from 1970-01-01. */
function nextDay({ days, years }: CronTiming, from: number): number | null {
  const start = new Date(from * DAY_MS);
  for (let year = yearFrom(years, start.getUTCFullYear()); year !== null; year = yearFrom(years, year + 1)) {
    const isStartYear = year === start.getUTCFullYear();
    for (let month = isStartYear ? start.getUTCMonth() : 0; month < 12; month += 1) {
      const isStartMonth = isStartYear && month === start.getUTCMonth();
      const day = firstDay(days, calendarMonth(year, month), isStartMonth ? start.getUTCDate() : 1);
      if (day !== null) return Date.UTC(year, month, day) / DAY_MS;
    }
  }
  return null;
}

function yearFrom(years: CronTiming['years'], from: number): number | null {
  if (years !== 'every') return years.find((year) => year >= from) ?? null;
  return from <= yearField.highest ? Math.max(from, yearField.lowest) : null;
}
