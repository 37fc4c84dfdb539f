import type { CalendarEvent, Occurrence } from '../../../agent/calendar/calendar-event.ts';
import { firstStart, lastStarted, occurrencesFrom } from '../../../agent/calendar/calendar-event.ts';
import { calendarState } from '../../../agent/calendar/calendar-state.ts';
import { describeRepeat } from '../../../agent/calendar/describe-repeat.ts';
import type { CalendarDetail, CalendarDraft, CalendarEventRow, CalendarRow } from '../../api/calendars.ts';
import { associationTitle } from '../../domain/association.ts';
import { readCalendarText } from '../../domain/calendar-content.ts';
import type { CalendarChange } from '../../domain/calendar-draft.ts';
import { associationsNaming, calendarAgenda } from '../operations/calendar-agenda.ts';
import { calendarDocument, getCalendarState } from '../operations/calendar-state.ts';
import type { Context } from '../operations/context.ts';
import { deleteDocument } from '../operations/delete-document.ts';
import { draftCalendar, saveCalendar } from '../operations/save-calendar.ts';
import { os } from './implementer.ts';

const time = ({ start, end }: Occurrence) => ({ startsAt: new Date(start), endsAt: new Date(end) });

function firstOf(event: CalendarEvent, from: number): Occurrence | null {
  for (const occurrence of occurrencesFrom(event, from)) return occurrence;
  return null;
}

/** The one that is on, or the next. */
function current(event: CalendarEvent, now: number): Occurrence | null {
  const last = lastStarted(event, now);
  return last !== null && last.end > now ? last : firstOf(event, now);
}

function eventRow(event: CalendarEvent, position: number, now: Date): CalendarEventRow {
  const { summary, isAdvisory, isCancelled, isAllDay, source, clock } = event;
  const start = firstStart(event);
  const next = isCancelled ? null : current(event, now.getTime());
  return {
    position,
    summary,
    isAdvisory,
    isCancelled,
    isAllDay,
    source,
    timeZone: clock.name,
    first: time(firstOf(event, start) ?? { start, end: start }),
    repeatText: describeRepeat(event),
    next: next === null ? null : time(next),
  };
}

function calendarRow(context: Context, name: string): CalendarRow {
  const calendar = context.calendars.find(name);
  const { defaultVersion } = calendarDocument(context, name);
  const { state, nextTransitionAt } = context.calendars.stateAt([name], context.clock.now());
  return {
    name,
    state,
    nextTransitionAt,
    type: calendar?.type ?? null,
    problem: calendar === null ? problemOf(textOf(context, name)) : null,
    description: calendar?.description ?? '',
    eventCount: calendar?.events.length ?? 0,
    usedBy: associationsNaming(context, name).map((association) => ({
      associationId: association.associationId,
      title: associationTitle(association),
    })),
    documentVersion: defaultVersion,
  };
}

function textOf(context: Context, name: string): string {
  const { defaultVersion } = calendarDocument(context, name);
  return context.stores.documents.version(name, defaultVersion)?.content ?? '';
}

function problemOf(text: string): string | null {
  const read = readCalendarText(text);
  return read.ok ? null : read.problems.map(({ message }) => message).join(' ');
}

function detail(context: Context, name: string): CalendarDetail {
  const now = context.clock.now();
  const events = context.calendars.find(name)?.events.map((event, position) => eventRow(event, position, now)) ?? [];
  return { ...calendarRow(context, name), events, content: textOf(context, name) };
}

function draft(context: Context, name: string, change: CalendarChange): CalendarDraft {
  const changed = draftCalendar(context, name, change);
  if (!changed.ok) return { problems: [...changed.problems], after: null };
  const now = context.clock.now();
  const events = changed.calendar.events.map((event, position) => eventRow(event, position, now));
  return { problems: [], after: { ...calendarState([changed.calendar], now), content: changed.content, events } };
}

export const calendarHandlers = {
  list: os.calendars.list.handler(({ context: { site } }) =>
    site.context.stores.documents.calendarNames().map((name) => calendarRow(site.context, name)),
  ),
  get: os.calendars.get.handler(({ context: { site }, input }) => detail(site.context, input.name)),
  agenda: os.calendars.agenda.handler(({ context: { site }, input: { name, ...range } }) => {
    calendarDocument(site.context, name);
    return calendarAgenda(site.context, name, range);
  }),
  stateAt: os.calendars.stateAt.handler(({ context: { site }, input }) => getCalendarState(site.context, input)),
  draft: os.calendars.draft.handler(({ context: { site }, input }) => draft(site.context, input.name, input.change)),
  save: os.calendars.save.handler(({ context: { site }, input }) => {
    saveCalendar(site.context, input);
    return detail(site.context, input.name);
  }),
  delete: os.calendars.delete.handler(({ context: { site }, input: { name } }) => {
    calendarDocument(site.context, name);
    deleteDocument(site.context, { name, documentVersion: null, versionName: null });
  }),
};
