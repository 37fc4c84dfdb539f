import * as z from 'zod';
import type { InventoryEntry } from '../../agent/protocol/inventory.ts';
import type { VersionScheme } from './version-comparison.ts';
import { compareVersions, compareWithAsked, fullVersionOf, versionSchemeOf } from './version-comparison.ts';

export const VersionComparator = z.enum(['any', 'older', 'newer', 'equals']);
export type VersionComparator = z.infer<typeof VersionComparator>;

/** Which applications are looked for, in which versions. */
export const InventorySearch = z.strictObject({
  name: z.string().trim().min(1).max(256),
  match: z.enum(['equals', 'contains']),
  comparator: VersionComparator,
  version: z.string().trim().max(128),
});
export type InventorySearch = z.infer<typeof InventorySearch>;

/** An application in one version, and how many nodes have it. */
export type FoundApplication = {
  valueNumber: number;
  name: string;
  version: string;
  scheme: VersionScheme;
  architecture: string;
  publisher: string;
  uses: number;
};

export function foundApplication({
  valueNumber,
  content,
  uses,
}: {
  valueNumber: number;
  content: InventoryEntry;
  uses: number;
}): FoundApplication {
  return {
    valueNumber,
    name: content.Name ?? '',
    version: fullVersionOf(content),
    scheme: versionSchemeOf(content),
    architecture: content.Architecture ?? '',
    publisher: content.Publisher ?? '',
    uses,
  };
}

function isSought({ version, scheme }: FoundApplication, { comparator, version: asked }: InventorySearch): boolean {
  if (comparator === 'any' || asked === '') return true;
  // Something without a version is neither older nor newer than anything.
  if (version === '') return false;
  const order = compareWithAsked(version, asked, scheme);
  switch (comparator) {
    case 'older':
      return order < 0;
    case 'newer':
      return order > 0;
    case 'equals':
      return order === 0;
  }
}

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By name, and of one name the oldest version first: that is what people look for. */
function byAge(a: FoundApplication, b: FoundApplication): number {
  return (
    text(a.name.toLowerCase(), b.name.toLowerCase()) ||
    text(a.scheme, b.scheme) ||
    compareVersions(a.version, b.version, a.scheme) ||
    text(a.version, b.version) ||
    a.valueNumber - b.valueNumber
  );
}

/** Applications of the name that is sought: those in a version that is sought too, and the others. */
export function sortFound(
  found: readonly FoundApplication[],
  search: InventorySearch,
): { sought: FoundApplication[]; others: FoundApplication[] } {
  const sorted = [...found].sort(byAge);
  const sought = sorted.filter((application) => isSought(application, search));
  const known = new Set(sought);
  return { sought, others: sorted.filter((application) => !known.has(application)) };
}

export type VersionCount = { name: string; version: string; nodes: number; isSought: boolean };

/** How many nodes have which version; one that comes for two architectures is one version. */
export function countVersions(sought: readonly FoundApplication[], others: readonly FoundApplication[]): VersionCount[] {
  const counts = new Map<string, VersionCount>();
  const add = (isSoughtVersion: boolean) => (application: FoundApplication) => {
    const { name, version, uses } = application;
    const key = `${name}\n${version}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { name, version, nodes: uses, isSought: isSoughtVersion });
    else known.nodes += uses;
  };
  sought.forEach(add(true));
  others.forEach(add(false));
  return [...counts.values()];
}

/** What a page of entries takes from which application: `uses` say how many there are of each, without looking at them. */
export function pageParts(
  applications: readonly FoundApplication[],
  { offset, limit }: { offset: number; limit: number },
): { application: FoundApplication; offset: number; limit: number }[] {
  const parts: { application: FoundApplication; offset: number; limit: number }[] = [];
  let [before, left] = [0, limit];
  for (const application of applications) {
    const from = Math.max(0, offset - before);
    const taken = Math.min(left, application.uses - from);
    if (taken > 0) parts.push({ application, offset: from, limit: taken });
    left -= Math.max(0, taken);
    before += application.uses;
    if (left === 0) break;
  }
  return parts;
}
