import * as z from 'zod';
import type { RepeatRule, RepeatWeekday } from './repeat-rule.ts';
import { type WrittenTime, writtenTime } from './written-time.ts';

/** A rule as it is written, with how it ends. */
export type WrittenRepeat = { rule: RepeatRule; count: number | null; until: WrittenTime | null };
export type ReadRepeat = { ok: true; repeat: WrittenRepeat } | { ok: false; problem: string };

const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const LARGEST_INTERVAL = 1000;

const many = <Value extends z.ZodType>(value: Value) =>
  z.union([value, z.array(value)]).transform((found) => (Array.isArray(found) ? found : [found]));
const number = (least: number, most: number) => many(z.number().int().min(least).max(most)).default([]);
const notZero = (most: number) =>
  many(
    z
      .number()
      .int()
      .min(-most)
      .max(most)
      .refine((value) => value !== 0),
  ).default([]);

/** What ical.js makes of an RRULE. Other parts that RFC 5545 has (BYWEEKNO, BYYEARDAY, RSCALE) are not understood, and so are refused. */
const Recur = z.strictObject({
  freq: z.string(),
  interval: z.number().int().min(1).max(LARGEST_INTERVAL).default(1),
  count: z.number().int().min(1).optional(),
  until: z.string().optional(),
  wkst: z.number().int().min(1).max(7).default(2),
  bymonth: number(1, 12),
  bymonthday: notZero(31),
  bysetpos: notZero(366),
  byday: many(z.string()).default([]),
  byhour: number(0, 23),
  byminute: number(0, 59),
  bysecond: number(0, 60),
});
type Recur = z.infer<typeof Recur>;

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** `start`: of the first event, whose time of day every repeat has. */
export function readRepeat(value: unknown, start: number): ReadRepeat {
  const refused = (problem: string): ReadRepeat => ({ ok: false, problem });
  const parsed = Recur.safeParse(value);
  if (!parsed.success) return refused(partProblem(parsed.error));
  const recur = parsed.data;
  const frequency = FREQUENCIES.find((known) => known === recur.freq);
  if (frequency === undefined) return refused(`it repeats ${recur.freq}, and calendars repeat daily, weekly, monthly or yearly`);
  if (recur.count !== undefined && recur.until !== undefined)
    return refused('its repeats have both a COUNT and an UNTIL; one of them has to go');
  const until = recur.until === undefined ? null : writtenTime(recur.until);
  if (recur.until !== undefined && until === null) return refused('the UNTIL of its repeats is no date or time of the years 1600 to 2199');
  if (isSeveralTimesADay(recur, start)) return refused('it repeats at other times of the day than its own, which calendars do not');
  const weekdays = recur.byday.map(readWeekday);
  const hasOrdinal = weekdays.some((weekday) => weekday?.ordinal !== null);
  if (weekdays.includes(null)) return refused('a BYDAY of its repeats is no weekday');
  if (hasOrdinal && (frequency === 'DAILY' || frequency === 'WEEKLY'))
    return refused('its repeats number the weekdays (as in 2MO), which only monthly and yearly ones can');
  if (frequency === 'DAILY' && recur.bysetpos.length > 0) return refused('daily repeats cannot have positions (BYSETPOS)');
  if (frequency === 'WEEKLY' && recur.bymonthday.length > 0) return refused('weekly repeats cannot have days of the month (BYMONTHDAY)');
  const rule: RepeatRule = {
    frequency,
    interval: recur.interval,
    months: recur.bymonth,
    monthDays: recur.bymonthday,
    weekdays: weekdays.filter((weekday) => weekday !== null),
    positions: recur.bysetpos,
    weekStart: recur.wkst - 1,
  };
  return { ok: true, repeat: { rule, count: recur.count ?? null, until } };
}

function partProblem({ issues }: z.ZodError): string {
  const [issue] = issues;
  const part = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path[0];
  const name = typeof part === 'string' ? part.toUpperCase() : 'a part';
  if (issue?.code === 'unrecognized_keys') return `its repeats have the part ${name}, which calendars do not know`;
  return name === 'INTERVAL'
    ? `its repeats are too far apart; the largest INTERVAL is ${LARGEST_INTERVAL}`
    : `${name} of its repeats is out of range`;
}

/** Some calendars write down the time of day that a repeat has anyway. */
function isSeveralTimesADay({ byhour, byminute, bysecond }: Recur, start: number): boolean {
  const date = new Date(start);
  const isOwn = (values: readonly number[], own: number) => values.every((value) => value === own);
  return !isOwn(byhour, date.getUTCHours()) || !isOwn(byminute, date.getUTCMinutes()) || !isOwn(bysecond, date.getUTCSeconds());
}

function readWeekday(text: string): RepeatWeekday | null {
  const [, ordinal, name = ''] = /^([+-]?\d{1,2})?(SU|MO|TU|WE|TH|FR|SA)$/.exec(text) ?? [];
  const weekday = WEEKDAYS.indexOf(name);
  if (weekday < 0 || Number(ordinal) === 0) return null;
  return { weekday, ordinal: ordinal === undefined ? null : Number(ordinal) };
}
