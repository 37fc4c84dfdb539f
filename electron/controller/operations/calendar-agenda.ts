import { occurrencesFrom } from '../../../agent/calendar/calendar-event.ts';
import type { CalendarState, ChangeCalendar } from '../../../agent/calendar/change-calendar.ts';
import { eventTimes } from '../../../agent/calendar/change-calendar.ts';
import { nextRun } from '../../../agent/schedule/schedule.ts';
import { clockChanges, isTimeZone } from '../../../agent/schedule/time-zone.ts';
import type { CalendarAgenda } from '../../api/calendars.ts';
import type { Association } from '../../domain/association.ts';
import { associationTitle } from '../../domain/association.ts';
import { savedSchedule } from '../../domain/association-check.ts';
import { Fault } from '../../domain/faults.ts';
import { calendarNameOf, calendarsNow } from './calendar-library.ts';
import type { Context } from './context.ts';

type AgendaContext = Pick<Context, 'calendars' | 'clock' | 'index' | 'stores'>;
type Range = { from: Date; to: Date };

const LONGEST_MS = 62 * 24 * 3_600_000;
const MOST_ROWS = 1000;

export const associationsNaming = ({ index, stores }: Pick<Context, 'index' | 'stores'>, name: string): Association[] =>
  index
    .associations()
    .filter(({ association }) => association.calendarNames.some((named) => calendarNameOf(named) === name))
    .flatMap(({ association }) => stores.associations.find(association.associationId) ?? []);

/** What a month of the calendar looks like: when it is open, what is on, and what the associations that wait for it will do. */
export function calendarAgenda(site: AgendaContext, name: string, range: Range): CalendarAgenda {
  const context = { ...site, calendars: calendarsNow(site.calendars) };
  const { from, to } = range;
  if (to <= from || to.getTime() - from.getTime() > LONGEST_MS)
    throw new Fault('ValidationException', { problems: ['An agenda is of at least one moment and at most 62 days.'] });
  const calendar = context.calendars.find(name);
  const associations = associationsNaming(context, name);
  const events = calendar === null ? [] : occurrences(calendar, range);
  const runs = associations.flatMap((association) => runsOf(context, association, range)).sort((a, b) => a.at.getTime() - b.at.getTime());
  const zones = [...(calendar?.events ?? []).map(({ clock }) => clock.name), ...associations.map(({ timeZone }) => timeZone)];
  return {
    periods: calendar === null ? [{ state: 'CLOSED', startsAt: from, endsAt: to }] : periodsOf(calendar, range),
    events: events.slice(0, MOST_ROWS),
    runs: runs.slice(0, MOST_ROWS),
    clockChanges: [...new Set(zones)].filter(isTimeZone).flatMap((timeZone) => changesOf(timeZone, range)),
    isCut: events.length > MOST_ROWS || runs.length > MOST_ROWS,
  };
}

function periodsOf(calendar: ChangeCalendar, { from, to }: Range): CalendarAgenda['periods'] {
  const [during, otherwise]: [CalendarState, CalendarState] = calendar.type === 'DEFAULT_OPEN' ? ['CLOSED', 'OPEN'] : ['OPEN', 'CLOSED'];
  const periods: CalendarAgenda['periods'] = [];
  let startsAt = from;
  const add = (state: CalendarState, end: Date) => {
    if (end > startsAt) periods.push({ state, startsAt, endsAt: end });
    startsAt = end;
  };
  for (const { start, end } of eventTimes(calendar, from.getTime(), to.getTime())) {
    add(otherwise, new Date(start));
    add(during, new Date(end));
  }
  add(otherwise, to);
  return periods;
}

/** Also what began before, and is still on. */
function occurrences(calendar: ChangeCalendar, { from, to }: Range): CalendarAgenda['events'] {
  const found = calendar.events.flatMap((event, position) => {
    const { summary, isAdvisory, isCancelled } = event;
    if (isCancelled) return [];
    const rows: CalendarAgenda['events'] = [];
    const longest = event.length.days * 24 * 3_600_000 + event.length.milliseconds + 24 * 3_600_000;
    for (const { start, end } of occurrencesFrom(event, from.getTime() - longest, to.getTime())) {
      if (end > from.getTime()) rows.push({ position, summary, isAdvisory, startsAt: new Date(start), endsAt: new Date(end) });
      if (rows.length > MOST_ROWS) break;
    }
    return rows;
  });
  return found.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
}

function runsOf({ calendars, clock }: AgendaContext, association: Association, { from, to }: Range): CalendarAgenda['runs'] {
  const schedule = savedSchedule(association, association.scheduleAnchor);
  if (schedule === null) return [];
  const { associationId, calendarNames } = association;
  const title = associationTitle(association);
  const runs: CalendarAgenda['runs'] = [];
  // What is over is in the history, as it really was.
  let after = new Date(Math.max(from.getTime() - 1, clock.now().getTime()));
  for (let at = nextRun(schedule, after); at !== null && at < to && runs.length <= MOST_ROWS; at = nextRun(schedule, after)) {
    runs.push({ associationId, title, at, isSkipped: calendars.gateAt(calendarNames, at).state === 'CLOSED' });
    after = at;
  }
  return runs;
}

const changesOf = (timeZone: string, { from, to }: Range): CalendarAgenda['clockChanges'] =>
  clockChanges(timeZone, from.getTime(), to.getTime()).map(({ at, change }) => ({ timeZone, at: new Date(at), minutes: change / 60_000 }));
