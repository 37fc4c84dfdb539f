/** What the calendars that an association names say together at one moment. */
export type CalendarAnswer = { state: 'OPEN' | 'CLOSED'; nextTransitionAt: Date | null; missing: readonly string[] };

export type CalendarLibrary = { stateAt(names: readonly string[], at: Date): CalendarAnswer };

/** The same calendars, with other content for one of them; null is one that does not exist. */
export function calendarsWith(calendars: CalendarLibrary, name: string, content: string | null): CalendarLibrary {
  return content === null
    ? {
        stateAt: (names, at) =>
          names.includes(name) ? { state: 'CLOSED', nextTransitionAt: null, missing: [name] } : calendars.stateAt(names, at),
      }
    : calendars;
}

export function createCalendarLibrary(): CalendarLibrary {
  return {
    stateAt: (names) =>
      names.length === 0
        ? { state: 'OPEN', nextTransitionAt: null, missing: [] }
        : { state: 'CLOSED', nextTransitionAt: null, missing: [...names] },
  };
}
