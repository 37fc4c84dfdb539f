import type { Alarm } from '../../domain/alarm.ts';
import { ALARM_LIMIT } from '../../domain/alarm.ts';
import { Fault } from '../../domain/faults.ts';
import { alarmChanged } from './alarm-changed.ts';
import type { DispatchContext } from './dispatch-execution.ts';

/** Raises an alarm, clears it, or tells another reason for the state it has; one that is not known yet becomes known. */
export function putAlarm(context: DispatchContext, { name, state, reason }: Omit<Alarm, 'changedAt'>): Alarm {
  const { alarms } = context.stores;
  const alarm = context.transaction(() => {
    const before = alarms.find(name);
    if (before === null && alarms.count() >= ALARM_LIMIT) throw new Fault('E-ALARM-LIMIT', { limit: ALARM_LIMIT });
    const changedAt = before?.state === state ? before.changedAt : context.clock.now();
    const after: Alarm = { name, state, reason, changedAt };
    alarms.put(after);
    return after;
  });
  alarmChanged(context, name);
  return alarm;
}
