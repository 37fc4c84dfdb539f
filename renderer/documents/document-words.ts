import type { PlatformType } from '../../agent/protocol/messages.ts';
import type { DocumentIdentifier } from '../../electron/domain/managed-document.ts';
import type { Sort } from '../ui/table-rows.ts';

const platformNames: Record<PlatformType, string> = { Linux: 'Linux', MacOS: 'macOS', Windows: 'Windows' };

export const platformText = (types: readonly PlatformType[]): string => types.map((type) => platformNames[type]).join(', ') || 'None known';

export const ownerLabels: Record<DocumentIdentifier['owner'], string> = { Self: 'Mine', Holdfast: 'Built in' };

/** `2`, or `2 (latest 3)` where the newest is not the one that is used by default. */
export const versionText = ({ defaultVersion, latestVersion }: Pick<DocumentIdentifier, 'defaultVersion' | 'latestVersion'>): string =>
  defaultVersion === latestVersion ? String(defaultVersion) : `${defaultVersion} (latest ${latestVersion})`;

/** Built-in documents and aliases cannot be changed; a copy of them can. */
export const isOwn = ({ owner, aliasOf }: Pick<DocumentIdentifier, 'owner' | 'aliasOf'>): boolean => owner === 'Self' && aliasOf === null;

export interface DocumentFilter {
  search: string;
  owner: DocumentIdentifier['owner'] | null;
}

/** Whether every word that was typed is in the name, what it stands for, or the description. */
function hasAllWords(document: DocumentIdentifier, search: string): boolean {
  const text = `${document.name} ${document.aliasOf ?? ''} ${document.description}`.toLowerCase();
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
