import { reportAtSite } from '../../../agent/document/compatibility.ts';
import type { CompatibilityReport } from '../../../agent/document/compatibility-report.ts';
import type { SourceFormat } from '../../../agent/document/located-problem.ts';
import { referenceOf } from '../../../agent/document/parameter-references.ts';
import type { ParameterDefinition } from '../../../agent/document/parameters.ts';
import { renderedDocument } from '../../../agent/document/rendered-document.ts';
import type { Runbook } from '../../../agent/document/runbook.ts';
import type { DocumentDetail, ParameterRow } from '../../api/documents.ts';
import type { ManagedContent } from '../../domain/document-content.ts';
import { inFormat, readContent } from '../../domain/document-content.ts';
import { Fault } from '../../domain/faults.ts';
import type { DocumentIdentifier } from '../../domain/managed-document.ts';
import type { Context } from '../operations/context.ts';
import { deleteDocument } from '../operations/delete-document.ts';
import { documentsRunning } from '../operations/document-users.ts';
import { storeLookup } from '../operations/parameter-values.ts';
import {
  createDocument,
  createDocuments,
  setDefaultDocumentVersion,
  updateDefaultVersion,
  updateDocument,
} from '../operations/save-document.ts';
import type { StoredDocument } from '../store/document-store.ts';
import { os } from './implementer.ts';

const identifier = ({ stores }: Pick<Context, 'stores'>, document: StoredDocument): DocumentIdentifier => ({
  ...document,
  associationCount: stores.associations.usingDocument(document.name).length,
});

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function parameterRow([name, definition]: [string, ParameterDefinition | Runbook['parameters'][string]]): ParameterRow {
  return {
    name,
    type: definition.type,
    description: definition.description ?? '',
    required: definition.default === undefined,
    defaultText: definition.default === undefined ? null : asText(definition.default),
    allowedValues: definition.allowedValues?.map(asText) ?? null,
    allowedPattern: definition.allowedPattern ?? null,
    displayType: definition.displayType ?? null,
    minItems: definition.minItems ?? null,
    maxItems: definition.maxItems ?? null,
    minChars: definition.minChars ?? null,
    maxChars: definition.maxChars ?? null,
  };
}

/** The version that is asked for by its number or its name; else the default one. */
function versionChoice({ stores }: Context, { name, documentVersion, versionName }: AskedVersion): string {
  if (versionName === null) return documentVersion === null ? '$DEFAULT' : String(documentVersion);
  const named = stores.documents.versionNamed(name, versionName);
  if (named === null) throw new Fault('InvalidDocumentVersion', { name, version: versionName });
  return String(named.documentVersion);
}

type AskedVersion = { name: string; documentVersion: number | null; versionName: string | null; format: SourceFormat | null };

function stepsOf(content: ManagedContent): Pick<Runbook, 'parameters'> & { mainSteps: readonly { name: string; action: string }[] } {
  switch (content.kind) {
    case 'steps':
      return content.document;
    case 'runbook':
      return content.runbook;
    case 'calendar':
      return { parameters: {}, mainSteps: [] };
  }
}

function detail(context: Context, asked: AskedVersion): DocumentDetail {
  const known = context.stores.documents.find(asked.name);
  if (known === null) throw new Fault('InvalidDocument', { name: asked.name });
  const { document, version, content, report } = context.library.open(asked.name, versionChoice(context, asked));
  const { parameters, mainSteps } = stepsOf(content);
  const { defaultVersion, latestVersion } = document;
  return {
    identifier: { ...identifier(context, known), defaultVersion, latestVersion },
    version: { ...version, ...inFormat(version, asked.format) },
    nextVersion: context.stores.documents.nextVersionNumber(document.name),
    versions: context.stores.documents.versions(document.name),
    parameters: Object.entries(parameters).map(parameterRow),
    steps: mainSteps.map(({ name, action }) => ({ name, action })),
    report: atSite(context, report),
    usedBy: context.stores.associations.usingDocument(asked.name),
    usedByDocuments: documentsRunning(context, asked.name),
  };
}

/** With what Parameter Store has here. A SecureString cannot be put in by such a reference, so it is as good as none. */
function atSite(context: Context, report: CompatibilityReport): CompatibilityReport {
  const lookup = storeLookup(context);
  return reportAtSite(report, (reference) => {
    const found = lookup(referenceOf(reference));
    return found !== null && found.type !== 'SecureString';
  });
}

const defaultOf = (name: string): AskedVersion => ({ name, documentVersion: null, versionName: null, format: null });

export const documentHandlers = {
  list: os.documents.list.handler(({ context: { site } }) =>
    site.context.stores.documents.list().map((document) => identifier(site.context, document)),
  ),
  get: os.documents.get.handler(({ context: { site }, input }) => detail(site.context, input)),
  check: os.documents.check.handler(({ context: { site }, input }) => atSite(site.context, readContent(input).report)),
  render: os.documents.render.handler(({ context: { site }, input: { name, documentVersion, parameters } }) => {
    const { content } = site.context.library.open(name, documentVersion === null ? '$DEFAULT' : String(documentVersion));
    return content.kind === 'steps' ? renderedDocument(content.document, parameters) : { problems: [], steps: [] };
  }),
  create: os.documents.create.handler(({ context: { site }, input }) => {
    createDocument(site.context, input);
    return detail(site.context, defaultOf(input.name));
  }),
  import: os.documents.import.handler(({ context: { site }, input }) => createDocuments(site.context, input.documents)),
  update: os.documents.update.handler(({ context: { site }, input }) => {
    const { makesDefault, ...update } = input;
    if (makesDefault) updateDefaultVersion(site.context, update);
    else updateDocument(site.context, update);
    const newest = site.context.stores.documents.find(input.name)?.latestVersion ?? null;
    return detail(site.context, { ...defaultOf(input.name), documentVersion: newest });
  }),
  setDefaultVersion: os.documents.setDefaultVersion.handler(({ context: { site }, input }) => {
    setDefaultDocumentVersion(site.context, input.name, input.documentVersion);
    return detail(site.context, defaultOf(input.name));
  }),
  delete: os.documents.delete.handler(({ context: { site }, input }) => deleteDocument(site.context, input)),
};
