import { Fault } from '../../domain/faults.ts';
import type { PackageFile, PackagePlatforms } from '../../domain/package.ts';
import { PACKAGE_FILE_BYTES, PackageFileName, PackageScript, placesOf, scriptProblem } from '../../domain/package.ts';
import type { PackageManifest } from '../../domain/package-manifest.ts';
import { MANIFEST_LIMIT, MANIFEST_NAME, platformsOfFiles, readManifest } from '../../domain/package-manifest.ts';
import { installerKind, scriptName } from '../../domain/package-scripts.ts';
import type { Blob, BlobStore } from '../store/blob-store.ts';
import { receiveAll } from '../store/blob-store.ts';
import { type ArchiveEntry, makeArchive, readArchive, unpackEntries } from '../store/package-archive.ts';
import type { UploadedFile } from './package-uploads.ts';

/** A package as it will be stored: everything about it is checked. */
export type PreparedPackage = { version: string; publisher: string; packages: PackagePlatforms; files: PackageFile[] };

/** One file of a package that is made here, and where it is for. */
export type PlacedFile = { upload: UploadedFile; platform: string; release: string; architecture: string };

/** `hold`: told of every blob that was made on the way, to be let go of when the package is stored or given up. */
export type Preparing = { blobs: BlobStore; hold(blob: Blob): void };

type NamedBlob = Blob & { fileName: string };

const refused = (problems: readonly string[]): Fault => new Fault('E-PACKAGE-INVALID', { problems });

function fileOfBlob({ blobs }: Preparing, sha256: string): string {
  const found = blobs.find(sha256);
  if (found === null) throw new Fault('E-UPLOAD-UNKNOWN', undefined);
  return found.file;
}

async function checkedFile(preparing: Preparing, file: NamedBlob, platforms: readonly string[]): Promise<PackageFile> {
  const { entries, problems } = await readArchive(fileOfBlob(preparing, file.sha256));
  const scripts = entries.flatMap(({ name }) => PackageScript.safeParse(name).data ?? []);
  const problem = problems[0] ?? scriptProblem(platforms, scripts);
  if (problem !== null) throw refused([`${file.fileName} ${problem}.`]);
  return { fileName: file.fileName, sha256: file.sha256, size: file.size, scripts };
}

/** Every file that the manifest's places name, as it is in the archive itself. */
async function checkedFiles(preparing: Preparing, packages: PackagePlatforms, blobs: readonly NamedBlob[]): Promise<PackageFile[]> {
  const places = placesOf(packages);
  const files: PackageFile[] = [];
  for (const blob of blobs) {
    const platforms = places.filter(({ file }) => file === blob.fileName).map(({ platform }) => platform);
    if (platforms.length > 0) files.push(await checkedFile(preparing, blob, platforms));
  }
  return files;
}

function manifestIn(text: string): PackageManifest {
  const read = readManifest(text);
  if (!read.ok) throw refused(read.problems);
  return read.manifest;
}

/** A Distributor package as it is: its manifest.json with the zips beside it, or one zip of them all. */
export async function distributorPackage(preparing: Preparing, uploads: readonly UploadedFile[]): Promise<PreparedPackage> {
  const manifestFile = uploads.find(({ fileName }) => fileName === MANIFEST_NAME);
  if (manifestFile !== undefined) {
    if (manifestFile.size > MANIFEST_LIMIT) throw refused([`${MANIFEST_NAME} has more than ${MANIFEST_LIMIT} characters.`]);
    const manifest = manifestIn(preparing.blobs.read(manifestFile.sha256).toString('utf8'));
    return packageOf(preparing, manifest, uploads);
  }
  const [bundle] = uploads;
  if (bundle === undefined || uploads.length > 1) throw refused([`There is no ${MANIFEST_NAME} among the files.`]);
  return bundledPackage(preparing, bundle);
}

async function packageOf(preparing: Preparing, manifest: PackageManifest, blobs: readonly NamedBlob[]): Promise<PreparedPackage> {
  const { version, publisher, packages, files } = manifest;
  const named = new Set(placesOf(packages).map(({ file }) => file));
  const wanted = Object.entries(files).filter(([fileName]) => named.has(fileName));
  const problems = wanted.flatMap(([fileName, { checksums, size }]) => {
    const blob = blobs.find((candidate) => candidate.fileName === fileName);
    if (blob === undefined) return [`${fileName} is named in ${MANIFEST_NAME}, but is not among the files.`];
    if (blob.sha256 !== checksums.sha256) return [`${fileName} has the SHA-256 ${blob.sha256}; ${MANIFEST_NAME} says ${checksums.sha256}.`];
    if (size !== undefined && blob.size !== size) return [`${fileName} has ${blob.size} bytes; ${MANIFEST_NAME} says ${size}.`];
    return [];
  });
  if (problems.length > 0) throw refused(problems);
  return { version, publisher, packages, files: await checkedFiles(preparing, packages, blobs) };
}

