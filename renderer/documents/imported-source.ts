import type { DocumentType } from '../../agent/document/document-type.ts';
import type { DocumentFormat } from '../../electron/domain/managed-document.ts';
import { nameProblem } from './document-name.ts';

export interface ImportedSource {
  /** Made from the file's name; empty where that cannot be a document's. */
  name: string;
  documentType: DocumentType;
  format: DocumentFormat;
  content: string;
}

// Blanks within a line only: over the line breaks of an empty file the pattern would begin anew at every one of them.
const RUNBOOK = /(^|\n)[ \t]*"?schemaVersion"?[ \t]*:[ \t]*["']?0\.3\b|[{,]\s*"schemaVersion"\s*:\s*"0\.3"/;
const CALENDAR = /^\uFEFF?\s*BEGIN:VCALENDAR/i;
/** Documents that only say what is to be collected are policies; all else that has steps is a command. */
const INVENTORY = /aws:softwareInventory/;

/** What the file of somebody is, by what is in it rather than by how it is called. */
export function importedSource(fileName: string, content: string): ImportedSource {
  const isJson = /^\uFEFF?\s*\{/.test(content);
  return { name: nameFrom(fileName), content, ...kindOf(content, isJson ? 'JSON' : 'YAML') };
}

function kindOf(content: string, format: 'YAML' | 'JSON'): Pick<ImportedSource, 'documentType' | 'format'> {
  if (CALENDAR.test(content)) return { documentType: 'ChangeCalendar', format: 'TEXT' };
  if (RUNBOOK.test(content)) return { documentType: 'Automation', format };
  return { documentType: INVENTORY.test(content) ? 'Policy' : 'Command', format };
}

function nameFrom(fileName: string): string {
  const name = fileName
    .replace(/\.[a-zA-Z0-9]{1,8}$/, '')
    .replace(/[^a-zA-Z0-9_\-.]+/g, '-')
    .slice(0, 128);
  return nameProblem(name) === null ? name : '';
}
