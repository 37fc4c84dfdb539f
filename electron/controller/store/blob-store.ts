import { createHash, randomUUID } from 'node:crypto';
import { constants, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '../../domain/faults.ts';
import type { Guard } from './storage-faults.ts';
import { faultOfFileSystem, fileSystemGuard } from './storage-faults.ts';

export type Blob = { sha256: string; size: number };

/** A file on its way in. It is nowhere to be found before `finish`; what is never finished is gone at the next start. */
export type IncomingBlob = {
  readonly received: number;
  /** One after the other; a Fault where the disk or the quota has no room. */
  write(bytes: Uint8Array): Promise<void>;
  /** Safe on the disk, and found by its hash from here on; kept until it is let go of, also where no package names it yet. */
  finish(): Promise<Blob>;
  discard(): Promise<void>;
};

export type BlobStore = {
  receive(): IncomingBlob;
  /** Null when there is none with this hash. */
  find(sha256: string): { file: string; size: number } | null;
  /** The whole of a small one. */
  read(sha256: string): Buffer;
  /** Ends what `finish` began. The file goes when nobody else holds it and `isUsed` does not know it. */
  letGo(sha256: string): void;
  /** Deletes it unless somebody holds it or `isUsed` knows it. */
  removeUnused(sha256: string): void;
  usage(): number;
  readonly quotaBytes: number;
};

type BlobStoreOptions = {
  folder: string;
  quotaBytes: number;
  /** Whether a package names it: asked before anything is deleted. */
  isUsed(sha256: string): boolean;
};

const MODE = 0o600;
const SHA256 = /^[0-9a-f]{64}$/;

/** Files by their content: the same bytes are kept once, however many packages they belong to. */
class BlobFolder implements BlobStore {
  readonly #options: BlobStoreOptions;
  readonly #guarded: Guard;
  readonly #held = new Map<string, number>();
  #used = 0;

  constructor(options: BlobStoreOptions) {
    this.#options = options;
    this.#guarded = fileSystemGuard(options.folder);
    this.#guarded(() => {
      // What was on its way when the controller ended is not known to anybody any more.
      rmSync(this.#incoming, { recursive: true, force: true });
      mkdirSync(this.#incoming, { recursive: true, mode: 0o700 });
      this.#used = sweep(options.folder, options.isUsed);
    });
  }

  receive(): IncomingBlob {
    const { folder, quotaBytes } = this.#options;
    return receiveBlob({
      file: join(this.#incoming, randomUUID()),
      reserve: (bytes) => {
        if (this.#used + bytes > quotaBytes) throw new Fault('E-PACKAGE-QUOTA', { quotaBytes, usedBytes: this.#used, wantedBytes: bytes });
        this.#used += bytes;
      },
      release: (bytes) => {
        this.#used -= bytes;
      },
      keep: (temporary, blob) => this.#keep(temporary, blob),
      guard: (thrown) => faultOfFileSystem(thrown, folder),
    });
  }

  find(sha256: string): { file: string; size: number } | null {
    if (!SHA256.test(sha256)) return null;
    const size = this.#sizeOf(sha256);
    return size === null ? null : { file: this.#fileOf(sha256), size };
  }

  read(sha256: string): Buffer {
    return this.#guarded(() => readFileSync(this.#fileOf(sha256)));
  }

  letGo(sha256: string): void {
    const left = (this.#held.get(sha256) ?? 1) - 1;
    if (left > 0) this.#held.set(sha256, left);
    else this.#held.delete(sha256);
    this.removeUnused(sha256);
  }

  removeUnused(sha256: string): void {
    if (this.#held.has(sha256) || this.#options.isUsed(sha256)) return;
    const size = this.#sizeOf(sha256);
    if (size === null) return;
    this.#guarded(() => rmSync(this.#fileOf(sha256), { force: true }));
    this.#used -= size;
  }

  get quotaBytes(): number {
    return this.#options.quotaBytes;
  }

  usage(): number {
    return this.#used;
  }

  get #incoming(): string {
    return join(this.#options.folder, 'incoming');
  }

  #fileOf(sha256: string): string {
    if (!SHA256.test(sha256)) throw new Error('A file of the store is named by its SHA-256, and by nothing else.');
    return join(this.#options.folder, sha256.slice(0, 2), sha256);
  }

  #sizeOf(sha256: string): number | null {
    return statSync(this.#fileOf(sha256), { throwIfNoEntry: false })?.size ?? null;
  }

  async #keep(temporary: string, { sha256, size }: Blob): Promise<void> {
    this.#held.set(sha256, (this.#held.get(sha256) ?? 0) + 1);
    if (this.#sizeOf(sha256) === size) {
      await rm(temporary, { force: true });
      this.#used -= size;
      return;
    }
    const target = this.#fileOf(sha256);
    try {
      mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
      await rename(temporary, target);
    } catch (thrown) {
      this.letGo(sha256);
      throw thrown;
    }
    await syncFolder(dirname(target));
  }
}

export const openBlobStore = (options: BlobStoreOptions): BlobStore => new BlobFolder(options);

type Receiving = {
  file: string;
  reserve(bytes: number): void;
  release(bytes: number): void;
  keep(temporary: string, blob: Blob): Promise<void>;
  guard(thrown: unknown): unknown;
};

function receiveBlob({ file, reserve, release, keep, guard }: Receiving): IncomingBlob {
  const hash = createHash('sha256');
  let handle: FileHandle | null = null;
  let received = 0;
  let isOver = false;

  const discard = async (): Promise<void> => {
    if (isOver) return;
    isOver = true;
    await handle?.close().catch(() => undefined);
    await rm(file, { force: true }).catch(() => undefined);
    release(received);
  };
  const orDiscard = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (thrown) {
      await discard();
      throw guard(thrown);
    }
  };

  return {
    get received() {
      return received;
    },
    write: (bytes) =>
      orDiscard(async () => {
        if (isOver) throw new Fault('E-UPLOAD-UNKNOWN', undefined);
        reserve(bytes.length);
        received += bytes.length;
        handle ??= await open(file, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, MODE);
        hash.update(bytes);
        for (let written = 0; written < bytes.length; ) {
          const { bytesWritten } = await handle.write(bytes, written);
          written += bytesWritten;
        }
      }),
    finish: () =>
      orDiscard(async () => {
        if (isOver || handle === null) throw new Fault('E-UPLOAD-UNKNOWN', undefined);
        await handle.sync();
        await handle.close();
        const blob = { sha256: hash.digest('hex'), size: received };
        await keep(file, blob);
        isOver = true;
        return blob;
      }),
    discard,
  };
}

/** Deletes what no package names, and answers how many bytes are left. */
function sweep(folder: string, isUsed: (sha256: string) => boolean): number {
  let bytes = 0;
  for (const prefix of readdirSync(folder).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    for (const name of readdirSync(join(folder, prefix))) {
      const file = join(folder, prefix, name);
      if (SHA256.test(name) && isUsed(name)) bytes += statSync(file).size;
      else rmSync(file, { recursive: true, force: true });
    }
  }
  return bytes;
}

/** So that the name outlives a power cut; some systems have no such thing for folders. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Windows opens no folders: there the rename is enough.
  }
}

/** Takes it all in, from wherever it comes. */
export async function receiveAll(blobs: BlobStore, content: AsyncIterable<Uint8Array>): Promise<Blob> {
  const incoming = blobs.receive();
  try {
    for await (const bytes of content) await incoming.write(bytes);
    return await incoming.finish();
  } finally {
    await incoming.discard();
  }
}
