import type { ParameterDefinition } from '../../../agent/document/parameters.ts';
import { Fault } from '../../domain/faults.ts';
import type { DocumentVersion } from '../../domain/managed-document.ts';
import type { Context } from '../operations/context.ts';
import type { OpenDocument } from '../operations/document-library.ts';
import { filled, present } from './members.ts';

type Choice = { Name: string; DocumentVersion?: string | undefined; VersionName?: string | undefined };

/** The version that is asked for by its number or its name; else the default one. */
export function versionChoice({ stores }: Pick<Context, 'stores'>, { Name, DocumentVersion, VersionName }: Choice): string {
  if (VersionName === undefined) return DocumentVersion ?? '$DEFAULT';
  const named = stores.documents.versionNamed(Name, VersionName);
  if (named !== null && (DocumentVersion === undefined || DocumentVersion === String(named.documentVersion))) {
    return String(named.documentVersion);
  }
  if (stores.documents.find(Name) === null) throw new Fault('InvalidDocument', { name: Name }, { places: [{ field: 'Name' }] });
  throw new Fault('InvalidDocumentVersion', { name: Name, version: VersionName }, { places: [{ field: 'VersionName' }] });
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

type Declared = Pick<ParameterDefinition, 'description' | 'default'> & { type: string };

function declaredParameters(content: OpenDocument['content']): Readonly<Record<string, Declared>> {
  switch (content.kind) {
    case 'steps':
      return content.document.parameters;
    case 'runbook':
      return content.runbook.parameters;
    case 'calendar':
      return {};
  }
}

const parameterMembers = ([name, definition]: [string, Declared]) =>
  present({
    Name: name,
    Type: definition.type,
    Description: definition.description,
    DefaultValue: definition.default === undefined ? undefined : asText(definition.default),
  });

/** What every shape of a document has, of the version that is meant. `name` is the one that was asked for, also where it is an alias. */
export function versionMembers({ document, version }: Pick<OpenDocument, 'document' | 'version'>, name: string) {
  return present({
    Name: name,
    DisplayName: document.displayName,
    VersionName: version.versionName,
    CreatedDate: version.createdAt,
    DocumentVersion: String(version.documentVersion),
    DocumentType: document.documentType,
    DocumentFormat: version.format,
  });
}

/** The part of a DocumentDescription and of a DocumentIdentifier that is of the document. */
export const ownerMembers = (
  { owner, platformTypes }: OpenDocument['document'],
  { schemaVersion }: Pick<DocumentVersion, 'schemaVersion'>,
) => present({ Owner: owner, PlatformTypes: [...platformTypes], SchemaVersion: schemaVersion });

/** DocumentDescription. */
export function describedDocument({ library }: Pick<Context, 'library'>, name: string, choice: string) {
  const opened = library.open(name, choice);
  const { document, version, content } = opened;
  const parameters = Object.entries(declaredParameters(content)).map(parameterMembers);
  return {
    ...versionMembers(opened, name),
    ...ownerMembers(document, version),
    ...present({ Description: document.description === '' ? undefined : document.description, Parameters: filled(parameters) }),
    Hash: version.hash,
    HashType: 'Sha256',
    Status: 'Active',
    LatestVersion: String(document.latestVersion),
    DefaultVersion: String(document.defaultVersion),
  };
}
