import { parseAt } from './at.ts';
import { type CronTiming, nextCronFire, parseCron } from './cron.ts';
import { describeAt, describeCron, describeRate } from './describe.ts';
import { nextRateFire, parseRate, type RateTiming } from './rate.ts';
import { type Parsed, type Refusal, type RefusedField, refuse, type ScheduleErrorCode } from './refusal.ts';

export type { RefusedField, ScheduleErrorCode };

type Options = {
  expression: string;
  /** No run at creation or update; the first run is the next fire. */
  applyOnlyAtCronInterval: boolean;
  /** Days after each cron fire, same time of day. */
  scheduleOffsetDays: number | null;
};

export type CronSchedule = Options & { kind: 'cron' } & CronTiming;
export type RateSchedule = Options & { kind: 'rate' } & RateTiming;
export type AtSchedule = Options & { kind: 'at'; at: Date };

export type Schedule = CronSchedule | RateSchedule | AtSchedule;

/** `now` decides only whether the schedule can still fire. For a schedule that was saved before, pass the moment of its saving. */
export type ScheduleInput = {
  expression: string;
  applyOnlyAtCronInterval?: boolean;
  scheduleOffset?: number | null;
  now: Date;
};

const LONGEST_EXPRESSION = 256;
const LARGEST_OFFSET_DAYS = 6;
const DAY_MS = 24 * 3_600_000;

export function parseSchedule({
  expression,
  applyOnlyAtCronInterval = false,
  scheduleOffset = null,
  now,
}: ScheduleInput): { ok: true; schedule: Schedule } | Refusal {
  const hasOffsetInRange =
    scheduleOffset === null || (Number.isInteger(scheduleOffset) && scheduleOffset >= 1 && scheduleOffset <= LARGEST_OFFSET_DAYS);
  if (!hasOffsetInRange) return refuse('OFFSET_RANGE', { offset: scheduleOffset });
  const parsed = parseExpression({ expression, applyOnlyAtCronInterval, scheduleOffsetDays: scheduleOffset });
  if (!parsed.ok) return parsed;
  return refusedOptions(parsed.value) ?? refusedAsOver(parsed.value, now) ?? { ok: true, schedule: parsed.value };
}

/**
 * First moment strictly after `after`, in UTC; null when the schedule never fires again.
 * `anchor` is the instant of creation or of the last update: a rate counts from it, and an offset needs its cron fire
 * to be later than it (when the fire of the current period has passed, the offset day of that period is not used).
 */
export function nextRun(schedule: Schedule, after: Date, anchor: Date): Date | null {
  switch (schedule.kind) {
    case 'cron':
      return schedule.scheduleOffsetDays === null
        ? nextCronFire(schedule, after)
        : nextOffsetRun(schedule, { after, anchor, offset: schedule.scheduleOffsetDays * DAY_MS });
    case 'rate':
      return nextRateFire(schedule, after, anchor);
    case 'at':
      return schedule.at > after ? schedule.at : null;
  }
}

/** The next `count` runs after `after`; fewer when the schedule ends. */
export function nextRuns(schedule: Schedule, { after, anchor, count }: { after: Date; anchor: Date; count: number }): Date[] {
  const runs: Date[] = [];
  for (let run = nextRun(schedule, after, anchor); run !== null && runs.length < count; run = nextRun(schedule, run, anchor)) {
    runs.push(run);
  }
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
      return describeCron(schedule, schedule.scheduleOffsetDays);
    case 'rate':
      return describeRate(schedule);
    case 'at':
      return describeAt(schedule.at);
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
    return at.ok ? { ok: true, value: { kind: 'at', ...options, at: at.value } } : at;
  }
  return refuse('UNKNOWN_KIND', { expression });
}

function refusedOptions({ kind, scheduleOffsetDays, applyOnlyAtCronInterval }: Schedule): Refusal | null {
  if (scheduleOffsetDays !== null && kind !== 'cron') return refuse('OFFSET_CRON_ONLY', {});
  if (scheduleOffsetDays !== null && !applyOnlyAtCronInterval) return refuse('OFFSET_NEEDS_APPLY_ONLY', {});
  if (applyOnlyAtCronInterval && kind === 'rate') return refuse('APPLY_ONLY_RATE', {});
  return null;
}

/** An `at` in the past still has the run that saving causes; anything else without a future fire would never run. */
function refusedAsOver(schedule: Schedule, now: Date): Refusal | null {
  if (nextRun(schedule, now, now) !== null) return null;
  if (schedule.kind !== 'at')
    return refuse('NEVER_FIRES', { expression: schedule.expression, instead: 'write * as the year, or a later one' });
  if (runsWhenSaved(schedule)) return null;
  return refuse('NEVER_FIRES', { expression: schedule.expression, instead: 'write a later moment, or turn ApplyOnlyAtCronInterval off' });
}

function nextOffsetRun(timing: CronTiming, { after, anchor, offset }: { after: Date; anchor: Date; offset: number }): Date | null {
  const base = nextCronFire(timing, new Date(Math.max(after.getTime() - offset, anchor.getTime())));
  return base === null ? null : new Date(base.getTime() + offset);
}
