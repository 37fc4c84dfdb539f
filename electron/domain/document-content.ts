import type { DocumentContent } from '../../agent/document/document.ts';
import { exceedsDocumentSize, MAX_DOCUMENT_BYTES } from '../../agent/document/document-size.ts';
import type { DocumentType, SchemaDocumentType } from '../../agent/document/document-type.ts';
import type { DocumentProblem } from '../../agent/document/source.ts';
import { parseDocumentSource } from '../../agent/document/source.ts';
import type { PlatformType } from '../../agent/protocol/messages.ts';
import { calendarProblems } from './calendar-content.ts';
import type { DocumentFormat, DocumentIdentifier } from './managed-document.ts';

/** The text of one version as somebody wrote it. */
export type DocumentText = { documentType: DocumentType; format: DocumentFormat; content: string };

/** What a document's text says. */
export type ManagedContent = { kind: 'steps'; document: DocumentContent } | { kind: 'calendar' };

export type ReadContent = { ok: true; content: ManagedContent } | { ok: false; problems: DocumentProblem[] };

/** The text understood by its type; or everything that is wrong with it, and where. */
export function readContent({ documentType, format, content }: DocumentText): ReadContent {
  if (documentType === 'ChangeCalendar') return readCalendar(format, content);
  if (format === 'TEXT') return refused(`A document of type ${documentType} is written as YAML or JSON; TEXT is for change calendars.`);
  if (documentType === 'Automation')
    return refused('This version of Holdfast has no Automation documents yet.', 'InvalidDocumentSchemaVersion');
  return readSteps({ documentType, format, content });
}

function readCalendar(format: DocumentFormat, content: string): ReadContent {
  if (format !== 'TEXT') return refused('A change calendar is iCalendar text: its format is TEXT.');
  if (exceedsDocumentSize(content))
    return refused(`The calendar is larger than ${MAX_DOCUMENT_BYTES / 1024} KiB.`, 'MaxDocumentSizeExceeded');
  const problems = calendarProblems(content);
  return problems.length === 0 ? { ok: true, content: { kind: 'calendar' } } : { ok: false, problems };
}

type SchemaText = { documentType: SchemaDocumentType; format: 'YAML' | 'JSON'; content: string };

function readSteps({ documentType, format, content }: SchemaText): ReadContent {
  const parsed = parseDocumentSource({ documentType, format, text: content });
  return parsed.ok ? { ok: true, content: { kind: 'steps', document: parsed.document } } : parsed;
}

function refused(message: string, code: DocumentProblem['code'] = 'InvalidDocumentContent'): ReadContent {
  return { ok: false, problems: [{ code, message, line: null, column: null, path: '' }] };
}

const PLATFORMS_OF_ACTION: Record<string, readonly PlatformType[]> = {
  'aws:runShellScript': ['Linux', 'MacOS'],
  'aws:runPowerShellScript': ['Linux', 'MacOS', 'Windows'],
};

/** Platforms on which at least one step of the document runs. */
function platformsOf({ mainSteps }: DocumentContent): PlatformType[] {
  const found = new Set(mainSteps.flatMap((step) => PLATFORMS_OF_ACTION[step.action] ?? []));
  return [...found].sort();
}

/** What lists say of a document without reading it. */
export function contentFacts(content: ManagedContent): Pick<DocumentIdentifier, 'description' | 'platformTypes' | 'schemaVersion'> {
  switch (content.kind) {
    case 'steps': {
      const { description = '', schemaVersion } = content.document;
      return { description, schemaVersion, platformTypes: platformsOf(content.document) };
    }
    case 'calendar':
      return { description: '', schemaVersion: null, platformTypes: [] };
  }
}
