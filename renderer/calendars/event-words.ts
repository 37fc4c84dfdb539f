import { isTimeZone } from '../../agent/schedule/time-zone.ts';
import type { CalendarEventRow } from '../../electron/api/calendars.ts';
import { zonedTime } from '../ui/moment.ts';

interface Time {
  startsAt: Date;
  endsAt: Date;
}
type Zoned = Pick<CalendarEventRow, 'timeZone' | 'isAllDay'>;

const DAY_MS = 86_400_000;
/** So long ago that the year is always said. */
const LONG_AGO = new Date(0);

/** A zone that only its file knows is shown in UTC. */
const shownZone = (timeZone: string): string => (isTimeZone(timeZone) ? timeZone : 'UTC');

const clock = (at: Date, zone: string): string => zonedTime(at, zone, at).split(', ').at(-1) ?? '';
const day = (at: Date, zone: string): string => zonedTime(at, zone, LONG_AGO).split(', ').slice(0, -1).join(', ');

/** `Fri 27 Mar 2026, 18:00 to 22:00 Europe/Berlin`; with both days where it goes over midnight; days alone where it has whole ones. */
export function timeText({ startsAt, endsAt }: Time, { timeZone, isAllDay }: Zoned): string {
  const zone = shownZone(timeZone);
  const from = day(startsAt, zone);
  if (isAllDay) {
    const last = day(new Date(endsAt.getTime() - DAY_MS / 2), zone);
    return `${from === last ? `${from}, all day` : `${from} to ${last}, whole days`}, ${zone}`;
  }
  const to = day(endsAt, zone);
  return `${from}, ${clock(startsAt, zone)} to ${from === to ? '' : `${to}, `}${clock(endsAt, zone)} ${zone}`;
}

export const eventTimeText = (event: CalendarEventRow): string => timeText(event.first, event);
export const nextTimeText = (event: CalendarEventRow): string | null => (event.next === null ? null : timeText(event.next, event));
