import type { ManagedContent } from '../domain/document-content.ts';
import { contentFacts, readContent } from '../domain/document-content.ts';
import { Fault } from '../domain/faults.ts';
import type { Context } from './operations/context.ts';
import { documentVersion, insertDocument } from './operations/save-document.ts';
import type { StarterDocument } from './starter-documents/starter-document.ts';
import { STARTER_DOCUMENTS } from './starter-documents/starter-documents.ts';

const FORMAT = 'YAML' as const;

/** What they say never changes while a program runs. */
const understood = new WeakMap<StarterDocument, ManagedContent>();

function contentOf(starter: StarterDocument): ManagedContent {
  const known = understood.get(starter);
  if (known !== undefined) return known;
  const { name, content, documentType = 'Command' } = starter;
  const read = readContent({ documentType, format: FORMAT, content });
  if (!read.ok) throw new Fault('InvalidDocumentContent', { problems: read.problems.map(({ message }) => `${name}: ${message}`) });
  understood.set(starter, read.content);
  return read.content;
}

function keepDocument(context: Pick<Context, 'stores' | 'clock'>, starter: StarterDocument): void {
  const { name, content, documentType = 'Command' } = starter;
  const { documents } = context.stores;
  const known = documents.find(name);
  if (known === null) {
    const kind = { documentType, format: FORMAT } as const;
    insertDocument(context, { ...kind, name, displayName: null, versionName: null, owner: 'Holdfast', content }, contentOf(starter));
    return;
  }
  // At every start but the first of a version they are there already, and are not read once more.
  if (documents.version(name, known.latestVersion)?.content === content) return;
  const next = documents.nextVersionNumber(name);
  const facts = { name, documentVersion: next, versionName: null, format: FORMAT, content, createdAt: context.clock.now() };
  documents.addVersion(documentVersion(facts, contentOf(starter)), contentFacts(contentOf(starter)));
  documents.setDefault(name, next);
}

function keepAlias({ stores: { documents } }: Pick<Context, 'stores'>, name: string, aliasOf: string): void {
  const original = documents.find(aliasOf);
  const version = original && documents.version(aliasOf, original.latestVersion);
  if (!original || !version || documents.find(name) !== null) return;
  documents.insert({ ...original, name, aliasOf, defaultVersion: 1, latestVersion: 1 }, { ...version, name, documentVersion: 1 });
}

/** Our documents, in the version that this Holdfast ships; an older one stays in the version list. */
export function keepStarterDocuments(context: Pick<Context, 'stores' | 'clock' | 'transaction'>): void {
  context.transaction(() => {
    for (const document of STARTER_DOCUMENTS) keepDocument(context, document);
    for (const { name, aliases = [] } of STARTER_DOCUMENTS) {
      for (const alias of aliases) keepAlias(context, alias, name);
    }
  });
}
