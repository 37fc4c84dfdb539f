import { Fault } from '../../domain/faults.ts';
import { PACKAGE_LIMIT, PACKAGE_VERSIONS_LIMIT } from '../../domain/package.ts';
import type { Context } from './context.ts';
import type { PreparedPackage } from './package-files.ts';
import { distributorPackage, simplePackage } from './package-files.ts';

type PackageContext = Pick<Context, 'stores' | 'transaction' | 'clock' | 'changes' | 'log' | 'blobs' | 'uploads'>;

export type PackageDraft = {
  name: string;
  /** Whether it becomes the version that is installed where none is named; the first one does in any case. */
  makeDefault: boolean;
  source:
    | { kind: 'distributor'; uploadIds: readonly string[] }
    | {
        kind: 'files';
        version: string;
        publisher: string;
        files: readonly { uploadId: string; platform: string; release: string; architecture: string }[];
      };
};

/** Stores a version of a package out of files that were handed over. Nothing is kept of one that is refused. */
export async function addPackage(context: PackageContext, draft: PackageDraft): Promise<{ name: string; version: string }> {
  const { blobs, uploads } = context;
  const held: string[] = [];
  const preparing = { blobs, hold: ({ sha256 }: { sha256: string }) => void held.push(sha256) };
  try {
    const { source } = draft;
    const prepared =
      source.kind === 'distributor'
        ? await distributorPackage(
            preparing,
            source.uploadIds.map((uploadId) => uploads.find(uploadId)),
          )
        : await simplePackage(preparing, {
            ...source,
            placed: source.files.map(({ uploadId, ...place }) => ({ ...place, upload: uploads.find(uploadId) })),
          });
    context.transaction(() => store(context, draft, prepared));
    const uploadIds = source.kind === 'distributor' ? source.uploadIds : source.files.map(({ uploadId }) => uploadId);
    await uploads.end(uploadIds);
    context.log.info('package-added', { name: draft.name, version: prepared.version });
    context.changes.publish({ kind: 'package', name: draft.name });
    return { name: draft.name, version: prepared.version };
  } finally {
    for (const sha256 of held) blobs.letGo(sha256);
  }
}

function store(
  { stores: { packages }, blobs, clock }: PackageContext,
  { name, makeDefault }: PackageDraft,
  prepared: PreparedPackage,
): void {
  const { version, publisher, files } = prepared;
  // An upload may have been given up while its archive was read.
  if (files.some(({ sha256 }) => blobs.find(sha256) === null)) throw new Fault('E-UPLOAD-UNKNOWN', undefined);
  const now = clock.now();
  const known = packages.list();
  // On a disk that does not tell large letters from small ones they would be one folder of a node.
  const alike = known.find((other) => other.name !== name && other.name.toLowerCase() === name.toLowerCase());
  if (alike)
    throw new Fault('E-PACKAGE-INVALID', { problems: [`A package “${alike.name}” is there already, which differs only in case.`] });
  if (packages.version(name, version) !== null) throw new Fault('E-PACKAGE-VERSION-EXISTS', { name, version });
  const isNew = packages.find(name) === null;
  if (isNew && known.length >= PACKAGE_LIMIT) {
    throw new Fault('E-PACKAGE-LIMIT', { problem: `There are ${PACKAGE_LIMIT} packages already, which is the limit.` });
  }
  if (packages.versions(name).length >= PACKAGE_VERSIONS_LIMIT) {
    throw new Fault('E-PACKAGE-LIMIT', { problem: `Package “${name}” has ${PACKAGE_VERSIONS_LIMIT} versions, which is the limit.` });
  }
  if (isNew) packages.insert({ name, defaultVersion: version, createdAt: now, lastModifiedAt: now });
  packages.addVersion({ name, version, publisher, packages: prepared.packages, addedAt: now, addedBy: 'administrator' }, files);
  if (makeDefault) packages.setDefault(name, version, now);
}
