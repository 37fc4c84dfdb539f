import type { DocumentProblem } from '../../agent/document/located-problem.ts';

/** What keeps a text from being a change calendar. */
export function calendarProblems(text: string): DocumentProblem[] {
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  const has = (pattern: RegExp) => lines.some((line) => pattern.test(line));
  if (!/^BEGIN:VCALENDAR$/i.test(lines[0] ?? '')) return [problem('The text is not an iCalendar: it does not begin with BEGIN:VCALENDAR.')];
  if (!has(/^X-CALENDAR-TYPE:DEFAULT_(OPEN|CLOSED)$/i))
    return [problem('The calendar has no X-CALENDAR-TYPE of DEFAULT_OPEN or DEFAULT_CLOSED.')];
  if (!has(/^BEGIN:VEVENT$/i)) return [problem('The calendar has no event.')];
  if (has(/^(EXDATE|RECURRENCE-ID)[;:]/i))
    return [problem('A recurring event has occurrences that were cancelled or moved one by one, which cannot be kept.')];
  return [];
}

const problem = (message: string): DocumentProblem => ({ code: 'InvalidDocumentContent', message, line: null, column: null, path: '' });
