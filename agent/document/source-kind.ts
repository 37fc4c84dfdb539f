import type { DocumentType } from './document-type.ts';

export interface SourceKind {
  readonly documentType: DocumentType;
  readonly format: 'YAML' | 'JSON' | 'TEXT';
}

// Blanks within a line only: over the line breaks of an empty file the pattern would begin anew at every one of them.
const RUNBOOK = /(^|\n)[ \t]*"?schemaVersion"?[ \t]*:[ \t]*["']?0\.3\b|[{,]\s*"schemaVersion"\s*:\s*"0\.3"/;
const CALENDAR = /^\uFEFF?\s*BEGIN:VCALENDAR/i;
const JSON_TEXT = /^\uFEFF?\s*\{/;
/** Documents that only say what is to be collected are policies; all else that has steps is a command. */
const INVENTORY = /aws:softwareInventory/;

/** What the text of somebody is, by what is in it. */
export function kindOfSource(content: string): SourceKind {
  if (CALENDAR.test(content)) return { documentType: 'ChangeCalendar', format: 'TEXT' };
  const format = JSON_TEXT.test(content) ? 'JSON' : 'YAML';
  if (RUNBOOK.test(content)) return { documentType: 'Automation', format };
  return { documentType: INVENTORY.test(content) ? 'Policy' : 'Command', format };
}
