import { describe, expect, test } from 'vitest';
import { Trigger } from '../../../electron/domain/execution.ts';
import type { GateFacts } from '../../../electron/domain/gate.ts';
import { decideGate } from '../../../electron/domain/gate.ts';

const open: GateFacts = {
  trigger: 'Schedule',
  applyOnlyAtCronInterval: false,
  calendarState: 'OPEN',
  hasMissingCalendar: false,
  isAlarmRaised: false,
};

const WAITS_FOR_INTERVAL: ReadonlySet<Trigger> = new Set(['Created', 'Edited', 'DocumentChanged', 'ParameterChanged', 'NodeMatched']);
const LOST_TO_A_CALENDAR: ReadonlySet<Trigger> = new Set(['Schedule', 'MissedSchedule', 'Manual', 'Refresh']);

describe.each(Trigger.options)('%s', (trigger) => {
  test('runs when nothing stands between', () => {
    expect(decideGate({ ...open, trigger })).toEqual({ kind: 'run' });
  });

  test('waits with ApplyOnlyAtCronInterval exactly when it is a change and not a fire, a request or a catch-up', () => {
    const decision = decideGate({ ...open, trigger, applyOnlyAtCronInterval: true });
    expect(decision.kind).toBe(WAITS_FOR_INTERVAL.has(trigger) ? 'wait' : 'run');
  });

  test('meets a closed calendar: what is a moment is lost, what is a change is owed', () => {
    const isOwed = !LOST_TO_A_CALENDAR.has(trigger);
    expect(decideGate({ ...open, trigger, calendarState: 'CLOSED' })).toEqual({ kind: 'skip', because: 'CalendarClosed', isOwed });
    const missing = decideGate({ ...open, trigger, calendarState: 'CLOSED', hasMissingCalendar: true });
    expect(missing).toEqual({ kind: 'skip', because: 'CalendarMissing', isOwed });
  });

  test('is held back by a raised alarm, and lost', () => {
    expect(decideGate({ ...open, trigger, isAlarmRaised: true })).toEqual({ kind: 'skip', because: 'AlarmRaised', isOwed: false });
  });
});
