import { createHash } from 'node:crypto';
import { exceedsDocumentSize, utf8Bytes } from '../../../agent/document/document-size.ts';
import type { DocumentProblem } from '../../../agent/document/located-problem.ts';
import type { DocumentText, ManagedContent } from '../../domain/document-content.ts';
import { contentFacts, readContent } from '../../domain/document-content.ts';
import { Fault } from '../../domain/faults.ts';
import type { DocumentVersion } from '../../domain/managed-document.ts';
import { DisplayName, OwnDocumentName, VersionName } from '../../domain/managed-document.ts';
import type { StoredDocument } from '../store/document-store.ts';
import type { Context } from './context.ts';
import type { FollowerContext } from './document-followers.ts';
import { runFollowers } from './document-followers.ts';

export type SaveDocumentContext = FollowerContext & Pick<Context, 'documentLimits'>;

/** Null where something is not given. */
export type NewDocument = DocumentText & { name: string; displayName: string | null; versionName: string | null };

export type DocumentUpdate = Omit<DocumentText, 'documentType'> & {
  name: string;
  /** Undefined leaves it as it is. */
  displayName?: string | null | undefined;
  versionName: string | null;
  /** The version that the new one was made from: `$LATEST` or a number as text. */
  documentVersion: string;
};

function refusal(problems: readonly DocumentProblem[]): Fault {
  const places = problems.map(({ line, column }) => ({ field: 'content', line, column }));
  const sentences = problems.map(({ line, message }) => (line === null ? message : `Line ${line}: ${message}`));
  const isVersion = problems.some((problem) => problem.code === 'InvalidDocumentSchemaVersion');
  return new Fault(isVersion ? 'InvalidDocumentSchemaVersion' : 'InvalidDocumentContent', { problems: sentences }, { places });
}

function understood(text: DocumentText): ManagedContent {
  if (exceedsDocumentSize(text.content))
    throw new Fault('MaxDocumentSizeExceeded', { bytes: utf8Bytes(text.content) }, { places: [{ field: 'content' }] });
  const read = readContent(text);
  if (!read.ok) throw refusal(read.problems);
  return read.content;
}

const labels = { name: OwnDocumentName, displayName: DisplayName.nullable(), versionName: VersionName.nullable() };

function checkLabel(field: keyof typeof labels, given: string | null): void {
  const parsed = labels[field].safeParse(given);
  if (parsed.success) return;
  throw new Fault('ValidationException', { problems: parsed.error.issues.map((issue) => issue.message) }, { places: [{ field }] });
}

type VersionFacts = Pick<DocumentVersion, 'name' | 'documentVersion' | 'versionName' | 'format' | 'content' | 'createdAt'>;

export function documentVersion(facts: VersionFacts, content: ManagedContent): DocumentVersion {
  const { schemaVersion } = contentFacts(content);
  return { ...facts, schemaVersion, hash: createHash('sha256').update(facts.content).digest('hex') };
}

/** Version 1 of a new document of the site's own, which is its default (spec.md 8.8). */
export const createDocument = (context: SaveDocumentContext, input: NewDocument): void => createDocuments(context, [input]);

/** All of them, or none. */
export function createDocuments(context: SaveDocumentContext, inputs: readonly NewDocument[]): void {
  const read = inputs.map((input) => {
    checkLabel('name', input.name);
    checkLabel('displayName', input.displayName);
    checkLabel('versionName', input.versionName);
    return { input, content: understood(input) };
  });
  context.transaction(() => {
    for (const { input, content } of read) {
      const { name } = input;
      if (context.stores.documents.find(name) !== null) {
        throw new Fault('DocumentAlreadyExists', { name }, { places: [{ field: 'name' }] });
      }
      const limit = context.documentLimits.documents;
      if (context.stores.documents.count() >= limit) throw new Fault('DocumentLimitExceeded', { limit });
      insertDocument(context, { ...input, owner: 'Self' }, content);
    }
  });
  for (const { name } of inputs) context.changes.publish({ kind: 'document', name });
}

