import type { ChangeCalendar } from '../../agent/calendar/change-calendar.ts';
import { parseCalendar } from '../../agent/calendar/parse-calendar.ts';
import { exceedsDocumentSize, MAX_DOCUMENT_BYTES } from '../../agent/document/document-size.ts';
import type { DocumentProblem } from '../../agent/document/located-problem.ts';

export type ReadCalendar = { ok: true; calendar: ChangeCalendar } | { ok: false; problems: DocumentProblem[] };

/** The text of a change calendar, understood; or what keeps it from being one, in the form of a document's problems. */
export function readCalendarText(text: string): ReadCalendar {
  if (exceedsDocumentSize(text)) {
    const message = `The calendar is larger than ${MAX_DOCUMENT_BYTES / 1024} KiB.`;
    return { ok: false, problems: [{ code: 'MaxDocumentSizeExceeded', message, line: null, column: null, path: '' }] };
  }
  const parsed = parseCalendar(text);
  if (parsed.ok) return { ok: true, calendar: parsed.calendar };
  return {
    ok: false,
    problems: parsed.problems.map(({ message, line }) => ({
      code: 'InvalidDocumentContent',
      message,
      line,
      column: line === null ? null : 1,
      path: '',
    })),
  };
}
