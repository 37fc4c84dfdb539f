import type { StateAt } from '../../agent/calendar/calendar-state.ts';
import type { Context } from './operations/context.ts';
import { calendarTurned } from './operations/serve-owed-runs.ts';
import type { ChangeBroadcast } from './ports/change-feed.ts';

export type CalendarClock = { stop(): void };

/** How soon turns that could not be acted on are acted on again. */
const RETRY_MS = 10_000;

type States = ReadonlyMap<string, StateAt>;

/** One timer, on the earliest moment at which one of the site's calendars opens or closes: then windows hear of it, and what waited begins. */
export function startCalendarClock(context: Context, changes: ChangeBroadcast): CalendarClock {
  /** As they were when what waited was last looked at; null at the start, when nothing turns and no node is there. */
  let states: States | null = null;
  let cancel: () => void = () => undefined;

  function look(now: Date): { found: States; next: Date | null } {
    const found = new Map<string, StateAt>();
    let next: Date | null = null;
    for (const name of context.stores.documents.calendarNames()) {
      const { state, nextTransitionAt } = context.calendars.stateAt([name], now);
      found.set(name, { state, nextTransitionAt });
      if (nextTransitionAt !== null && (next === null || nextTransitionAt < next)) next = nextTransitionAt;
    }
    return { found, next };
  }

  /** Compares with what was so before: also after a sleep or a jump of the clock, each calendar turns once. */
  function act(before: States, found: States, now: Date): void {
    // One that was missing has no state that it turns from, and those that waited for it wait no more.
    const different = [...found].filter(([name, { state }]) => before.get(name)?.state !== state);
    for (const [name, { state, nextTransitionAt }] of different) {
      if (!before.has(name)) continue;
      context.log.info('calendar-turned', { calendar: name, state, atTime: now, nextTransitionTime: nextTransitionAt });
      context.changes.publish({ kind: 'calendar', name });
    }
    if (different.length > 0) calendarTurned(context);
  }

  function arm(): void {
    cancel();
    cancel = () => undefined;
    const now = context.clock.now();
    try {
      const { found, next } = look(now);
      if (states !== null) act(states, found, now);
      states = found;
      if (next !== null) cancel = context.clock.wakeAt(next, arm);
    } catch (cause) {
      // The disk may refuse now: what turned has turned still a little later.
      context.log.error('calendars-not-kept', cause);
      cancel = context.clock.wakeAt(new Date(now.getTime() + RETRY_MS), arm);
    }
  }

  const stopListening = changes.listen((change) => {
    // What the text says now counts at once.
    if (change.kind === 'document' && (states?.has(change.name) || isCalendar(context, change.name))) arm();
  });
  arm();
  return {
    stop() {
      stopListening();
      cancel();
    },
  };
}

const isCalendar = ({ stores }: Context, name: string): boolean => stores.documents.find(name)?.documentType === 'ChangeCalendar';
