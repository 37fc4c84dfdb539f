import type { ParameterDefinition } from '../../../agent/document/parameters.ts';
import type { DocumentDetail, ParameterRow } from '../../api/documents.ts';
import { readContent } from '../../domain/document-content.ts';
import { Fault } from '../../domain/faults.ts';
import type { DocumentIdentifier } from '../../domain/managed-document.ts';
import type { Context } from '../operations/context.ts';
import { deleteDocument } from '../operations/delete-document.ts';
import { createDocument, setDefaultDocumentVersion, updateDocument } from '../operations/save-document.ts';
import type { StoredDocument } from '../store/document-store.ts';
import { os } from './implementer.ts';

const identifier = ({ stores }: Pick<Context, 'stores'>, document: StoredDocument): DocumentIdentifier => ({
  ...document,
  associationCount: stores.associations.usingDocument(document.name).length,
});

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function parameterRow([name, definition]: [string, ParameterDefinition]): ParameterRow {
  return {
    name,
    type: definition.type,
    description: definition.description ?? '',
    required: definition.default === undefined,
    defaultText: definition.default === undefined ? null : asText(definition.default),
    allowedValues: definition.allowedValues?.map(asText) ?? null,
    allowedPattern: definition.allowedPattern ?? null,
    displayType: definition.displayType ?? null,
  };
}

/** The version that is asked for by its number or its name; else the default one. */
function versionChoice({ stores }: Context, { name, documentVersion, versionName }: AskedVersion): string {
  if (versionName === null) return documentVersion === null ? '$DEFAULT' : String(documentVersion);
  const named = stores.documents.versionNamed(name, versionName);
  if (named === null) throw new Fault('InvalidDocumentVersion', { name, version: versionName });
  return String(named.documentVersion);
}

type AskedVersion = { name: string; documentVersion: number | null; versionName: string | null };

function detail(context: Context, asked: AskedVersion): DocumentDetail {
  const known = context.stores.documents.find(asked.name);
  if (known === null) throw new Fault('InvalidDocument', { name: asked.name });
  const { document, version, content } = context.library.open(asked.name, versionChoice(context, asked));
  const steps = content.kind === 'steps' ? content.document : null;
  const { defaultVersion, latestVersion } = document;
  return {
    identifier: { ...identifier(context, known), defaultVersion, latestVersion },
    version,
    versions: context.stores.documents.versions(document.name),
    parameters: Object.entries(steps?.parameters ?? {}).map(parameterRow),
    steps: steps?.mainSteps.map(({ name, action }) => ({ name, action })) ?? [],
    usedBy: context.stores.associations.usingDocument(asked.name),
  };
}

const defaultOf = (name: string): AskedVersion => ({ name, documentVersion: null, versionName: null });

export const documentHandlers = {
  list: os.documents.list.handler(({ context: { site } }) =>
    site.context.stores.documents.list().map((document) => identifier(site.context, document)),
  ),
  get: os.documents.get.handler(({ context: { site }, input }) => detail(site.context, input)),
  check: os.documents.check.handler(({ input }) => {
    const read = readContent(input);
    return read.ok ? [] : read.problems.map(({ code, message, line, column }) => ({ code, message, line, column }));
  }),
  create: os.documents.create.handler(({ context: { site }, input }) => {
    createDocument(site.context, input);
    return detail(site.context, defaultOf(input.name));
  }),
  update: os.documents.update.handler(({ context: { site }, input }) => {
    updateDocument(site.context, input);
    const newest = site.context.stores.documents.find(input.name)?.latestVersion ?? null;
    return detail(site.context, { ...defaultOf(input.name), documentVersion: newest });
  }),
  setDefaultVersion: os.documents.setDefaultVersion.handler(({ context: { site }, input }) => {
    setDefaultDocumentVersion(site.context, input.name, input.documentVersion);
    return detail(site.context, defaultOf(input.name));
  }),
  delete: os.documents.delete.handler(({ context: { site }, input }) => deleteDocument(site.context, input)),
};
