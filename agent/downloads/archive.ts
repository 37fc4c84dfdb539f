import { closeSync, createReadStream, createWriteStream, mkdirSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { ReadEntry } from 'tar';
import type { Entry, ZipFile } from 'yauzl';
import { Failure } from '../protocol/failures.ts';
import { type ArchiveLimits, RATIO_FROM_BYTES, safeParts, USUAL_LIMITS } from './archive-entry.ts';

export type ArchiveKind = 'zip' | 'tar' | 'tar.gz';

export interface Unpacked {
  readonly files: number;
  readonly bytes: number;
}

/** What a file is by its first bytes, whatever it is called; null when it is no archive that is known here. */
export function archiveKind(file: string): ArchiveKind | null {
  const head = Buffer.alloc(512);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, head, 0, head.length, 0);
  } finally {
    closeSync(handle);
  }
  const start = head.toString('latin1', 0, 4);
  if (start === 'PK\u0003\u0004' || start === 'PK\u0005\u0006') return 'zip';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'tar.gz';
  return head.toString('latin1', 257, 262) === 'ustar' ? 'tar' : null;
}

/**
 * Unpacks a zip, tar or tar.gz into a folder that it makes, and that must not be there. Only plain files and folders by relative names
 * are taken: anything else, a name that leads out, or more than the limits refuses the whole archive with a Failure, and the folder is
 * gone again. So it is when `signal` ends it: then the answer is null.
 */
export async function unpackArchive(
  { file, folder, limits = USUAL_LIMITS }: { file: string; folder: string; limits?: ArchiveLimits },
  signal: AbortSignal,
): Promise<Unpacked | null> {
  const kind = archiveKind(file);
  const unpacking = new Unpacking({ archive: path.basename(file), size: statSync(file).size, folder, limits });
  if (kind === null) throw unpacking.refusal('it is no zip, tar or tar.gz');
  mkdirSync(path.dirname(folder), { recursive: true, mode: 0o700 });
  mkdirSync(folder, { mode: 0o700 });
  try {
    if (kind === 'zip') await unpackZip(file, unpacking, signal);
    else await unpackTar(file, unpacking, { isPacked: kind === 'tar.gz', signal });
    return unpacking.done;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (signal.aborted) return null;
    throw error instanceof Failure || isOfDisk(error) ? error : unpacking.refusal(damage(error));
  }
}

const DISK_TROUBLES: readonly unknown[] = ['ENOSPC', 'EACCES', 'EROFS', 'EDQUOT'];
const isOfDisk = (error: unknown): boolean => error instanceof Error && 'code' in error && DISK_TROUBLES.includes(error.code);

const damage = (error: unknown): string => `it is damaged (${error instanceof Error ? error.message.slice(0, 200) : 'unknown reason'})`;

const quoted = (name: string): string => JSON.stringify(name.slice(0, 200));

interface Work {
  readonly archive: string;
  readonly size: number;
  readonly folder: string;
  readonly limits: ArchiveLimits;
}

/** One archive as it is unpacked: what was made so far, and whether there may be more. */
class Unpacking {
  readonly #work: Work;
  #entries = 0;
  #files = 0;
  #bytes = 0;

  constructor(work: Work) {
    this.#work = work;
  }

