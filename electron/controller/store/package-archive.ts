import { PassThrough } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { ZipFile as ZipMaker } from 'yazl';
import { Fault } from '../../domain/faults.ts';

/** What an agent unpacks, or less: what it would refuse is not taken in. */
const MOST_ENTRIES = 50_000;
const MOST_BYTES = 4 * 1024 ** 3;
const MOST_RATIO = 200;
const RATIO_FROM_BYTES = 16 * 1024 ** 2;

/** As an agent reads it: a backslash in a name is no slash. */
const ZIP = { autoClose: false, strictFileNames: true } as const;

export type ArchiveEntry = { name: string; size: number };
export type OpenedArchive = { entries: ArchiveEntry[]; problems: string[] };

const LONGEST_NAME = 1024;
const LONGEST_PART = 255;
const DEEPEST = 40;

const isFolder = ({ fileName }: Entry): boolean => fileName.endsWith('/');

const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;
const FOLDER = 0o040000;

/** Made on Unix, a zip says what kind of file each entry is: anything but plain files and folders could lead out of its folder. */
function isPlain({ externalFileAttributes, versionMadeBy }: Entry): boolean {
  if (versionMadeBy >> 8 !== 3) return true;
  const type = (externalFileAttributes >>> 16) & FILE_TYPE;
  return type === 0 || type === REGULAR || type === FOLDER;
}

function problemOf(entry: Entry, seen: Set<string>): string | null {
  const { fileName } = entry;
  const shown = JSON.stringify(fileName.slice(0, 100));
  const parts = fileName.split('/');
  // yauzl refuses absolute paths and those with `..` as it reads; these are what a disk would take in another way.
  if (/[\u0000-\u001f\u007f<>:"|?*\\]/.test(fileName)) return `has an entry ${shown}, whose name not every disk takes`;
  if (fileName.length > LONGEST_NAME || parts.length > DEEPEST || parts.some((part) => Buffer.byteLength(part) > LONGEST_PART)) {
    return `has an entry ${shown}, whose name is too long or too deep`;
  }
  if (parts.some((part) => /[. ]$/.test(part))) return `has an entry ${shown}, whose name ends with a dot or a blank`;
  if (entry.isEncrypted()) return `has an entry ${shown} that is encrypted`;
  if (!isPlain(entry)) return `has an entry ${shown} that is a link or a device`;
  // A folder may be told of as often as anybody likes.
  if (isFolder(entry)) return null;
  const key = fileName.normalize('NFC').toLowerCase();
  if (seen.has(key)) return `has two entries ${shown}, which are one file on some disks`;
  seen.add(key);
  return null;
}

/** Everything that its directory says, without unpacking anything. */
export async function readArchive(file: string): Promise<OpenedArchive> {
  let zip: ZipFile;
  try {
    zip = await openPromise(file, ZIP);
  } catch (thrown) {
    return { entries: [], problems: [`is no zip archive (${reasonOf(thrown)})`] };
  }
  try {
    return await directoryOf(zip);
  } catch (thrown) {
    return { entries: [], problems: [`has a directory that cannot be used (${reasonOf(thrown)})`] };
  } finally {
    zip.close();
  }
}

const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown)).slice(0, 200);

async function directoryOf(zip: ZipFile): Promise<OpenedArchive> {
  if (zip.entryCount > MOST_ENTRIES) return { entries: [], problems: [`has ${zip.entryCount} entries; ${MOST_ENTRIES} are allowed`] };
  const entries: ArchiveEntry[] = [];
  const seen = new Set<string>();
  let unpacked = 0;
  let packed = 0;
  for await (const entry of zip.eachEntry()) {
    const problem = problemOf(entry, seen);
    if (problem !== null) return { entries, problems: [problem] };
    unpacked += entry.uncompressedSize;
    packed += entry.compressedSize;
    if (!isFolder(entry)) entries.push({ name: entry.fileName, size: entry.uncompressedSize });
  }
  if (unpacked > MOST_BYTES) return { entries, problems: [`unpacks to ${unpacked} bytes; ${MOST_BYTES} are allowed`] };
  if (unpacked > RATIO_FROM_BYTES && unpacked > packed * MOST_RATIO) {
    return { entries, problems: [`unpacks to ${Math.round(unpacked / Math.max(1, packed))} times its size, as no honest archive does`] };
  }
  return { entries, problems: [] };
}

/** Hands over the content of each entry that is wanted, in the order of the archive. Call after `readArchive` found nothing wrong. */
export async function unpackEntries(
  file: string,
  wanted: (name: string) => boolean,
  take: (name: string, content: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  const zip = await openPromise(file, ZIP);
  try {
    for await (const entry of zip.eachEntry()) {
      if (!isFolder(entry) && wanted(entry.fileName)) await take(entry.fileName, await zip.openReadStreamPromise(entry));
    }
  } catch (thrown) {
    // Of the archive, and not of what takes it: yauzl's errors have no code and no name of their own.
    if (thrown instanceof Fault || (thrown instanceof Error && 'code' in thrown)) throw thrown;
    throw new Fault('E-PACKAGE-INVALID', { problems: [`The archive is damaged (${reasonOf(thrown)}).`] }, { cause: thrown });
  } finally {
    zip.close();
  }
}

/** The bytes of a zip of files as they are, and of scripts beside them. The same ones make the same zip, whenever it is made. */
export function makeArchive(files: readonly { name: string; file: string }[], scripts: readonly { name: string; text: string }[]) {
  const zip = new ZipMaker();
  const mtime = new Date(Date.UTC(2020, 0, 1));
  for (const { name, file } of files) zip.addFile(file, name, { mtime, mode: 0o100644 });
  for (const { name, text } of scripts) zip.addBuffer(Buffer.from(text), name, { mtime, mode: 0o100755 });
  const stream = new PassThrough();
  // A file that cannot be read any more is told of by the maker itself, and would leave its stream open for ever.
  zip.on('error', (cause) => stream.destroy(cause));
  zip.outputStream.pipe(stream);
  zip.end();
  return bytesOf(stream);
}

async function* bytesOf(stream: NodeJS.ReadableStream): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) yield Buffer.from(chunk);
}
