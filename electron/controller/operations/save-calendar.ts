import { v4 } from 'uuid';
import type { ChangedCalendar } from '../../domain/calendar-change.ts';
import { changedCalendar } from '../../domain/calendar-change.ts';
import type { CalendarChange } from '../../domain/calendar-draft.ts';
import { Fault } from '../../domain/faults.ts';
import type { StoredDocument } from '../store/document-store.ts';
import { calendarDocument } from './calendar-state.ts';
import type { Context } from './context.ts';
import type { SaveDocumentContext } from './save-document.ts';
import { createDocument, setDefaultDocumentVersion, updateDocument } from './save-document.ts';

/** `documentVersion`: the version that was looked at; null makes a new calendar. */
export type CalendarSave = { name: string; documentVersion: number | null; change: CalendarChange };

const textOf = ({ stores }: Pick<Context, 'stores'>, { name, defaultVersion }: StoredDocument): string =>
  stores.documents.version(name, defaultVersion)?.content ?? '';

/** What a change would make of the calendar, or of nothing where there is none. */
export function draftCalendar(context: Pick<Context, 'stores' | 'clock'>, name: string, change: CalendarChange): ChangedCalendar {
  const document = context.stores.documents.find(name);
  const current = document?.documentType === 'ChangeCalendar' ? textOf(context, document) : null;
  return changedCalendar(current, change, { now: context.clock.now(), newUid: v4 });
}

function checked(changed: ChangedCalendar): string {
  if (changed.ok) return changed.content;
  const problems = changed.problems.map(({ line, message }) => (line === null ? message : `Line ${line}: ${message}`));
  throw new Fault(
    'InvalidDocumentContent',
    { problems },
    { places: changed.problems.map(({ line }) => ({ field: 'content', line, column: null })) },
  );
}

/** The calendar is a document: each change is a version of it, and the new one counts from now on; both in one commit. */
export function saveCalendar(context: SaveDocumentContext, { name, documentVersion, change }: CalendarSave): void {
  const text = { format: 'TEXT', versionName: null } as const;
  if (documentVersion === null) {
    const content = checked(changedCalendar(null, change, { now: context.clock.now(), newUid: v4 }));
    createDocument(context, { ...text, name, displayName: null, documentType: 'ChangeCalendar', content });
    return;
  }
  const document = calendarDocument(context, name);
  if (document.defaultVersion !== documentVersion)
    throw new Fault('InvalidDocumentVersion', { name, version: String(documentVersion), newest: document.defaultVersion });
  const content = checked(draftCalendar(context, name, change));
  // The same file brought in again changes nothing, and what a person made the default before may become it again.
  if (content === textOf(context, document)) return;
  context.transaction(() => {
    if (content !== context.stores.documents.version(name, document.latestVersion)?.content)
      updateDocument(context, { ...text, name, content, documentVersion: '$LATEST' });
    setDefaultDocumentVersion(context, name, calendarDocument(context, name).latestVersion);
  });
}
