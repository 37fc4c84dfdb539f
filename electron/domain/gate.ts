import type { Trigger } from './execution.ts';

/** What stands between a trigger and a run, at one moment. */
export type GateFacts = {
  trigger: Trigger;
  applyOnlyAtCronInterval: boolean;
  /** Of all the calendars that the association names together; OPEN when it names none. */
  calendarState: 'OPEN' | 'CLOSED';
  /** A named calendar does not exist any more: it counts as closed, and is told by its own word. */
  hasMissingCalendar: boolean;
  isAlarmRaised: boolean;
};

export type GateSkip = 'CalendarClosed' | 'CalendarMissing' | 'AlarmRaised';

/**
 * `wait`: nothing happens and nothing is recorded, as the association waits for its interval. `skip`: every target is recorded as
 * skipped; when it is owed, the nodes get their run as soon as the calendar opens, else this occurrence is lost.
 */
export type GateDecision = { kind: 'run' } | { kind: 'wait' } | { kind: 'skip'; because: GateSkip; isOwed: boolean };

type Rule = {
  /** ApplyOnlyAtCronInterval leaves it to the next fire (spec.md 5.1). */
  waitsForInterval: boolean;
  /** A closed calendar only puts it off: what changed still has to reach the nodes. A fire or a request is lost (spec.md 11). */
  isOwed: boolean;
};

const RULES: Record<Trigger, Rule> = {
  Created: { waitsForInterval: true, isOwed: true },
  Edited: { waitsForInterval: true, isOwed: true },
  DocumentChanged: { waitsForInterval: true, isOwed: true },
  ParameterChanged: { waitsForInterval: true, isOwed: true },
  NodeMatched: { waitsForInterval: true, isOwed: true },
  Schedule: { waitsForInterval: false, isOwed: false },
  MissedSchedule: { waitsForInterval: false, isOwed: false },
  Manual: { waitsForInterval: false, isOwed: false },
  Refresh: { waitsForInterval: false, isOwed: false },
  CatchUp: { waitsForInterval: false, isOwed: true },
  LongAbsence: { waitsForInterval: false, isOwed: true },
  CalendarOpened: { waitsForInterval: false, isOwed: true },
};

/** spec.md 5.1 and 11: what blocks which trigger. */
export function decideGate(facts: GateFacts): GateDecision {
  const { waitsForInterval, isOwed } = RULES[facts.trigger];
  if (facts.applyOnlyAtCronInterval && waitsForInterval) return { kind: 'wait' };
  if (facts.hasMissingCalendar) return { kind: 'skip', because: 'CalendarMissing', isOwed };
  if (facts.calendarState === 'CLOSED') return { kind: 'skip', because: 'CalendarClosed', isOwed };
  if (facts.isAlarmRaised) return { kind: 'skip', because: 'AlarmRaised', isOwed: false };
  return { kind: 'run' };
}
