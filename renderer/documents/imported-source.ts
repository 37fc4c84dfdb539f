import type { DocumentType } from '../../agent/document/document-type.ts';
import { kindOfSource } from '../../agent/document/source-kind.ts';
import type { DocumentFormat } from '../../electron/domain/managed-document.ts';
import { nameProblem } from './document-name.ts';

export interface ImportedSource {
  /** Made from the file's name; empty where that cannot be a document's. */
  name: string;
  documentType: DocumentType;
  format: DocumentFormat;
  content: string;
}

/** What the file of somebody is, by what is in it rather than by how it is called. */
export const importedSource = (fileName: string, content: string): ImportedSource => ({
  name: nameFrom(fileName),
  content,
  ...kindOfSource(content),
});

function nameFrom(fileName: string): string {
  const name = fileName
    .replace(/\.[a-zA-Z0-9]{1,8}$/, '')
    .replace(/[^a-zA-Z0-9_\-.]+/g, '-')
    .slice(0, 128);
  return nameProblem(name) === null ? name : '';
}
