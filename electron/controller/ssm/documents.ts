import * as z from 'zod';
import { DocumentType } from '../../../agent/document/document-type.ts';
import { Fault } from '../../domain/faults.ts';
import { DocumentFormat, versionNumber } from '../../domain/managed-document.ts';
import type { Context } from '../operations/context.ts';
import { deleteDocument as removeDocument } from '../operations/delete-document.ts';
import { updateDocument as addVersion, createDocument as insertDocument, setDefaultDocumentVersion } from '../operations/save-document.ts';
import { describedDocument, versionChoice } from './document-description.ts';
import { inMembers } from './member-places.ts';
import { operation } from './operation.ts';

const AnyVersion = z.string().regex(/^(\$LATEST|\$DEFAULT|[1-9][0-9]{0,8})$/, 'a version is $LATEST, $DEFAULT or a number.');

/** What a version is asked for by. */
export const documentChoice = {
  Name: z.string(),
  DocumentVersion: AnyVersion.optional(),
  VersionName: z.string().optional(),
};

/** Members of the API that a site of one's own keeps nothing of. */
const unkept = {
  Attachments: z.array(z.unknown()).optional(),
  Requires: z.array(z.unknown()).optional(),
  TargetType: z.string().optional(),
  Tags: z.array(z.unknown()).optional(),
};

const WITHOUT_MEANING: Readonly<Record<keyof typeof unkept, string>> = {
  Attachments: 'Documents here have no attachments: put files where the nodes can fetch them.',
  Requires: 'Documents here require no other documents.',
  TargetType: 'TargetType names kinds of cloud resources; documents here run on managed nodes.',
  Tags: 'Documents here have no tags.',
};

function refuseUnkept(request: { [Member in keyof typeof unkept]?: unknown }): void {
  const found = Object.entries(WITHOUT_MEANING).filter(([member]) => {
    const value: unknown = Reflect.get(request, member);
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
  });
  if (found.length === 0) return;
  const places = found.map(([field]) => ({ field }));
  throw new Fault('ValidationException', { problems: found.map(([, sentence]) => sentence) }, { places });
}

const CreateRequest = z.strictObject({
  Content: z.string(),
  Name: z.string(),
  DisplayName: z.string().optional(),
  VersionName: z.string().optional(),
  DocumentType: DocumentType.default('Command'),
  DocumentFormat: DocumentFormat.optional(),
  ...unkept,
});

export const createDocument = operation(CreateRequest, (context, request) => {
  refuseUnkept(request);
  const { Name, Content, DisplayName = null, VersionName = null, DocumentType: documentType } = request;
  const { DocumentFormat: format = documentType === 'ChangeCalendar' ? 'TEXT' : 'JSON' } = request;
  const draft = { name: Name, content: Content, displayName: DisplayName, versionName: VersionName, documentType, format };
  inMembers(() => insertDocument(context, draft));
  return { DocumentDescription: describedDocument(context, Name, '$LATEST') };
});

const { Requires: _onlyAtCreation, Tags: _alsoOnlyThen, ...unkeptByUpdates } = unkept;
const UpdateRequest = z.strictObject({
  Content: z.string(),
  Name: z.string(),
  DisplayName: z.string().optional(),
  VersionName: z.string().optional(),
  DocumentVersion: z.string().default('$LATEST'),
  DocumentFormat: DocumentFormat.optional(),
  ...unkeptByUpdates,
});

/** The format that is not said: a change calendar has but one. */
const usualFormat = ({ stores }: Pick<Context, 'stores'>, name: string): DocumentFormat =>
  stores.documents.find(name)?.documentType === 'ChangeCalendar' ? 'TEXT' : 'JSON';

export const updateDocument = operation(UpdateRequest, (context, request) => {
  refuseUnkept(request);
  const { Name: name, Content: content, DisplayName: displayName, VersionName: versionName = null, DocumentVersion } = request;
  const { DocumentFormat: format = usualFormat(context, name) } = request;
  inMembers(() => addVersion(context, { name, content, displayName, versionName, documentVersion: DocumentVersion, format }));
  return { DocumentDescription: describedDocument(context, name, '$LATEST') };
});

const DefaultRequest = z.strictObject({
  Name: z.string(),
  DocumentVersion: z.string().regex(/^[1-9][0-9]{0,8}$/, 'the default version is a number.'),
});

export const updateDocumentDefaultVersion = operation(DefaultRequest, (context, { Name, DocumentVersion }) => {
  setDefaultDocumentVersion(context, Name, Number.parseInt(DocumentVersion, 10));
  const { DocumentVersion: DefaultVersion, VersionName } = describedDocument(context, Name, '$DEFAULT');
  return { Description: { Name, DefaultVersion, ...(VersionName === undefined ? {} : { DefaultVersionName: VersionName }) } };
});

/** Force is for types of document that there are none of here. */
const DeleteRequest = z.strictObject({ ...documentChoice, Force: z.boolean().optional() });

export const deleteDocument = operation(DeleteRequest, (context, { Name: name, DocumentVersion, VersionName: versionName = null }) => {
  const document = context.stores.documents.find(name);
  if (document === null) throw new Fault('InvalidDocument', { name }, { places: [{ field: 'Name' }] });
  const documentVersion = DocumentVersion === undefined ? null : versionNumber(document, DocumentVersion);
  removeDocument(context, { name, documentVersion, versionName });
  return {};
});

export const describeDocument = operation(z.strictObject(documentChoice), (context, request) => ({
  Document: describedDocument(context, request.Name, versionChoice(context, request)),
}));
