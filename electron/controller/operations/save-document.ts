import { createHash } from 'node:crypto';
import type { DocumentContent } from '../../../agent/document/document.ts';
import { exceedsDocumentSize, utf8Bytes } from '../../../agent/document/document-size.ts';
import type { DocumentProblem } from '../../../agent/document/source.ts';
import { parseDocumentSource } from '../../../agent/document/source.ts';
import type { PlatformType } from '../../../agent/protocol/messages.ts';
import { Fault } from '../../domain/faults.ts';
import type { DocumentFormat, DocumentVersion } from '../../domain/managed-document.ts';
import { DOCUMENT_LIMIT, OwnDocumentName } from '../../domain/managed-document.ts';
import type { StoredDocument } from '../store/document-store.ts';
import type { Context } from './context.ts';
import { startExecution } from './start-execution.ts';

type DocumentContext = Parameters<typeof startExecution>[0];
export type Source = { format: DocumentFormat; content: string };

function refusal(problems: readonly DocumentProblem[]): Fault {
  const places = problems.map(({ line, column }) => ({ field: 'content', line, column }));
  const sentences = problems.map(({ line, message }) => (line === null ? message : `Line ${line}: ${message}`));
  const isVersion = problems.some((problem) => problem.code === 'InvalidDocumentSchemaVersion');
  return new Fault(isVersion ? 'InvalidDocumentSchemaVersion' : 'InvalidDocumentContent', { problems: sentences }, { places });
}

function parsedSource({ format, content }: Source): DocumentContent {
  if (exceedsDocumentSize(content))
    throw new Fault('MaxDocumentSizeExceeded', { bytes: utf8Bytes(content) }, { places: [{ field: 'content' }] });
  const parsed = parseDocumentSource({ text: content, format });
  if (!parsed.ok) throw refusal(parsed.problems);
  return parsed.document;
}

const PLATFORMS_OF_ACTION: Record<string, readonly PlatformType[]> = {
  'aws:runShellScript': ['Linux', 'MacOS'],
  'aws:runPowerShellScript': ['Linux', 'MacOS', 'Windows'],
};

/** Platforms on which at least one step of the document runs. */
export function platformsOf(content: DocumentContent): PlatformType[] {
  const found = new Set(content.mainSteps.flatMap((step) => PLATFORMS_OF_ACTION[step.action] ?? []));
  return [...found].sort();
}

function versionOf(name: string, documentVersion: number, facts: Source & { createdAt: Date }): DocumentVersion {
  const { format, content, createdAt } = facts;
  return { name, documentVersion, format, content, hash: createHash('sha256').update(content).digest('hex'), createdAt };
}

/** Version 1 of a new document of the site's own, which is its default (spec.md 8.8). */
export function createDocument(context: DocumentContext, input: Source & { name: string }): void {
  const name = OwnDocumentName.safeParse(input.name);
  if (!name.success) {
    throw new Fault('ValidationException', { problems: name.error.issues.map((issue) => issue.message) }, { places: [{ field: 'name' }] });
  }
  const content = parsedSource(input);
  context.transaction(() => {
    if (context.stores.documents.find(name.data) !== null) {
      throw new Fault('DocumentAlreadyExists', { name: name.data }, { places: [{ field: 'name' }] });
    }
    if (context.stores.documents.count() >= DOCUMENT_LIMIT) throw new Fault('DocumentLimitExceeded', { limit: DOCUMENT_LIMIT });
    insertDocument(context, { name: name.data, owner: 'Self', source: input, content });
  });
  context.changes.publish({ kind: 'document', name: name.data });
}

/** Stores version 1 of a document; for our own documents too, whose names a site may not give. */
export function insertDocument(
  { stores, clock }: Pick<Context, 'stores' | 'clock'>,
  input: { name: string; owner: StoredDocument['owner']; source: Source; content: DocumentContent },
): void {
  const createdAt = clock.now();
  const { name, owner, source, content } = input;
  const document: StoredDocument = {
    name,
    owner,
    description: content.description ?? '',
    platformTypes: platformsOf(content),
    defaultVersion: 1,
    latestVersion: 1,
    createdAt,
    aliasOf: null,
  };
  stores.documents.insert(document, versionOf(name, 1, { ...source, createdAt }));
}

function ownDocument({ stores }: Pick<Context, 'stores'>, name: string): StoredDocument {
  const document = stores.documents.find(name);
  if (document === null) throw new Fault('InvalidDocument', { name });
  if (document.owner === 'Holdfast') throw new Fault('InvalidDocumentOperation', { name, because: 'it belongs to Holdfast' });
  return document;
}

/** Associations that follow the document by `$DEFAULT` or `$LATEST` run at once when what they follow moves (spec.md 1.5). */
function runFollowers(context: DocumentContext, name: string, choice: '$DEFAULT' | '$LATEST'): void {
  for (const { association } of context.index.associations()) {
    const follows = association.documentName === name && association.documentVersion === choice && !association.applyOnlyAtCronInterval;
    const current = follows ? context.stores.associations.find(association.associationId) : null;
    if (current !== null) startExecution(context, { association: current, trigger: 'Edited', fireAt: null, onlyNodes: null });
  }
}

/** The next version. The default stays where it is. */
export function updateDocument(context: DocumentContext, input: Source & { name: string }): void {
  const content = parsedSource(input);
  context.transaction(() => {
    const document = ownDocument(context, input.name);
    const version = versionOf(document.name, document.latestVersion + 1, { ...input, createdAt: context.clock.now() });
    if (context.stores.documents.version(document.name, document.latestVersion)?.hash === version.hash) {
      throw new Fault('DuplicateDocumentContent', { name: document.name }, { places: [{ field: 'content' }] });
    }
    context.stores.documents.addVersion(version, {
      description: content.description ?? '',
      platformTypes: platformsOf(content),
      makeDefault: 'keep',
    });
  });
  context.changes.publish({ kind: 'document', name: input.name });
  runFollowers(context, input.name, '$LATEST');
}

export function setDefaultDocumentVersion(context: DocumentContext, name: string, documentVersion: number): void {
  const moved = context.transaction(() => {
    const document = ownDocument(context, name);
    if (context.stores.documents.version(name, documentVersion) === null) {
      throw new Fault('InvalidDocumentVersion', { name, version: String(documentVersion) });
    }
    if (document.defaultVersion === documentVersion) return false;
    context.stores.documents.setDefault(name, documentVersion);
    return true;
  });
  if (!moved) return;
  context.changes.publish({ kind: 'document', name });
  runFollowers(context, name, '$DEFAULT');
}

export function deleteDocument({ stores, transaction, changes }: Pick<Context, 'stores' | 'transaction' | 'changes'>, name: string): void {
  transaction(() => {
    ownDocument({ stores }, name);
    const associations = stores.associations.usingDocument(name).length;
    if (associations > 0) throw new Fault('AssociatedInstances', { name, associations });
    // Nodes still run it, also for an association that was deleted: what they report is understood by it.
    const isRunning = stores.executions.unfinished().some((execution) => execution.documentName === name);
    if (isRunning) throw new Fault('InvalidDocumentOperation', { name, because: 'an execution of it is not over yet' });
    stores.documents.delete(name);
  });
  changes.publish({ kind: 'document', name });
}
