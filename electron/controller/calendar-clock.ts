import type { CalendarState } from '../../agent/calendar/change-calendar.ts';
import type { Context } from './operations/context.ts';
import { calendarTurned } from './operations/serve-owed-runs.ts';
import type { ChangeBroadcast } from './ports/change-feed.ts';

export type CalendarClock = { stop(): void };

/** One timer, on the earliest moment at which one of the site's calendars opens or closes: then windows hear of it, and what waited begins. */
export function startCalendarClock(context: Context, changes: ChangeBroadcast): CalendarClock {
  const states = new Map<string, CalendarState>();
  let cancel: () => void = () => undefined;

  /** Compares with what was so before: also after a sleep or a jump of the clock, each calendar turns once. */
  function look(): { turned: string[]; next: Date | null } {
    const now = context.clock.now();
    const names = context.stores.documents.calendarNames();
    const turned: string[] = [];
    let next: Date | null = null;
    for (const name of names) {
      const { state, nextTransitionAt } = context.calendars.stateAt([name], now);
      const before = states.get(name);
      states.set(name, state);
      if (before !== undefined && before !== state) {
        turned.push(name);
        context.log.info('calendar-turned', { calendar: name, state, atTime: now, nextTransitionTime: nextTransitionAt });
      }
      if (nextTransitionAt !== null && (next === null || nextTransitionAt < next)) next = nextTransitionAt;
    }
    for (const name of states.keys()) if (!names.includes(name)) states.delete(name);
    return { turned, next };
  }

  function arm(): void {
    cancel();
    const { turned, next } = look();
    cancel = next === null ? () => undefined : context.clock.wakeAt(next, arm);
    for (const name of turned) context.changes.publish({ kind: 'calendar', name });
    if (turned.length > 0) calendarTurned(context);
  }

  const stopListening = changes.listen((change) => {
    // What the text says now counts at once; a calendar that was missing has no state that it turns from.
    if (change.kind !== 'document' || !(states.has(change.name) || isCalendar(context, change.name))) return;
    const wasKnown = states.has(change.name);
    arm();
    if (!wasKnown) calendarTurned(context);
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
