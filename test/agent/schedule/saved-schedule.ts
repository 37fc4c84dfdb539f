import { parseSchedule, type Schedule, type ScheduleInput, understandSchedule } from '../../../agent/schedule/schedule.ts';

const newYear = new Date('2024-01-01T00:00:00Z');

/** A schedule that is expected to be good, saved at the start of 2024 unless the test says otherwise. */
export function saved(expression: string, options: Partial<ScheduleInput> = {}): Schedule {
  const result = parseSchedule({ expression, now: newYear, ...options });
  if (!result.ok) throw new Error(`${expression} was refused: ${result.message}`);
  return result.schedule;
}

/** A schedule that was good once, however long ago. */
export function savedLongAgo(expression: string, options: Partial<ScheduleInput> = {}): Schedule {
  const result = understandSchedule({ expression, now: newYear, ...options });
  if (!result.ok) throw new Error(`${expression} was not understood: ${result.message}`);
  return result.schedule;
}
