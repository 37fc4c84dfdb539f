import type { StateAt } from '../../../agent/calendar/calendar-state.ts';
import { Fault } from '../../domain/faults.ts';
import type { StoredDocument } from '../store/document-store.ts';
import type { Context } from './context.ts';

/** Throws InvalidDocument where there is none of this name, and InvalidDocumentType where it is another document. */
export function calendarDocument({ stores }: Pick<Context, 'stores'>, name: string): StoredDocument {
  const document = stores.documents.find(name);
  if (document === null) throw new Fault('InvalidDocument', { name });
  if (document.documentType !== 'ChangeCalendar') throw new Fault('InvalidDocumentType', { name, documentType: document.documentType });
  return document;
}

/** GetCalendarState (spec.md 11): what the calendars say together; without `at`, now. */
export function getCalendarState(
  context: Pick<Context, 'stores' | 'calendars' | 'clock'>,
  { names, at }: { names: readonly string[]; at: Date | null },
): StateAt & { at: Date } {
  for (const name of names) {
    calendarDocument(context, name);
    if (context.calendars.find(name) === null) throw new Fault('UnsupportedCalendarException', { name });
  }
  const asked = at ?? context.clock.now();
  const { state, nextTransitionAt } = context.calendars.stateAt(names, asked);
  return { state, nextTransitionAt, at: asked };
}
