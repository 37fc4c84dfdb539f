import { parseAt } from './at.ts';
import { type CronTiming, nextLocalFire, parseCron, refusedAsTooFrequent } from './cron.ts';
import { describeAt, describeCron, describeRate } from './describe.ts';
import { nextRateFire, parseRate, type RateTiming, refusedAsOutOfBounds } from './rate.ts';
import { type Parsed, type Refusal, type RefusedField, refuse, type ScheduleErrorCode } from './refusal.ts';
import { instantOf, isTimeZone, localTime, UTC } from './time-zone.ts';
import { nextZonedFire } from './zoned-fire.ts';

export type { RefusedField, ScheduleErrorCode };

type Options = {
  expression: string;
  /** No run at creation or update; the first run is the next fire. */
  applyOnlyAtCronInterval: boolean;
  /** Days after each cron fire, same time of day. */
  scheduleOffsetDays: number | null;
  /**
   * The IANA zone in which the written times are meant: those of cron and of at. What clocks do to them is DAYLIGHT_SAVING_RULE.
   * A rate counts real minutes from its anchor, which are the same everywhere.
   */
  timeZone: string;
  /**
   * The instant of creation or of the last update. A rate counts from it, and an offset needs its cron fire to be later than it:
   * when the fire of the current period has passed, the offset day of that period is not used.
   */
  anchor: Date;
};

export type CronSchedule = Options & { kind: 'cron' } & CronTiming;
export type RateSchedule = Options & { kind: 'rate' } & RateTiming;
export type AtSchedule = Options & { kind: 'at'; at: Date };

export type Schedule = CronSchedule | RateSchedule | AtSchedule;

/** `now` is the moment of saving: it becomes the anchor, and a schedule has to fire after it. */
export type ScheduleInput = {
  expression: string;
  applyOnlyAtCronInterval?: boolean;
  scheduleOffset?: number | null;
  timeZone?: string;
  now: Date;
};

const LONGEST_EXPRESSION = 256;
const LARGEST_OFFSET_DAYS = 6;
const DAY_MS = 24 * 3_600_000;

type ParsedSchedule = { ok: true; schedule: Schedule } | Refusal;

/** For a schedule that is about to be saved: it must be understood, and keep every limit. */
export function parseSchedule(input: ScheduleInput): ParsedSchedule {
  const { scheduleOffset = null } = input;
  const hasOffsetInRange =
    scheduleOffset === null || (Number.isInteger(scheduleOffset) && scheduleOffset >= 1 && scheduleOffset <= LARGEST_OFFSET_DAYS);
  if (!hasOffsetInRange) return refuse('OFFSET_RANGE', { offset: scheduleOffset });
  const understood = understandSchedule(input);
  if (!understood.ok) return understood;
  const { schedule } = understood;
  return beyondLimits(schedule) ?? refusedOptions(schedule) ?? refusedAsOver(schedule) ?? understood;
}

/** For a schedule that was saved before: whatever limits have come since, what can be understood goes on as it was. `now` is the moment of its saving. */
export function understandSchedule({
  expression,
  applyOnlyAtCronInterval = false,
  scheduleOffset = null,
  timeZone = UTC,
  now,
}: ScheduleInput): ParsedSchedule {
  const unknownZone = refusedTimeZone(timeZone);
  if (unknownZone !== null) return unknownZone;
  const options = { expression, applyOnlyAtCronInterval, scheduleOffsetDays: scheduleOffset, timeZone, anchor: now };
  const parsed = parseExpression(options);
  return parsed.ok ? { ok: true, schedule: parsed.value } : parsed;
}

/** What is wrong with the zone of an association that has no schedule to be parsed. */
export function refusedTimeZone(timeZone: string): Refusal | null {
  return isTimeZone(timeZone) ? null : refuse('TIME_ZONE', { timeZone });
}

/** First moment strictly after `after`; null when the schedule never fires again. */
export function nextRun(schedule: Schedule, after: Date): Date | null {
  switch (schedule.kind) {
    case 'cron':
      return nextCronRun(schedule, after);
    case 'rate':
      return nextRateFire(schedule, after, schedule.anchor);
    case 'at':
      return schedule.at > after ? schedule.at : null;
  }
}

