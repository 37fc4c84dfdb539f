import type { Icon } from '@tabler/icons-react';
import { IconCalendarEvent, IconInfoCircle, IconLock, IconLockOpen } from '@tabler/icons-react';
import type { CalendarAgenda, CalendarEventRow, CalendarRow } from '../../electron/api/calendars.ts';
import type { Look } from '../terms/looks.ts';
import { clockTime, plural } from '../ui/moment.ts';
import type { DayAgenda, Segment } from './month-grid.ts';

export type State = CalendarRow['state'];
export type CalendarType = NonNullable<CalendarRow['type']>;

export const stateLooks: Record<State, Look> = {
  OPEN: { tone: 'ok', icon: IconLockOpen, label: 'Open' },
  CLOSED: { tone: 'warn', icon: IconLock, label: 'Closed' },
};

export const typeNames: Record<CalendarType, string> = { DEFAULT_OPEN: 'Open by default', DEFAULT_CLOSED: 'Closed by default' };

export const typeWords: Record<CalendarType, string> = {
  DEFAULT_OPEN: 'Open, but closed during its events: for freezes and exams.',
  DEFAULT_CLOSED: 'Closed, but open during its events: for maintenance windows.',
};

/** What an event does in a calendar of this type. */
export const eventWords: Record<CalendarType, string> = { DEFAULT_OPEN: 'Closed meanwhile', DEFAULT_CLOSED: 'Open meanwhile' };

export const eventIcon = ({ isAdvisory }: Pick<CalendarEventRow, 'isAdvisory'>): Icon => (isAdvisory ? IconInfoCircle : IconCalendarEvent);

/** The end of a day is said as 24:00, which is the same moment as the next day's 00:00. */
const endTime = ({ to, endsAt }: Segment): string => (to === 1 ? '24:00' : clockTime(endsAt));

export const segmentText = (segment: Segment): string => `${clockTime(segment.startsAt)} to ${endTime(segment)}`;

/** What is said of a day without looking at it: `closed 18:00 to 22:00, 2 runs, 1 of them skipped`. */
export function daySummary({ segments, events, runs }: DayAgenda): string {
  const closed = segments.filter(({ state }) => state === 'CLOSED');
  const [only] = segments;
  const state =
    closed.length === 0
      ? 'open'
      : only !== undefined && closed.length === segments.length
        ? 'closed'
        : `closed ${closed.map(segmentText).join(' and ')}`;
  const advisory = events.filter(({ isAdvisory }) => isAdvisory).length;
  const skipped = runs.filter(({ isSkipped }) => isSkipped).length;
  return [
    state,
    advisory > 0 ? plural(advisory, 'note') : '',
    runs.length > 0 ? plural(runs.length, 'run') : '',
    skipped > 0 ? `${skipped} of them skipped` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

export function clockChangeText({ timeZone, minutes }: CalendarAgenda['clockChanges'][number]): string {
  const size = Math.abs(minutes) === 60 ? 'an hour' : plural(Math.abs(minutes), 'minute');
  return `The clocks of ${timeZone} go ${minutes > 0 ? 'forward' : 'back'} by ${size}.`;
}

export const matchesOf = (calendars: readonly CalendarRow[], search: string, state: State | null): CalendarRow[] => {
  const words = search.toLowerCase().split(/\s+/);
  return calendars.filter(
    (row) =>
      (state === null || row.state === state) && words.every((word) => `${row.name} ${row.description}`.toLowerCase().includes(word)),
  );
};

/** One that a site may give (spec.md 8.8); the controller has the last word. */
export const nameProblem = (name: string): string | null =>
  name === '' || /^[a-zA-Z0-9_\-.]{3,128}$/.test(name) ? null : 'A name has 3 to 128 letters, digits and _ - .';
