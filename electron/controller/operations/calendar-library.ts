import { calendarState, type StateAt, stateOf } from '../../../agent/calendar/calendar-state.ts';
import type { ChangeCalendar } from '../../../agent/calendar/change-calendar.ts';
import { readCalendarText } from '../../domain/calendar-content.ts';
import type { Stores } from '../store/stores.ts';

/** What the calendars that an association names say together at one moment. `missing` are those that are not there, or not to be understood. */
export type CalendarAnswer = StateAt & { missing: readonly string[] };

export type CalendarLibrary = {
  /** What the default version of a calendar says; null where the site has no calendar of this name, or none that can be understood. */
  find(name: string): ChangeCalendar | null;
  /** OPEN while all of them are; one that is missing counts as closed for good, and no name at all as open (spec.md 11). */
  stateAt(names: readonly string[], at: Date): CalendarAnswer;
  /** The same without the next transition: what is asked before every run. */
  gateAt(names: readonly string[], at: Date): Omit<CalendarAnswer, 'nextTransitionAt'>;
};

function libraryOf(find: CalendarLibrary['find']): CalendarLibrary {
  function all(names: readonly string[]): { calendars: ChangeCalendar[]; missing: string[] } {
    const found = names.map((name) => ({ name, calendar: find(name) }));
    const missing = found.filter(({ calendar }) => calendar === null).map(({ name }) => name);
    return { calendars: found.flatMap(({ calendar }) => calendar ?? []), missing };
  }
  return {
    find,
    stateAt(names, at) {
      const { calendars, missing } = all(names);
      if (missing.length > 0) return { state: 'CLOSED', nextTransitionAt: null, missing };
      return { ...calendarState(calendars, at), missing };
    },
    gateAt(names, at) {
      const { calendars, missing } = all(names);
      return { state: missing.length > 0 ? 'CLOSED' : stateOf(calendars, at), missing };
    },
  };
}

/** The same calendars, with other content for one of them; null is one that does not exist. */
export function calendarsWith(calendars: CalendarLibrary, name: string, content: string | null): CalendarLibrary {
  const read = content === null ? null : readCalendarText(content);
  const changed = read?.ok === true ? read.calendar : null;
  return libraryOf((asked) => (calendarNameOf(asked) === name ? changed : calendars.find(asked)));
}

/** The calendars as they are at this moment, each looked up once however often it is asked: for a view that asks about many moments. */
export function calendarsNow(calendars: CalendarLibrary): CalendarLibrary {
  const found = new Map<string, ChangeCalendar | null>();
  return libraryOf((name) => {
    if (!found.has(name)) found.set(name, calendars.find(name));
    return found.get(name) ?? null;
  });
}

/** An association may name a calendar by the ARN that it had at AWS; what counts here is the name at its end. */
export const calendarNameOf = (name: string): string => /^arn:[^/]*:document\/(.+)$/.exec(name)?.[1] ?? name;

/** Each calendar is understood once, and again when its default version says something else. */
export function createCalendarLibrary({ documents }: Pick<Stores, 'documents'>): CalendarLibrary {
  const known = new Map<string, { hash: string; calendar: ChangeCalendar | null }>();
  return libraryOf((asked) => {
    const name = calendarNameOf(asked);
    const hash = documents.calendarHash(name);
    const before = known.get(name);
    if (hash !== null && before?.hash === hash) return before.calendar;
    known.delete(name);
    if (hash === null) return null;
    const text = documents.version(name, documents.find(name)?.defaultVersion ?? 0)?.content ?? '';
    const read = readCalendarText(text);
    const calendar = read.ok ? read.calendar : null;
    known.set(name, { hash, calendar });
    return calendar;
  });
}
