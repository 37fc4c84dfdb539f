import type { ParameterDefinition } from '../../../agent/document/parameters.ts';
import { parseDocumentSource } from '../../../agent/document/source.ts';
import type { DocumentDetail, ParameterRow } from '../../api/documents.ts';
import { Fault } from '../../domain/faults.ts';
import type { DocumentIdentifier } from '../../domain/managed-document.ts';
import type { Context } from '../operations/context.ts';
import { createDocument, deleteDocument, setDefaultDocumentVersion, updateDocument } from '../operations/save-document.ts';
import type { StoredDocument } from '../store/document-store.ts';
import { os } from './implementer.ts';

const identifier = ({ stores }: Pick<Context, 'stores'>, document: StoredDocument): DocumentIdentifier => ({
  ...document,
  documentType: 'Command',
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

function detail(context: Context, name: string, documentVersion: number | null): DocumentDetail {
  const known = context.stores.documents.find(name);
  if (known === null) throw new Fault('InvalidDocument', { name });
  const { document, version, content } = context.library.find(name, documentVersion === null ? '$DEFAULT' : String(documentVersion));
  return {
    identifier: { ...identifier(context, known), defaultVersion: document.defaultVersion, latestVersion: document.latestVersion },
    version,
    versions: context.stores.documents.versions(document.name),
    parameters: Object.entries(content.parameters).map(parameterRow),
    steps: content.mainSteps.map((step) => ({ name: step.name, action: step.action })),
    usedBy: context.stores.associations.usingDocument(name),
  };
}

export const documentHandlers = {
  list: os.documents.list.handler(({ context: { site } }) =>
    site.context.stores.documents.list().map((document) => identifier(site.context, document)),
  ),
  get: os.documents.get.handler(({ context: { site }, input }) => detail(site.context, input.name, input.documentVersion)),
  check: os.documents.check.handler(({ input }) => {
    const parsed = parseDocumentSource({ text: input.content, format: input.format });
    return parsed.ok ? [] : parsed.problems.map(({ code, message, line, column }) => ({ code, message, line, column }));
  }),
  create: os.documents.create.handler(({ context: { site }, input }) => {
    createDocument(site.context, input);
    return detail(site.context, input.name, null);
  }),
  update: os.documents.update.handler(({ context: { site }, input }) => {
    updateDocument(site.context, input);
    return detail(site.context, input.name, site.context.stores.documents.find(input.name)?.latestVersion ?? null);
  }),
  setDefaultVersion: os.documents.setDefaultVersion.handler(({ context: { site }, input }) => {
    setDefaultDocumentVersion(site.context, input.name, input.documentVersion);
    return detail(site.context, input.name, null);
  }),
  delete: os.documents.delete.handler(({ context: { site }, input }) => deleteDocument(site.context, input.name)),
};
