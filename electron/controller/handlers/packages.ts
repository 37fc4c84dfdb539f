import type { PackageDetail, PackageRow } from '../../api/packages.ts';
import { Fault } from '../../domain/faults.ts';
import type { PackageVersion } from '../../domain/package.ts';
import { addPackage } from '../operations/add-package.ts';
import { deletePackage, findPackage, setDefaultVersion } from '../operations/change-package.ts';
import type { Context } from '../operations/context.ts';
import { countPackageUses, packageUsers } from '../operations/package-uses.ts';
import type { StoredPackage, StoredPackageFile } from '../store/package-store.ts';
import { os } from './implementer.ts';

type Facts = { versions: readonly PackageVersion[]; files: readonly StoredPackageFile[]; usedBy: number };

function packageRow({ name, defaultVersion, lastModifiedAt }: StoredPackage, { versions, files, usedBy }: Facts): PackageRow {
  const sizes = new Map(files.map(({ sha256, size }) => [sha256, size]));
  return {
    name,
    defaultVersion,
    publisher: versions.find(({ version }) => version === defaultVersion)?.publisher ?? '',
    versions: versions.length,
    platforms: [...new Set(versions.flatMap(({ packages }) => Object.keys(packages)))].sort(),
    bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0),
    usedBy,
    lastModifiedAt,
  };
}

/** There are at most 500 packages: a page looks through them all. */
function packageRows(context: Context): PackageRow[] {
  const { packages } = context.stores;
  const versions = Map.groupBy(packages.allVersions(), ({ name }) => name);
  const files = Map.groupBy(packages.allFiles(), ({ name }) => name);
  const uses = countPackageUses(context);
  return packages.list().map((stored) =>
    packageRow(stored, {
      versions: versions.get(stored.name) ?? [],
      files: files.get(stored.name) ?? [],
      usedBy: uses.get(stored.name) ?? 0,
    }),
  );
}

type Order = { search: string; sort: 'name' | 'bytes' | 'lastModifiedAt'; order: 'ascending' | 'descending' };

function sorted(rows: PackageRow[], { search, sort, order }: Order): PackageRow[] {
  const wanted = search.toLowerCase();
  const sign = order === 'ascending' ? 1 : -1;
  const compare: Record<Order['sort'], (a: PackageRow, b: PackageRow) => number> = {
    name: (a, b) => a.name.localeCompare(b.name, 'en'),
    bytes: (a, b) => a.bytes - b.bytes,
    lastModifiedAt: (a, b) => a.lastModifiedAt.getTime() - b.lastModifiedAt.getTime(),
  };
  return rows
    .filter(({ name, publisher }) => name.toLowerCase().includes(wanted) || publisher.toLowerCase().includes(wanted))
    .sort((a, b) => sign * compare[sort](a, b) || a.name.localeCompare(b.name, 'en'));
}

function packageDetail(context: Context, name: string): PackageDetail {
  const { packages } = context.stores;
  const stored = findPackage(context, name);
  const versions = packages.versions(name);
  const { associations, documents } = packageUsers(context, name, null);
  const versionList = versions.map(({ name: _, ...version }) => ({
    ...version,
    files: packages.files(name, version.version).map(({ name: _name, version: _version, ...file }) => file),
  }));
  const files = versions.flatMap(({ version }) => packages.files(name, version));
  return {
    ...packageRow(stored, { versions, files, usedBy: associations.length }),
    createdAt: stored.createdAt,
    versionList,
    users: associations,
    documents,
  };
}

function bytesOf(base64: string): Buffer {
  const bytes = Buffer.from(base64, 'base64');
  // Anything else than base64 is left out without a word.
  if (bytes.toString('base64') !== base64) throw new Fault('ValidationException', { problems: ['The part of the file is not base64.'] });
  return bytes;
}

export const packageHandlers = {
  list: os.packages.list.handler(({ context: { site }, input }) => {
    const rows = sorted(packageRows(site.context), input);
    return { rows: rows.slice(input.offset, input.offset + input.limit), total: rows.length };
  }),
  get: os.packages.get.handler(({ context: { site }, input }) => packageDetail(site.context, input.name)),
  usage: os.packages.usage.handler(({ context: { site } }) => ({
    usedBytes: site.context.blobs.usage(),
    quotaBytes: site.context.blobs.quotaBytes,
  })),
  beginUpload: os.packages.beginUpload.handler(({ context: { site }, input }) => ({ uploadId: site.context.uploads.begin(input) })),
  upload: os.packages.upload.handler(async ({ context: { site }, input }) => ({
    received: await site.context.uploads.add(input.uploadId, input.offset, bytesOf(input.base64)),
  })),
  endUploads: os.packages.endUploads.handler(({ context: { site }, input }) => site.context.uploads.end(input.uploadIds)),
  add: os.packages.add.handler(({ context: { site }, input }) => addPackage(site.context, input)),
  setDefault: os.packages.setDefault.handler(({ context: { site }, input }) => setDefaultVersion(site.context, input)),
  delete: os.packages.delete.handler(({ context: { site }, input }) => deletePackage(site.context, input)),
};