const folderOf = ({ name }: ArchiveEntry): string => name.slice(0, name.lastIndexOf('/') + 1);

/** The manifest and its zips stand in one folder of the bundle: its top, or the one that was packed. */
async function bundledPackage(preparing: Preparing, bundle: UploadedFile): Promise<PreparedPackage> {
  const file = fileOfBlob(preparing, bundle.sha256);
  const { entries, problems } = await readArchive(file);
  if (problems.length > 0) throw refused(problems.map((problem) => `${bundle.fileName} ${problem}.`));
  const manifests = entries
    .filter((entry) => entry.name === `${folderOf(entry)}${MANIFEST_NAME}` && !entry.name.startsWith('__MACOSX/'))
    .sort((a, b) => a.name.length - b.name.length);
  const [manifestEntry] = manifests;
  if (manifestEntry === undefined) throw refused([`${bundle.fileName} has no ${MANIFEST_NAME} in it.`]);
  if (manifestEntry.size > MANIFEST_LIMIT) throw refused([`${MANIFEST_NAME} has more than ${MANIFEST_LIMIT} characters.`]);
  let text = '';
  await unpackEntries(
    file,
    (name) => name === manifestEntry.name,
    async (_, content) => {
      for await (const bytes of content) text += Buffer.from(bytes).toString('utf8');
    },
  );
  const manifest = manifestIn(text);
  return packageOf(preparing, manifest, await unpackedFiles(preparing, { file, entries, folder: folderOf(manifestEntry), manifest }));
}

type Bundle = { file: string; entries: readonly ArchiveEntry[]; folder: string; manifest: PackageManifest };

async function unpackedFiles(preparing: Preparing, { file, entries, folder, manifest }: Bundle): Promise<NamedBlob[]> {
  const named = new Set(placesOf(manifest.packages).map((place) => `${folder}${place.file}`));
  const tooLarge = entries.find(({ name, size }) => named.has(name) && size > PACKAGE_FILE_BYTES);
  if (tooLarge) throw new Fault('E-UPLOAD-SIZE', { fileName: tooLarge.name, bytes: tooLarge.size, limit: PACKAGE_FILE_BYTES });
  const blobs: NamedBlob[] = [];
  await unpackEntries(
    file,
    (name) => named.has(name),
    async (name, content) => {
      const blob = await receiveAll(preparing.blobs, content);
      preparing.hold(blob);
      blobs.push({ ...blob, fileName: name.slice(folder.length) });
    },
  );
  return blobs;
}

/** A package out of zips with scripts, out of installers, or out of single scripts, each for one or more platforms. */
export async function simplePackage(
  preparing: Preparing,
  { version, publisher, placed }: { version: string; publisher: string; placed: readonly PlacedFile[] },
): Promise<PreparedPackage> {
  const uploads = [...new Map(placed.map(({ upload }) => [upload.uploadId, upload])).values()];
  const archives = new Map<string, NamedBlob>();
  for (const upload of uploads) archives.set(upload.uploadId, await archiveOf(preparing, upload));
  const fileNames = [...archives.values()].map(({ fileName }) => fileName);
  const twice = fileNames.find((fileName, position) => fileNames.indexOf(fileName) !== position);
  if (twice !== undefined) throw refused([`Two files are called ${twice}.`]);
  const places = placed.map(({ upload, platform, release, architecture }) => ({
    file: archives.get(upload.uploadId)?.fileName ?? upload.fileName,
    platform,
    release,
    architecture,
  }));
  const keys = places.map(({ platform, release, architecture }) => `${platform} ${release} ${architecture}`);
  const doubled = keys.find((key, position) => keys.indexOf(key) !== position);
  if (doubled !== undefined) throw refused([`Two files are for ${doubled}.`]);
  const packages = platformsOfFiles(places);
  return { version, publisher, packages, files: await checkedFiles(preparing, packages, [...archives.values()]) };
}

async function archiveOf(preparing: Preparing, upload: UploadedFile): Promise<NamedBlob> {
  const { fileName, sha256 } = upload;
  const file = fileOfBlob(preparing, sha256);
  if (!PackageFileName.safeParse(fileName).success) {
    throw refused([`The file name ${JSON.stringify(fileName.slice(0, 100))} has other characters than letters, digits and . _ + ~ -.`]);
  }
  if (/\.zip$/i.test(fileName)) return upload;
  const script = scriptName(fileName);
  const installer = installerKind(fileName);
  if (script === null && installer === null) {
    throw refused([`${fileName} is neither a zip with scripts nor a .deb, .rpm, .msi, .pkg, .sh or .ps1 file.`]);
  }
  const content =
    script === null
      ? makeArchive([{ name: fileName, file }], installer?.scripts(fileName) ?? [])
      : makeArchive([{ name: script, file }], []);
  const blob = await receiveAll(preparing.blobs, content);
  preparing.hold(blob);
  return { ...blob, fileName: `${fileName}.zip` };
}
