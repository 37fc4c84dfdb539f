import type { DocumentType } from '../../agent/document/document-type.ts';
import type { PlatformType } from '../../agent/protocol/messages.ts';
import type { DocumentIdentifier } from '../../electron/domain/managed-document.ts';
import type { Sort } from '../ui/table-rows.ts';

const platformNames: Record<PlatformType, string> = { Linux: 'Linux', MacOS: 'macOS', Windows: 'Windows' };

export const platformText = (types: readonly PlatformType[]): string => types.map((type) => platformNames[type]).join(', ') || 'None known';

export const ownerLabels: Record<DocumentIdentifier['owner'], string> = { Self: 'Mine', Holdfast: 'Built in' };

export const typeLabels: Record<DocumentType, string> = {
  Command: 'Command',
  Policy: 'Policy',
  Automation: 'Runbook',
  ChangeCalendar: 'Change calendar',
};

/** `Command 2.2`; a change calendar has no schema. */
export const typeText = ({ documentType, schemaVersion }: Pick<DocumentIdentifier, 'documentType' | 'schemaVersion'>): string =>
  [typeLabels[documentType], schemaVersion ?? ''].join(' ').trim();

/** Associations run what has steps for nodes. */
export const runsOnNodes = ({ documentType }: Pick<DocumentIdentifier, 'documentType'>): boolean =>
  documentType === 'Command' || documentType === 'Policy';

/** `2`, or `2 (latest 3)` where the newest is not the one that is used by default. */
export const versionText = ({ defaultVersion, latestVersion }: Pick<DocumentIdentifier, 'defaultVersion' | 'latestVersion'>): string =>
  defaultVersion === latestVersion ? String(defaultVersion) : `${defaultVersion} (latest ${latestVersion})`;

/** Built-in documents and aliases cannot be changed; a copy of them can. */
export const isOwn = ({ owner, aliasOf }: Pick<DocumentIdentifier, 'owner' | 'aliasOf'>): boolean => owner === 'Self' && aliasOf === null;

/** Own ones of a schema that has versions; calendars have a page of their own for that. */
export const canHaveVersions = (document: Pick<DocumentIdentifier, 'owner' | 'aliasOf' | 'documentType' | 'schemaVersion'>): boolean =>
  isOwn(document) && document.documentType !== 'ChangeCalendar' && document.schemaVersion !== '1.2';

export interface DocumentFilter {
  search: string;
  owner: DocumentIdentifier['owner'] | null;
}

/** Whether every word that was typed is in the name, what it stands for, the description or the type. */
function hasAllWords(document: DocumentIdentifier, search: string): boolean {
  const { name, aliasOf, displayName, description } = document;
  const text = `${name} ${aliasOf ?? ''} ${displayName ?? ''} ${description} ${typeText(document)}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export const matchesOf = (documents: readonly DocumentIdentifier[], { search, owner }: DocumentFilter): DocumentIdentifier[] =>
  documents.filter((document) => (owner === null || document.owner === owner) && hasAllWords(document, search));

type SortName = 'name' | 'used' | 'created';

const byName = (a: DocumentIdentifier, b: DocumentIdentifier): number =>
  a.name.localeCompare(b.name, 'en', { sensitivity: 'base', numeric: true });

const comparisons: Record<SortName, (a: DocumentIdentifier, b: DocumentIdentifier) => number> = {
  name: byName,
  used: (a, b) => a.associationCount - b.associationCount,
  created: (a, b) => a.createdAt.getTime() - b.createdAt.getTime(),
};

const isSortName = (text: string): text is SortName => Object.hasOwn(comparisons, text);

/** Equal ones by name, whichever way round the order is. */
export function sorted(documents: readonly DocumentIdentifier[], { by, order }: Sort): DocumentIdentifier[] {
  const compare = comparisons[isSortName(by) ? by : 'name'];
  const turn = order === 'ascending' ? 1 : -1;
  return [...documents].sort((a, b) => turn * compare(a, b) || byName(a, b));
}
