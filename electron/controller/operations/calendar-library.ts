/** What the calendars that an association names say together at one moment. */
export type CalendarAnswer = { state: 'OPEN' | 'CLOSED'; nextTransitionAt: Date | null; missing: readonly string[] };

export type CalendarLibrary = { stateAt(names: readonly string[], at: Date): CalendarAnswer };

export function createCalendarLibrary(): CalendarLibrary {
  return {
    stateAt: (names) =>
      names.length === 0
        ? { state: 'OPEN', nextTransitionAt: null, missing: [] }
        : { state: 'CLOSED', nextTransitionAt: null, missing: [...names] },
  };
}
