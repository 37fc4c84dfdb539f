import * as z from 'zod';
import { inFormat } from '../../domain/document-content.ts';
import { Fault } from '../../domain/faults.ts';
import { DocumentFormat } from '../../domain/managed-document.ts';
import type { Context } from '../operations/context.ts';
import type { StoredDocument } from '../store/document-store.ts';
import { ownerMembers, versionChoice, versionMembers } from './document-description.ts';
import { documentChoice } from './documents.ts';
import { present } from './members.ts';
import { operation } from './operation.ts';
import { paged, pageOfSorted, pagerFor } from './paging.ts';

const GetRequest = z.strictObject({ ...documentChoice, DocumentFormat: DocumentFormat.optional() });

/** The content as it was written; in the other of JSON and YAML where that is asked for. */
export const getDocument = operation(GetRequest, (context, { DocumentFormat: wanted, ...choice }) => {
  const opened = context.library.open(choice.Name, versionChoice(context, choice));
  const isCalendar = opened.version.format === 'TEXT';
  if (wanted !== undefined && isCalendar !== (wanted === 'TEXT')) {
    const problems = ['TEXT is the format of change calendars, and they have no other.'];
    throw new Fault('ValidationException', { problems }, { places: [{ field: 'DocumentFormat' }] });
  }
  const { format, content } = inFormat(opened.version, wanted === undefined || wanted === 'TEXT' ? null : wanted);
  return { ...versionMembers(opened, choice.Name), DocumentFormat: format, Status: 'Active', Content: content };
});

type Test = (document: StoredDocument) => boolean;

/** Whose a document is, in the API's words: ours is what is Amazon's there. */
const OWNERS: ReadonlyMap<string, readonly StoredDocument['owner'][]> = new Map([
  ['Self', ['Self']],
  ['Private', ['Self']],
  ['Amazon', ['Holdfast']],
  ['Public', ['Holdfast']],
  ['ThirdParty', []],
  ['All', ['Self', 'Holdfast']],
]);

const TESTS: Readonly<Record<string, (values: readonly string[]) => Test>> = {
  Name: (values) => (document) => values.some((value) => document.name.startsWith(value)),
  Owner: (values) => (document) => values.some((value) => OWNERS.get(value)?.includes(document.owner) ?? document.owner === value),
  PlatformTypes: (values) => (document) => values.some((value) => document.platformTypes.some((platform) => platform === value)),
  DocumentType: (values) => (document) => values.includes(document.documentType),
  SearchKeyword: (values) => (document) =>
    values.some((value) => `${document.name}\n${document.description}`.toLowerCase().includes(value.toLowerCase())),
};

const ListRequest = z.strictObject({
  DocumentFilterList: z
    .array(z.strictObject({ key: z.enum(['Name', 'Owner', 'PlatformTypes', 'DocumentType']), value: z.string().min(1) }))
    .min(1)
    .optional(),
  Filters: z
    .array(z.strictObject({ Key: z.string(), Values: z.array(z.string()) }))
    .max(6)
    .optional(),
  ...paged(),
});

function testsOf({ Filters = [], DocumentFilterList = [] }: z.output<typeof ListRequest>): Test[] {
  const all = [...DocumentFilterList.map(({ key, value }) => ({ Key: key, Values: [value] })), ...Filters];
  return all.map(({ Key, Values }, position) => {
    const test = Object.hasOwn(TESTS, Key) ? TESTS[Key] : undefined;
    if (test === undefined) throw new Fault('InvalidFilterKey', { key: Key }, { places: [{ field: `Filters.${position}.Key` }] });
    return test(Values);
  });
}

/** DocumentIdentifier, of the default version. */
function identifierMembers({ library }: Pick<Context, 'library'>, document: StoredDocument) {
  const opened = library.open(document.name, '$DEFAULT');
  return { ...versionMembers(opened, document.name), ...ownerMembers(document, opened.version) };
}

/** By name. */
export const listDocuments = operation(ListRequest, (context, request) => {
  const pager = pagerFor(context, 'ListDocuments', request);
  const tests = testsOf(request);
  const matching = context.stores.documents.list().filter((document) => tests.every((isMet) => isMet(document)));
  const { rows, ...rest } = pageOfSorted(pager, matching, ({ name }) => name);
  return { DocumentIdentifiers: rows.map((document) => identifierMembers(context, document)), ...rest };
});

const VersionsRequest = z.strictObject({ Name: z.string(), ...paged() });

/** Newest first. */
export const listDocumentVersions = operation(VersionsRequest, (context, request) => {
  const pager = pagerFor(context, 'ListDocumentVersions', request);
  const { document } = context.library.open(request.Name, '$DEFAULT');
  const versions = context.stores.documents.versions(document.name);
  const { rows, ...rest } = pageOfSorted(pager, versions, ({ documentVersion }) => String(999_999_999 - documentVersion).padStart(9, '0'));
  const lines = rows.map((version) =>
    present({
      Name: request.Name,
      DisplayName: document.displayName,
      DocumentVersion: String(version.documentVersion),
      VersionName: version.versionName,
      CreatedDate: version.createdAt,
      IsDefaultVersion: version.documentVersion === document.defaultVersion,
      DocumentFormat: version.format,
      Status: 'Active',
    }),
  );
  return { DocumentVersions: lines, ...rest };
});
