import type { Schedule } from '../../agent/schedule/schedule.ts';
import { clockPeriod, localTime } from '../../agent/schedule/time-zone.ts';

const MINUTE_MS = 60_000;
const MINUTES_PER_DAY = 1440;

const offsetText = (offset: number): string => {
  const minutes = Math.round(offset / MINUTE_MS);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return minutes === 0 ? 'UTC' : `UTC${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
};

/** Whether the wall shows a time at that instant that the schedule names; a time that the clocks jump over is run at another one. */
function isAsWritten(schedule: Schedule, local: number): boolean {
  switch (schedule.kind) {
    case 'cron':
      return schedule.minutesOfDay.includes(Math.floor(local / MINUTE_MS) % MINUTES_PER_DAY);
    case 'at':
      return schedule.expression.includes(new Date(local).toISOString().slice(0, 19));
    case 'rate':
      return true;
  }
}

/** Whether the wall shows the same time at an earlier or a later instant too. */
function comesTwice(timeZone: string, instant: number): boolean {
  const { start, end, offset, offsetBefore } = clockPeriod(timeZone, instant);
  const repeatsEarlier = instant < start + Math.max(0, offsetBefore - offset);
  const offsetAfter = Number.isFinite(end) ? clockPeriod(timeZone, end).offset : offset;
  return repeatsEarlier || instant >= end - Math.max(0, offset - offsetAfter);
}

/** What the clocks of the schedule's zone do to this run; null where they do nothing. `previous` is the run before it. */
export function daylightMark(schedule: Schedule, at: Date, previous: Date | null): string | null {
  const { timeZone, kind } = schedule;
  if (timeZone === 'UTC' || kind === 'rate') return null;
  const { offset } = clockPeriod(timeZone, at.getTime());
  if (!isAsWritten(schedule, localTime(timeZone, at.getTime()))) return 'The clocks jump over its time that day: it runs right after';
  if (comesTwice(timeZone, at.getTime())) return 'The clocks go back: its time comes twice that day';
  const before = previous === null ? offset : clockPeriod(timeZone, previous.getTime()).offset;
  return before === offset ? null : `The clocks have changed since the run before: ${offsetText(offset)} in place of ${offsetText(before)}`;
}