/** Stores version 1 of a document; for our own documents too, whose names a site may not give. */
export function insertDocument(
  { stores, clock }: Pick<Context, 'stores' | 'clock'>,
  input: NewDocument & Pick<StoredDocument, 'owner'>,
  content: ManagedContent,
): void {
  const createdAt = clock.now();
  const { name, displayName, owner, documentType, versionName, format } = input;
  const document: StoredDocument = {
    ...contentFacts(content),
    name,
    displayName,
    owner,
    documentType,
    defaultVersion: 1,
    latestVersion: 1,
    createdAt,
    aliasOf: null,
  };
  const facts = { name, documentVersion: 1, versionName, format, content: input.content, createdAt };
  stores.documents.insert(document, documentVersion(facts, content));
}

export function ownDocument({ stores }: Pick<Context, 'stores'>, name: string): StoredDocument {
  const document = stores.documents.find(name);
  if (document === null) throw new Fault('InvalidDocument', { name });
  if (document.owner === 'Holdfast') throw new Fault('InvalidDocumentOperation', { name, because: 'it belongs to Holdfast' });
  return document;
}

/** What keeps a document from having this next version. */
function checkUpdate({ stores, documentLimits }: SaveDocumentContext, document: StoredDocument, input: DocumentUpdate): void {
  const { name, latestVersion } = document;
  if (input.documentVersion !== '$LATEST' && input.documentVersion !== String(latestVersion)) {
    throw new Fault('InvalidDocumentVersion', { name, version: input.documentVersion, newest: latestVersion });
  }
  const newest = stores.documents.version(name, latestVersion);
  if (newest?.schemaVersion === '1.2') {
    throw new Fault('InvalidDocumentOperation', { name, because: 'documents of schema 1.2 have no further versions' });
  }
  if (newest?.content === input.content && newest.format === input.format) {
    throw new Fault('DuplicateDocumentContent', { name }, { places: [{ field: 'content' }] });
  }
  if (input.versionName !== null && stores.documents.versionNamed(name, input.versionName) !== null) {
    throw new Fault('DuplicateDocumentVersionName', { name, versionName: input.versionName }, { places: [{ field: 'versionName' }] });
  }
  const limit = documentLimits.versionsPerDocument;
  if (stores.documents.countVersions(name) >= limit) throw new Fault('DocumentVersionLimitExceeded', { name, limit });
}

/** The next version, in one commit with the runs that it makes. The default stays where it is. */
export function updateDocument(context: SaveDocumentContext, input: DocumentUpdate): void {
  const { name, versionName, format } = input;
  checkLabel('versionName', versionName);
  if (input.displayName !== undefined) checkLabel('displayName', input.displayName);
  context.transaction(() => {
    const document = ownDocument(context, name);
    checkUpdate(context, document, input);
    const content = understood({ ...input, documentType: document.documentType });
    const next = context.stores.documents.nextVersionNumber(name);
    const facts = { name, documentVersion: next, versionName, format, content: input.content, createdAt: context.clock.now() };
    context.stores.documents.addVersion(documentVersion(facts, content), contentFacts(content));
    if (input.displayName !== undefined) context.stores.documents.setDisplayName(name, input.displayName);
    runFollowers(context, name, '$LATEST');
  });
  context.changes.publish({ kind: 'document', name });
}

export function setDefaultDocumentVersion(context: FollowerContext, name: string, version: number): void {
  const moved = context.transaction(() => {
    const document = ownDocument(context, name);
    if (context.stores.documents.version(name, version) === null) {
      throw new Fault('InvalidDocumentVersion', { name, version: String(version) });
    }
    if (document.defaultVersion === version) return false;
    context.stores.documents.setDefault(name, version);
    runFollowers(context, name, '$DEFAULT');
    return true;
  });
  if (moved) context.changes.publish({ kind: 'document', name });
}

/** The next version, which is the default from then on; both in one commit with the runs that they make. */
export function updateDefaultVersion(context: SaveDocumentContext, input: DocumentUpdate): void {
  context.transaction(() => {
    updateDocument(context, input);
    setDefaultDocumentVersion(context, input.name, ownDocument(context, input.name).latestVersion);
  });
}
