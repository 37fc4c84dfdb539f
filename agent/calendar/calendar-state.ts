import { type CalendarState, type ChangeCalendar, presenceAt } from './change-calendar.ts';
import { DAY_MS } from './day.ts';

/** OPEN or CLOSED at an instant, and when that changes; null: as far as can be seen, never. */
export type StateAt = { state: CalendarState; nextTransitionAt: Date | null };

/** Calendars that are open in turns and never together: after so many turns, or so long, they are taken to stay closed. */
const MOST_TURNS = 5000;
const LONGEST_LOOK_MS = 10 * 366 * DAY_MS;

/** OPEN or CLOSED alone, which is far sooner known than when that changes. */
export const stateOf = (calendars: readonly ChangeCalendar[], at: Date): CalendarState => turnAt(calendars, at.getTime()).state;

/** Several calendars are OPEN only while all of them are; none at all is OPEN. */
export function calendarState(calendars: readonly ChangeCalendar[], at: Date): StateAt {
  const now = turnAt(calendars, at.getTime());
  let { until } = now;
  const horizon = at.getTime() + LONGEST_LOOK_MS;
  for (let turns = 0; until !== null && turns < MOST_TURNS; turns += 1) {
    if (turns > 0 && until > horizon) break;
    const next = turnAt(calendars, until);
    if (next.state !== now.state) return { state: now.state, nextTransitionAt: new Date(until) };
    until = next.until;
  }
  return { state: now.state, nextTransitionAt: null };
}

/** Together they are open until the first one closes, and closed at least until the last of those that are closed opens. */
function turnAt(calendars: readonly ChangeCalendar[], instant: number): { state: CalendarState; until: number | null } {
  const each = calendars.map((calendar) => {
    const { isOn, until } = presenceAt(calendar, instant);
    return { isOpen: isOn === (calendar.type === 'DEFAULT_CLOSED'), until };
  });
  const closed = each.filter(({ isOpen }) => !isOpen);
  if (closed.length > 0) {
    const opens = closed.map(({ until }) => until ?? Number.POSITIVE_INFINITY);
    const last = Math.max(...opens);
    return { state: 'CLOSED', until: Number.isFinite(last) ? last : null };
  }
  const closes = each.map(({ until }) => until ?? Number.POSITIVE_INFINITY);
  const first = Math.min(Number.POSITIVE_INFINITY, ...closes);
  return { state: 'OPEN', until: Number.isFinite(first) ? first : null };
}
