import { Fault } from '../../domain/faults.ts';
import type { StoredPackage } from '../store/package-store.ts';
import type { Context } from './context.ts';
import { packageUsers } from './package-uses.ts';

type ChangeContext = Pick<Context, 'stores' | 'transaction' | 'clock' | 'changes' | 'log' | 'blobs' | 'library'>;

export function findPackage({ stores }: Pick<Context, 'stores'>, name: string): StoredPackage {
  const stored = stores.packages.find(name);
  if (stored === null) throw new Fault('E-PACKAGE-UNKNOWN', { name });
  return stored;
}

export function setDefaultVersion(context: ChangeContext, { name, version }: { name: string; version: string }): void {
  const { stores, clock } = context;
  context.transaction(() => {
    findPackage(context, name);
    if (stores.packages.version(name, version) === null) throw new Fault('E-PACKAGE-VERSION-UNKNOWN', { name, version });
    stores.packages.setDefault(name, version, clock.now());
  });
  context.log.info('package-default-set', { name, version });
  context.changes.publish({ kind: 'package', name });
}

export type PackageDeletion = {
  name: string;
  /** Null for the package with all its versions. */
  version: string | null;
  /** Whoever uses it fails at its next run, which the person has seen. */
  evenIfUsed: boolean;
};

/** The files go as well, but for those that another version has too. */
export function deletePackage(context: ChangeContext, { name, version, evenIfUsed }: PackageDeletion): void {
  const { stores, blobs } = context;
  const files = context.transaction(() => {
    const { defaultVersion } = findPackage(context, name);
    const versions = stores.packages.versions(name).filter((stored) => version === null || stored.version === version);
    if (version !== null && versions.length === 0) throw new Fault('E-PACKAGE-VERSION-UNKNOWN', { name, version });
    if (version === defaultVersion) throw new Fault('E-PACKAGE-DEFAULT', { name, version });
    const { associations, documents } = packageUsers(context, name, version);
    const users = associations.length + documents.length;
    if (users > 0 && !evenIfUsed) throw new Fault('E-PACKAGE-IN-USE', { name, users });
    const gone = versions.flatMap((stored) => stores.packages.files(name, stored.version));
    if (version === null) stores.packages.delete(name);
    else stores.packages.deleteVersion(name, version);
    return gone;
  });
  // After the commit: a file that is left by a kill right here goes at the next start.
  for (const { sha256 } of files) blobs.removeUnused(sha256);
  context.log.info('package-deleted', { name, version });
  context.changes.publish({ kind: 'package', name });
}
