import type { CompatibilityReport } from '../../../agent/document/compatibility-report.ts';
import type { DocumentContent, Step } from '../../../agent/document/document.ts';
import type { DocumentType } from '../../../agent/document/document-type.ts';
import type { ManagedContent, ReadContent } from '../../domain/document-content.ts';
import { readContent } from '../../domain/document-content.ts';
import { Fault } from '../../domain/faults.ts';
import type { DocumentVersion } from '../../domain/managed-document.ts';
import { alwaysRunsDefault, versionNumber } from '../../domain/managed-document.ts';
import type { StoredDocument, VersionPrint } from '../store/document-store.ts';
import type { Stores } from '../store/stores.ts';

/** How many parsed contents are kept; the oldest goes first. */
const CACHE_SIZE = 256;

/** A document version with its content understood. `name` is the document's own, also when it was asked for by an alias. */
export type OpenDocument = { document: StoredDocument; version: DocumentVersion; content: ManagedContent; report: CompatibilityReport };

/** One that runs on nodes. */
export type LibraryDocument = Omit<OpenDocument, 'content' | 'report'> & { content: DocumentContent };

export type DocumentLibrary = {
  /**
   * What an association of this document and version choice (`$DEFAULT`, `$LATEST` or a number as text) runs: of somebody else's
   * document always the default version. Throws InvalidDocument, also for a type that no node runs, or InvalidDocumentVersion.
   */
  find(name: string, choice: string): LibraryDocument;
  /** What an execution runs: exactly the version that was found when it began. */
  exactly(name: string, documentVersion: number): LibraryDocument;
  /** Any document in exactly that version, to be looked at. */
  open(name: string, choice: string): OpenDocument;
  /** The steps of one version, also for the history of a document that is deleted: then null. */
  steps(name: string, documentVersion: number): readonly Pick<Step, 'name' | 'action' | 'inputs'>[] | null;
  /** Of the same version; null when it is gone. */
  schemaVersion(name: string, documentVersion: number): string | null;
};

const NOT_ON_NODES: Record<Exclude<DocumentType, 'Command' | 'Policy'>, string> = {
  Automation: 'is a runbook (type Automation), which this version of Holdfast does not run',
  ChangeCalendar: 'is a change calendar: an association can wait for it, but not run it',
};

function runnable(opened: OpenDocument): LibraryDocument {
  const { document, version, content } = opened;
  if (document.documentType === 'Automation' || document.documentType === 'ChangeCalendar') {
    throw new Fault('InvalidDocument', { problem: `Document “${document.name}” ${NOT_ON_NODES[document.documentType]}.` });
  }
  if (content.kind !== 'steps') throw new Error(`The document ${document.name} of type ${document.documentType} has no steps.`);
  return { document, version, content: content.document };
}

/** Texts that were read before, by what decides how they are read. */
type Understood = Extract<ReadContent, { ok: true }>;

type Cache = { put(print: VersionPrint, content: string): Understood; get(print: VersionPrint): Understood | null };

function contentCache(): Cache {
  const known = new Map<string, Understood>();
  const keyOf = ({ documentType, format, hash }: VersionPrint) => `${documentType} ${format} ${hash}`;
  const get = (print: VersionPrint) => known.get(keyOf(print)) ?? null;
  const put = (print: VersionPrint, content: string) => {
    const before = get(print);
    if (before !== null) return before;
    const read = readContent({ ...print, content });
    if (!read.ok) throw new Fault('InvalidDocumentContent', { problems: read.problems.map((problem) => problem.message) });
    known.set(keyOf(print), read);
    const [oldest] = known.keys();
    if (known.size > CACHE_SIZE && oldest !== undefined) known.delete(oldest);
    return read;
  };
  return { get, put };
}

export function createDocumentLibrary({ documents }: Pick<Stores, 'documents'>): DocumentLibrary {
  const cache = contentCache();

  function stored(name: string): StoredDocument {
    const asked = documents.find(name);
    const document = asked?.aliasOf ? documents.find(asked.aliasOf) : asked;
    if (!document) throw new Fault('InvalidDocument', { name });
    return document;
  }

  function opened(document: StoredDocument, choice: string): OpenDocument {
    const version = documents.version(document.name, versionNumber(document, choice));
    if (version === null) throw new Fault('InvalidDocumentVersion', { name: document.name, version: choice });
    const { content, report } = cache.put({ ...version, documentType: document.documentType }, version.content);
    return { document, version, content, report };
  }

  /** Asked for every report of a step: the text is read only when it is not understood yet. */
  function stepsContent(name: string, documentVersion: number): DocumentContent | null {
    const print = documents.print(name, documentVersion);
    if (print === null) return null;
    const { content } = cache.get(print) ?? cache.put(print, documents.version(name, documentVersion)?.content ?? '');
    return content.kind === 'steps' ? content.document : null;
  }

  return {
    open: (name, choice) => opened(stored(name), choice),
    exactly: (name, documentVersion) => runnable(opened(stored(name), String(documentVersion))),
    find(name, choice) {
      const document = stored(name);
      const asked = runnable(opened(document, choice));
      return alwaysRunsDefault(document) ? runnable(opened(document, '$DEFAULT')) : asked;
    },
    steps: (name, documentVersion) => stepsContent(name, documentVersion)?.mainSteps ?? null,
    schemaVersion: (name, documentVersion) => stepsContent(name, documentVersion)?.schemaVersion ?? null,
  };
}
