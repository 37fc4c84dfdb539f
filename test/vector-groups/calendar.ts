import * as z from 'zod';
import { calendarState } from '../../agent/calendar/calendar-state.ts';
import { readCalendarText } from '../../electron/domain/calendar-content.ts';
import type { Trigger } from '../../electron/domain/execution.ts';
import { decideGate, type GateDecision } from '../../electron/domain/gate.ts';
import { asWritten, vectorGroup } from './vector-group.ts';

const state = vectorGroup({
  name: 'state',
  row: z.object({ calendars: z.array(z.string()).min(1), atTime: z.string(), expect: z.record(z.string(), z.unknown()) }),
  check({ calendars, atTime, expect: expected }, { companion }) {
    const read = calendars.map((file) => readCalendarText(companion(file)));
    const problems = read.flatMap((calendar) => (calendar.ok ? [] : calendar.problems.map(({ message }) => message)));
    if (problems.length > 0) return { expected, got: problems };
    const at = new Date(atTime);
    const answer = calendarState(
      read.flatMap((calendar) => (calendar.ok ? [calendar.calendar] : [])),
      at,
    );
    const next = answer.nextTransitionAt;
    return {
      expected,
      got: { State: answer.state, AtTime: asWritten(at), ...(next === null ? {} : { NextTransitionTime: asWritten(next) }) },
    };
  },
});

/** What the sentences of a row call a trigger; the first that fits. */
const TRIGGERS: readonly (readonly [RegExp, Trigger])[] = [
  [/StartAssociationsOnce|manual|apply now/i, 'Manual'],
  [/fire|schedul.*(interval|run)/i, 'Schedule'],
  [/association (was )?created|creation/i, 'Created'],
  [/parameter/i, 'ParameterChanged'],
  [/document/i, 'DocumentChanged'],
  [/edit|update/i, 'Edited'],
  [/30 days/i, 'LongAbsence'],
  [/back|return|reconnect|catch/i, 'CatchUp'],
  [/joins|match|new node/i, 'NodeMatched'],
  [/refresh/i, 'Refresh'],
];

/** A row that names no trigger is about every one. */
function triggerOf(sentence: string | undefined): Trigger | null {
  if (sentence === undefined) return 'Schedule';
  return TRIGGERS.find(([pattern]) => pattern.test(sentence))?.[1] ?? null;
}

/** What the calendars are together, by the words of a row. */
function calendarsOf(words: string): { calendarState: 'OPEN' | 'CLOSED'; hasMissingCalendar: boolean } | null {
  if (/deleted|missing/i.test(words)) return { calendarState: 'CLOSED', hasMissingCalendar: true };
  if (/closed/i.test(words)) return { calendarState: 'CLOSED', hasMissingCalendar: false };
  return /open/i.test(words) ? { calendarState: 'OPEN', hasMissingCalendar: false } : null;
}

const IS_RUNNING = /\b(already running|running execution|execution is running|in progress|mid-run|while (it )?runs?)\b/i;

/** With what follows later, in prose: `then`. */
const Expected = z.looseObject({ run: z.boolean(), recorded: z.string().optional() });

/** As much of what a row says in prose as the gate decides. */
function prose({ run, recorded = '', ...rest }: z.output<typeof Expected>): Record<string, unknown> {
  const later = String(Reflect.get(rest, 'then') ?? '');
  return {
    run,
    ...(/CalendarClosed/.test(recorded) ? { because: 'CalendarClosed' } : {}),
    ...(/\blost\b/.test(recorded) ? { isOwed: false } : {}),
    ...(/when the calendar opens/.test(later) ? { isOwed: true } : {}),
  };
}

function factsOf(gate: GateDecision): Record<string, unknown> {
  return { run: gate.kind === 'run', ...(gate.kind === 'skip' ? { because: gate.because, isOwed: gate.isOwed } : {}) };
}

const gating = vectorGroup({
  name: 'gating',
  row: z.object({
    situation: z.object({ calendar: z.union([z.string(), z.array(z.string())]), trigger: z.string().optional() }),
    expect: Expected,
  }),
  check({ situation, expect: row }) {
    const expected = prose(row);
    const words = [situation.calendar].flat().join(' ');
    // What runs already is not asked again: the gate is for what would begin (spec.md 11).
    if (IS_RUNNING.test(`${words} ${situation.trigger ?? ''}`)) return { expected: { run: row.run }, got: { run: true } };
    const trigger = triggerOf(situation.trigger);
    const calendars = calendarsOf(words);
    if (trigger === null || calendars === null) return { expected, got: 'a situation that is not known here: teach it to calendar.ts' };
    const got = factsOf(decideGate({ trigger, applyOnlyAtCronInterval: false, isAlarmRaised: false, ...calendars }));
    return { expected, got: Object.fromEntries(Object.keys(expected).map((key) => [key, got[key]])) };
  },
});

export const calendarGroups = [state, gating];
