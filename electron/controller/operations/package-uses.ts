import type { AssociationId } from '../../../agent/protocol/ids.ts';
import { associationTitle } from '../../domain/association.ts';
import { Fault } from '../../domain/faults.ts';
import type { PackageUse } from '../../domain/package-use.ts';
import { packagesOf } from '../../domain/package-use.ts';
import type { Context } from './context.ts';
import type { LibraryDocument } from './document-library.ts';

type UseContext = Pick<Context, 'stores' | 'library'>;

export type PackageUsers = {
  associations: { associationId: AssociationId; title: string; version: string }[];
  /** Own documents that name it themselves, in any association or in none. */
  documents: string[];
};

/** Null where the document is not there or runs on no node. */
function found(work: () => LibraryDocument): LibraryDocument | null {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof Fault) return null;
    throw cause;
  }
}

/** How many associations name each package. */
export function countPackageUses(context: UseContext): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { uses } of associationUses(context)) {
    for (const name of new Set(uses.map((use) => use.name))) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function associationUses({ stores, library }: UseContext) {
  return stores.associations.list().map((association) => {
    const document = found(() => library.find(association.documentName, association.documentVersion));
    const uses: PackageUse[] = document === null ? [] : packagesOf(document.content, association.parameters);
    return { association, uses };
  });
}

/** Who uses the package, or one version of it by its name. */
export function packageUsers(context: UseContext, name: string, version: string | null): PackageUsers {
  const isMeant = (use: PackageUse) => use.name === name && (version === null || use.version === version);
  const associations = associationUses(context).flatMap(({ association, uses }) => {
    const use = uses.find(isMeant);
    if (use === undefined) return [];
    return [{ associationId: association.associationId, title: associationTitle(association), version: use.version }];
  });
  const documents = context.stores.documents.list().flatMap((document) => {
    if (document.aliasOf) return [];
    const opened = found(() => context.library.find(document.name, '$DEFAULT'));
    return opened !== null && packagesOf(opened.content, {}).some(isMeant) ? [document.name] : [];
  });
  return { associations: associations.sort((a, b) => (a.title < b.title ? -1 : 1)), documents };
}