/** The next `count` runs strictly after `from`; fewer when the schedule ends. */
export function nextRuns(schedule: Schedule, from: Date, count: number): Date[] {
  const runs: Date[] = [];
  for (let run = nextRun(schedule, from); run !== null && runs.length < count; run = nextRun(schedule, run)) runs.push(run);
  return runs;
}

/** Creation and update cause a run of their own, which is also the one run of an `at` that lies in the past. */
export function runsWhenSaved(schedule: Schedule): boolean {
  return !schedule.applyOnlyAtCronInterval;
}

/** In plain English, for a person; `Every …` of a rate counts from the last save. */
export function describeSchedule(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'cron':
      return describeCron(schedule, schedule);
    case 'rate':
      return describeRate(schedule);
    case 'at':
      return describeAt(schedule);
  }
}

function parseExpression(options: Options): Parsed<Schedule> {
  const { expression } = options;
  if (expression.trim() === '') return refuse('EMPTY', {});
  if (expression.length > LONGEST_EXPRESSION) return refuse('TOO_LONG', { length: expression.length, longest: LONGEST_EXPRESSION });
  const keyword = /^(?:cron|rate|at)/i.exec(expression)?.[0].toLowerCase();
  if (keyword === 'cron') {
    const timing = parseCron(expression);
    return timing.ok ? { ok: true, value: { kind: 'cron', ...options, ...timing.value } } : timing;
  }
  if (keyword === 'rate') {
    const timing = parseRate(expression);
    return timing.ok ? { ok: true, value: { kind: 'rate', ...options, ...timing.value } } : timing;
  }
  if (keyword === 'at') {
    const at = parseAt(expression);
    return at.ok ? { ok: true, value: { kind: 'at', ...options, at: new Date(instantOf(options.timeZone, at.value)) } } : at;
  }
  return refuse('UNKNOWN_KIND', { expression });
}

function beyondLimits(schedule: Schedule): Refusal | null {
  switch (schedule.kind) {
    case 'cron':
      return refusedAsTooFrequent(schedule);
    case 'rate':
      return refusedAsOutOfBounds(schedule);
    case 'at':
      return null;
  }
}

function refusedOptions({ kind, scheduleOffsetDays, applyOnlyAtCronInterval }: Schedule): Refusal | null {
  if (scheduleOffsetDays !== null && kind !== 'cron') return refuse('OFFSET_CRON_ONLY', {});
  if (scheduleOffsetDays !== null && !applyOnlyAtCronInterval) return refuse('OFFSET_NEEDS_APPLY_ONLY', {});
  if (applyOnlyAtCronInterval && kind === 'rate') return refuse('APPLY_ONLY_RATE', {});
  return null;
}

/** An `at` in the past still has the run that saving causes; anything else without a future fire would never run. */
function refusedAsOver(schedule: Schedule): Refusal | null {
  if (nextRun(schedule, schedule.anchor) !== null) return null;
  if (schedule.kind !== 'at')
    return refuse('NEVER_FIRES', { expression: schedule.expression, instead: 'write * as the year, or a later one' });
  if (runsWhenSaved(schedule)) return null;
  return refuse('NEVER_FIRES', { expression: schedule.expression, instead: 'write a later moment, or turn ApplyOnlyAtCronInterval off' });
}

/** Offset days are days of the calendar on the wall, so that the time of day stays the same when the clocks change in between. */
function nextCronRun(schedule: CronSchedule, after: Date): Date | null {
  const { timeZone, scheduleOffsetDays } = schedule;
  const offset = (scheduleOffsetDays ?? 0) * DAY_MS;
  const earliestBase = offset === 0 ? Number.NEGATIVE_INFINITY : localTime(timeZone, schedule.anchor.getTime());
  const next = (local: number): number | null => {
    const base = nextLocalFire(schedule, Math.max(local - offset, earliestBase));
    return base === null ? null : base + offset;
  };
  const run = nextZonedFire({ fires: { next, fillsEveryHour: schedule.firesInEveryHour }, timeZone }, after.getTime());
  return run === null ? null : new Date(run);
}