  get done(): Unpacked {
    return { files: this.#files, bytes: this.#bytes };
  }

  refusal(problem: string): Failure {
    return new Failure('E-ARCHIVE', { archive: this.#work.archive, problem });
  }

  /** Where the entry goes; null for the folder itself. Folders on the way are made: none of them can be a link, as no link ever is. */
  place(name: string, kind: 'file' | 'folder'): string | null {
    const { limits, folder } = this.#work;
    this.#entries += 1;
    if (this.#entries > limits.mostEntries) throw this.refusal(`it has more than ${limits.mostEntries} entries`);
    if (kind === 'folder' && /^(\.?\/?)$/.test(name)) return null;
    const parts = safeParts(name);
    if (parts === null) throw this.refusal(`its entry ${quoted(name)} has a name that leads out of the folder or is no file name`);
    const target = path.join(folder, ...parts);
    mkdirSync(kind === 'folder' ? target : path.dirname(target), { recursive: true, mode: 0o700 });
    return target;
  }

  /** Of what is unpacked, file contents and all that is around them. */
  count(bytes: number): void {
    const { limits, size } = this.#work;
    this.#bytes += bytes;
    if (this.#bytes > limits.mostBytes) throw this.refusal(`it unpacks to more than ${limits.mostBytes} bytes`);
    if (this.#bytes > RATIO_FROM_BYTES && this.#bytes > size * limits.mostRatio) {
      throw this.refusal(`it unpacks to more than ${limits.mostRatio} times its size`);
    }
  }

  /** The same name twice is refused, also where it differs in its case only and the disk takes that for the same. */
  file(target: string, isExecutable: boolean): Writable {
    this.#files += 1;
    return createWriteStream(target, { flags: 'wx', mode: isExecutable ? 0o700 : 0o600 });
  }

  meter(): Transform {
    return new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        try {
          this.count(chunk.length);
          done(null, chunk);
        } catch (error) {
          done(error instanceof Error ? error : new Error(String(error)));
        }
      },
    });
  }
}

const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;
const FOLDER = 0o040000;
const EXECUTABLE = 0o111;

async function unpackZip(file: string, unpacking: Unpacking, signal: AbortSignal): Promise<void> {
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(file, { validateEntrySizes: true, strictFileNames: true });
  try {
    for await (const entry of zip.eachEntry()) {
      signal.throwIfAborted();
      await unpackZipEntry(entry, { zip, unpacking, signal });
    }
  } finally {
    zip.close();
  }
}

async function unpackZipEntry(
  entry: Entry,
  { zip, unpacking, signal }: { zip: ZipFile; unpacking: Unpacking; signal: AbortSignal },
): Promise<void> {
  const { fileName, externalFileAttributes } = entry;
  // Made on a Unix: only there has it a mode.
  const mode = entry.versionMadeBy >> 8 === 3 ? externalFileAttributes >>> 16 : 0;
  const type = mode & FILE_TYPE;
  if (entry.isEncrypted()) throw unpacking.refusal('it is encrypted');
  if (type !== 0 && type !== REGULAR && type !== FOLDER) throw unpacking.refusal(`its entry ${quoted(fileName)} is a link or a device`);
  const isFolder = fileName.endsWith('/');
  const target = unpacking.place(fileName, isFolder ? 'folder' : 'file');
  if (isFolder || target === null) return;
  const content: Readable = await zip.openReadStreamPromise(entry);
  await pipeline(content, unpacking.meter(), unpacking.file(target, type === 0 || (mode & EXECUTABLE) !== 0), { signal });
}

async function unpackTar(
  file: string,
  unpacking: Unpacking,
  { isPacked, signal }: { isPacked: boolean; signal: AbortSignal },
): Promise<void> {
  const { Parser } = await import('tar');
  let working: Promise<void> = Promise.resolve();
  let trouble: unknown = null;
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      working = working
        .then(() => (trouble === null ? unpackTarEntry(entry, unpacking, signal) : void entry.resume()))
        .catch((error: unknown) => {
          trouble ??= error;
          entry.resume();
        });
    },
  });
  const ended = new Promise<void>((resolve) => {
    parser.once('end', resolve);
    parser.on('error', (error: unknown) => {
      trouble ??= error;
      resolve();
    });
  });
  const failure = () => (trouble instanceof Error || trouble === null ? trouble : new Error(String(trouble)));
  const feed = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (trouble !== null || parser.write(chunk) || trouble !== null) done(failure());
      else parser.once('drain', () => done(failure()));
    },
  });
  const source = createReadStream(file);
  const once = (chunks: AsyncIterable<Buffer>) => packedOnce(chunks, unpacking);
  await (isPacked
    ? pipeline(source, createGunzip(), unpacking.meter(), once, feed, { signal })
    : pipeline(source, unpacking.meter(), once, feed, { signal }));
  parser.end();
  await ended;
  await working;
  if (trouble !== null) throw trouble;
}

const PACKED_HEADS = [Buffer.from([0x1f, 0x8b]), Buffer.from([0x28, 0xb5, 0x2f, 0xfd])];
const LONGEST_HEAD = 4;

/** The parser of tar unpacks by itself what is packed once more by gzip or zstd, and there no meter sees it. */
async function* packedOnce(chunks: AsyncIterable<Buffer>, unpacking: Unpacking): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head === null) {
      yield chunk;
      continue;
    }
    const begun: Buffer = Buffer.concat([head, chunk]);
    head = begun.length < LONGEST_HEAD ? begun : null;
    if (head !== null) continue;
    if (PACKED_HEADS.some((packed) => begun.subarray(0, packed.length).equals(packed))) throw unpacking.refusal('it is packed twice');
    yield begun;
  }
  if (head !== null) yield head;
}

const FOLDERS: readonly string[] = ['Directory', 'GNUDumpDir'];
const FILES: readonly string[] = ['File', 'OldFile', 'ContiguousFile'];

async function unpackTarEntry(entry: ReadEntry, unpacking: Unpacking, signal: AbortSignal): Promise<void> {
  const { path: name, type } = entry;
  if (FOLDERS.includes(type)) {
    unpacking.place(name, 'folder');
    entry.resume();
    return;
  }
  if (!FILES.includes(type)) throw unpacking.refusal(`its entry ${quoted(name)} is a ${type}: links and devices are not taken`);
  const target = unpacking.place(name, 'file');
  if (target === null) throw unpacking.refusal('it has a file without a name');
  await pipeline(entry, unpacking.file(target, ((entry.mode ?? 0) & EXECUTABLE) !== 0), { signal });
}
