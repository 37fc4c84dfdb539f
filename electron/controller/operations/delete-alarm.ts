import { Fault } from '../../domain/faults.ts';
import { alarmChanged } from './alarm-changed.ts';
import type { DispatchContext } from './dispatch-execution.ts';

/** Forgets an alarm: to the associations that name it, it is one that nobody has reported. */
export function deleteAlarm(context: DispatchContext, name: string): void {
  if (!context.stores.alarms.delete(name)) throw new Fault('E-ALARM-UNKNOWN', { name });
  alarmChanged(context, name);
}
