import { DAY_MS } from './day.ts';

/** A date or a time as an iCalendar has it; `local` as in agent/schedule/time-zone.ts. */
export type WrittenTime = { local: number; isDate: boolean; isUtc: boolean };

/** Years that Date can tell from each other, and schedules know. */
const [FIRST_YEAR, LAST_YEAR] = [1600, 2199];

/** In the form of jCal: 2024-01-05, 2024-01-05T18:00:00 or with Z. Null for anything else, and for days that do not exist. */
export function writtenTime(value: unknown): WrittenTime | null {
  if (typeof value !== 'string') return null;
  const [, date, time, zone] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(Z?))?$/.exec(value) ?? [];
  if (date === undefined) return null;
  const text = `${date}T${time ?? '00:00:00'}.000Z`;
  const instant = new Date(text);
  const year = Number(date.slice(0, 4));
  if (Number.isNaN(instant.getTime()) || instant.toISOString() !== text || year < FIRST_YEAR || year > LAST_YEAR) return null;
  return { local: instant.getTime(), isDate: time === undefined, isUtc: zone === 'Z' };
}

const WEEK_DAYS = 7;

/** P1W, P1DT2H, PT90M: weeks and days are those of the wall, the rest is exact. Null for what is no length, or a negative one. */
export function writtenLength(value: unknown): { days: number; milliseconds: number } | null {
  if (typeof value !== 'string') return null;
  const form = /^\+?P(?:(\d{1,4})W|(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?)$/;
  const [whole, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = form.exec(value) ?? [];
  if (whole === undefined) return null;
  const exact = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return { days: Number(weeks) * WEEK_DAYS + Number(days), milliseconds: exact };
}

export const wholeDays = (milliseconds: number): number => Math.round(milliseconds / DAY_MS);
