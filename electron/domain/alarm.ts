import * as z from 'zod';
import { printable } from './tag.ts';

export const AlarmName = z
  .string()
  .min(1, 'An alarm needs a name.')
  .max(255, 'An alarm name has at most 255 characters.')
  .refine(printable, 'An alarm name has no control characters.');

export const AlarmState = z.enum(['OK', 'ALARM']);
export type AlarmState = z.infer<typeof AlarmState>;

/** How many alarms a site keeps. */
export const ALARM_LIMIT = 500;

export const AlarmReport = z.strictObject({
  name: AlarmName,
  state: AlarmState,
  reason: z.string().max(1024, 'A reason has at most 1,024 characters.').refine(printable, 'A reason has no control characters.'),
});

/**
 * A signal from outside (a monitoring script, a person) that holds associations back while it is raised. What was reported stays
 * readable when a rule becomes stricter.
 */
export const Alarm = z.object({
  name: z.string(),
  state: AlarmState,
  reason: z.string(),
  /** Since when it is in this state. */
  changedAt: z.date(),
});
export type Alarm = z.infer<typeof Alarm>;

/** Whether the alarm keeps targets from starting. One that nobody has ever reported does, unless the association ignores that. */
export function holdsBack(configuration: { alarmName: string; ignorePollAlarmFailure: boolean } | null, alarm: Alarm | null): boolean {
  if (configuration === null) return false;
  return alarm === null ? !configuration.ignorePollAlarmFailure : alarm.state === 'ALARM';
}
