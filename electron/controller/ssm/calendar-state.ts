import * as z from 'zod';
import { calendarNameOf } from '../operations/calendar-library.ts';
import { getCalendarState as stateOf } from '../operations/calendar-state.ts';
import { onMember } from './member-places.ts';
import { InstantText, present } from './members.ts';
import { operation } from './operation.ts';

const StateRequest = z.strictObject({ CalendarNames: z.array(z.string()).min(1).max(100), AtTime: InstantText.optional() });

/** Instants of calendars are text in the API. */
const textOf = (instant: Date): string => instant.toISOString().replace('.000Z', 'Z');

export const getCalendarState = operation(StateRequest, (context, { CalendarNames, AtTime = null }) => {
  const names = CalendarNames.map(calendarNameOf);
  const { state, at, nextTransitionAt } = onMember('CalendarNames', () => stateOf(context, { names, at: AtTime }));
  return present({
    State: state,
    AtTime: textOf(at),
    NextTransitionTime: nextTransitionAt === null ? undefined : textOf(nextTransitionAt),
  });
});
