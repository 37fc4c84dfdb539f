import type { ChangeCalendar } from '../../agent/calendar/change-calendar.ts';
import { calendarReport, refusedReport, runbookReport, stepsReport } from '../../agent/document/compatibility.ts';
import type { CompatibilityReport } from '../../agent/document/compatibility-report.ts';
import type { DocumentContent } from '../../agent/document/document.ts';
import type { DocumentType } from '../../agent/document/document-type.ts';
import { platformsOf } from '../../agent/document/known-actions.ts';
import type { DocumentProblem, SourceFormat } from '../../agent/document/located-problem.ts';
import type { Runbook } from '../../agent/document/runbook.ts';
import { parseRunbookSource } from '../../agent/document/runbook-source.ts';
import { convertedSource, parseDocumentSource } from '../../agent/document/source.ts';
import { readCalendarText } from './calendar-content.ts';
import type { DocumentFormat, DocumentIdentifier } from './managed-document.ts';

/** The text of one version as somebody wrote it. */
export type DocumentText = { documentType: DocumentType; format: DocumentFormat; content: string };

/** What a document's text says. */
export type ManagedContent =
  | { kind: 'steps'; document: DocumentContent }
  | { kind: 'runbook'; runbook: Runbook }
  | { kind: 'calendar'; calendar: ChangeCalendar };

/** `report`: what it does here, also of what is right and will not do what its author may think. */
export type ReadContent =
  | { ok: true; content: ManagedContent; report: CompatibilityReport }
  | { ok: false; problems: DocumentProblem[]; report: CompatibilityReport };

/** The text understood by its type; or everything that is wrong with it, and where. */
export function readContent({ documentType, format, content }: DocumentText): ReadContent {
  if (documentType === 'ChangeCalendar') return readCalendar(format, content);
  if (format === 'TEXT') return refused(`A document of type ${documentType} is written as YAML or JSON; TEXT is for change calendars.`);
  if (documentType === 'Automation') return readRunbook(format, content);
  const parsed = parseDocumentSource({ documentType, format, text: content });
  if (!parsed.ok) return refusedWith(parsed.problems);
  const { document, origin } = parsed;
  return { ok: true, content: { kind: 'steps', document }, report: stepsReport(document, origin) };
}

function readRunbook(format: SourceFormat, content: string): ReadContent {
  const parsed = parseRunbookSource({ format, text: content });
  if (!parsed.ok) return refusedWith(parsed.problems);
  return { ok: true, content: { kind: 'runbook', runbook: parsed.runbook }, report: runbookReport(parsed.runbook) };
}

function readCalendar(format: DocumentFormat, content: string): ReadContent {
  if (format !== 'TEXT') return refused('A change calendar is iCalendar text: its format is TEXT.');
  const read = readCalendarText(content);
  if (!read.ok) return refusedWith(read.problems);
  return { ok: true, content: { kind: 'calendar', calendar: read.calendar }, report: calendarReport };
}

function refused(message: string): ReadContent {
  return refusedWith([{ code: 'InvalidDocumentContent', message, line: null, column: null, path: '' }]);
}

const refusedWith = (problems: DocumentProblem[]): ReadContent => ({ ok: false, problems, report: refusedReport(problems) });

/** What lists say of a document without reading it. */
export function contentFacts(content: ManagedContent): Pick<DocumentIdentifier, 'description' | 'platformTypes' | 'schemaVersion'> {
  switch (content.kind) {
    case 'steps': {
      const { description = '', schemaVersion } = content.document;
      return { description, schemaVersion, platformTypes: platformsOf(content.document) };
    }
    case 'runbook': {
      const { description = '', schemaVersion } = content.runbook;
      return { description, schemaVersion, platformTypes: [] };
    }
    case 'calendar':
      return { description: content.calendar.description, schemaVersion: null, platformTypes: [] };
  }
}

/** A version in the format that somebody asks for (GetDocument); a calendar has only its own. */
export function inFormat(
  version: Pick<DocumentText, 'format' | 'content'>,
  asked: SourceFormat | null,
): Pick<DocumentText, 'format' | 'content'> {
  const { format, content } = version;
  if (asked === null || format === 'TEXT' || format === asked) return { format, content };
  const converted = convertedSource({ text: content, format }, asked);
  return converted === null ? { format, content } : { format: asked, content: converted };
}
