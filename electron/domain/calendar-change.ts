import type { ChangeCalendar } from '../../agent/calendar/change-calendar.ts';
import type { JcalComponent } from '../../agent/calendar/jcal.ts';
import type { CalendarProblem } from '../../agent/calendar/parse-calendar.ts';
import { parseCalendar } from '../../agent/calendar/parse-calendar.ts';
import {
  calendarTextOf,
  emptyCalendar,
  simpleEvent,
  sourceOf,
  takeIn,
  withEvents,
  withoutEvents,
} from '../../agent/calendar/write-calendar.ts';
import type { CalendarChange, EventDraft } from './calendar-draft.ts';

export type ChangeFacts = { now: Date; newUid(): string };

/** The text of the calendar as it will be. `problems` are about what was brought in, by its own lines. */
export type ChangedCalendar = { ok: true; content: string; calendar: ChangeCalendar } | { ok: false; problems: readonly CalendarProblem[] };

/** `current`: the text of the calendar that is changed; null where there is none yet. */
export function changedCalendar(current: string | null, change: CalendarChange, facts: ChangeFacts): ChangedCalendar {
  if (current === null) return newCalendar(change, facts);
  const parsed = parseCalendar(current);
  if (!parsed.ok) return parsed;
  const { component } = parsed;
  switch (change.kind) {
    case 'create':
      return refused('EVENT_INVALID', 'There is a calendar of this name already.');
    case 'add-event':
      return withOneMore(component, change.event, facts);
    case 'import':
      return withFile(
        withoutEvents(component, (event) => sourceOf(event) === change.fileName),
        change,
        facts,
      );
    case 'remove-events':
      return finished(withoutEvents(component, (_, position) => change.positions.includes(position)));
  }
}

function newCalendar(change: CalendarChange, facts: ChangeFacts): ChangedCalendar {
  switch (change.kind) {
    case 'create':
      return withOneMore(emptyCalendar(change.type, change.description), change.event, facts);
    case 'import':
      return change.type === null
        ? refused('TYPE_MISSING', 'Say whether the new calendar is open or closed while nothing is on.')
        : withFile(emptyCalendar(change.type, ''), change, facts);
    case 'add-event':
    case 'remove-events':
      return refused('NO_EVENT', 'There is no calendar of this name.');
  }
}

function withOneMore(calendar: JcalComponent, event: EventDraft, facts: ChangeFacts): ChangedCalendar {
  const component = simpleEvent(event, { uid: facts.newUid(), now: facts.now });
  return finished(withEvents(calendar, { events: [component], zones: [] }));
}

/** A file says nothing of types, so any type reads it. */
function withFile(
  calendar: JcalComponent,
  { fileName, text, timeZone }: Extract<CalendarChange, { kind: 'import' }>,
  { now, newUid }: ChangeFacts,
): ChangedCalendar {
  const file = parseCalendar(text, { type: 'DEFAULT_OPEN', ...(timeZone === null ? {} : { timeZone }) });
  if (!file.ok) return file;
  return finished(withEvents(calendar, takeIn(file.component, { source: fileName, floatingZone: timeZone, newUid, now })));
}

/** Read again as everybody will read it: what is stored is what was understood. */
function finished(component: JcalComponent): ChangedCalendar {
  const content = calendarTextOf(component);
  const parsed = parseCalendar(content);
  // Lines are those of the text that was put together, which nobody has seen.
  if (!parsed.ok) return { ok: false, problems: parsed.problems.map((problem) => ({ ...problem, line: null })) };
  return { ok: true, content, calendar: parsed.calendar };
}

const refused = (code: CalendarProblem['code'], message: string): ChangedCalendar => ({
  ok: false,
  problems: [{ code, message, line: null }],
});
