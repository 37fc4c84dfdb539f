import type { DocumentContent, Step } from '../../../agent/document/document.ts';
import { parseDocumentSource } from '../../../agent/document/source.ts';
import { Fault } from '../../domain/faults.ts';
import type { DocumentVersion } from '../../domain/managed-document.ts';
import type { StoredDocument } from '../store/document-store.ts';
import type { Stores } from '../store/stores.ts';

/** How many parsed contents are kept; the oldest goes first. */
const CACHE_SIZE = 64;

/** A document version with its content understood. `name` is the document's own, also when it was asked for by an alias. */
export type LibraryDocument = { document: StoredDocument; version: DocumentVersion; content: DocumentContent };

export type DocumentLibrary = {
  /** `choice` is `$DEFAULT`, `$LATEST` or a number as text. Throws InvalidDocument or InvalidDocumentVersion. */
  find(name: string, choice: string): LibraryDocument;
  /** The steps of one version, also for the history of a document that is deleted: then null. */
  steps(name: string, documentVersion: number): readonly Pick<Step, 'name' | 'action'>[] | null;
};

function versionNumber(document: StoredDocument, choice: string): number {
  if (choice === '$DEFAULT') return document.defaultVersion;
  return choice === '$LATEST' ? document.latestVersion : Number.parseInt(choice, 10);
}

export function createDocumentLibrary(stores: Pick<Stores, 'documents'>): DocumentLibrary {
  const parsed = new Map<string, DocumentContent>();

  function contentOf(version: DocumentVersion): DocumentContent {
    const known = parsed.get(version.hash);
    if (known !== undefined) return known;
    const source = parseDocumentSource({ text: version.content, format: version.format });
    if (!source.ok) throw new Fault('InvalidDocumentContent', { problems: source.problems.map((problem) => problem.message) });
    parsed.set(version.hash, source.document);
    const [oldest] = parsed.keys();
    if (parsed.size > CACHE_SIZE && oldest !== undefined) parsed.delete(oldest);
    return source.document;
  }

  return {
    steps(name, documentVersion) {
      const version = stores.documents.version(name, documentVersion);
      return version === null ? null : contentOf(version).mainSteps;
    },
    find(name, choice) {
      const asked = stores.documents.find(name);
      const document = asked?.aliasOf ? stores.documents.find(asked.aliasOf) : asked;
      if (!document) throw new Fault('InvalidDocument', { name });
      const version = stores.documents.version(document.name, versionNumber(document, choice));
      if (version === null) throw new Fault('InvalidDocumentVersion', { name, version: choice });
      return { document, version, content: contentOf(version) };
    },
  };
}
