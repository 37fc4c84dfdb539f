import { createHash, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { Failure } from '../protocol/failures.ts';

/** One version of a package as it came; its content is kept while it is installed, to be uninstalled by its own scripts. */
export const KeptVersion = z.strictObject({
  version: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.number(),
  fileName: z.string(),
});
export type KeptVersion = z.infer<typeof KeptVersion>;

/** From one state of a package to another; null stands for not installed. */
export const PackageChange = z.strictObject({
  from: KeptVersion.nullable(),
  to: KeptVersion.nullable(),
  way: z.enum(['reinstall', 'in-place']),
});
export type PackageChange = z.infer<typeof PackageChange>;

export const BegunChange = z.strictObject({
  ...PackageChange.shape,
  /** How many of its scripts are over. */
  done: z.number().int().min(0),
  /** The last of them asked for a restart of the machine, after which the next one comes. */
  awaitsRestart: z.boolean(),
});
export type BegunChange = z.infer<typeof BegunChange>;

/** What this node knows of a package. A change that began and is not over was interrupted. */
export const PackageState = z.strictObject({ name: z.string(), installed: KeptVersion.nullable(), begun: BegunChange.nullable() });
export type PackageState = z.infer<typeof PackageState>;

/** Names make no paths: not every disk tells them apart as we do. */
const folderOf = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 32);

/** The folder of one package on this node, and its state in it, which is always whole. */
export class PackageRecord {
  readonly folder: string;
  readonly #name: string;
  readonly #file: string;

  constructor(stateFolder: string, name: string) {
    this.#name = name;
    this.folder = path.join(stateFolder, 'packages', folderOf(name));
    this.#file = path.join(this.folder, 'state.json');
  }

  read(): PackageState {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch (error) {
      if (isAbsent(error)) return { name: this.#name, installed: null, begun: null };
      throw error;
    }
    const state = PackageState.safeParse(jsonOf(text));
    if (!state.success || state.data.name !== this.#name) throw new Failure('E-PACKAGE-STATE', { name: this.#name, file: this.#file });
    return state.data;
  }

  write(state: Pick<PackageState, 'installed' | 'begun'>): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const temporary = path.join(this.folder, `state-${randomUUID()}.new`);
    const handle = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(handle, JSON.stringify({ name: this.#name, ...state }));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, this.#file);
  }

  /** Where the content of a version is, once it is unpacked. */
  contentFolder({ sha256 }: Pick<KeptVersion, 'sha256'>): string {
    return path.join(this.folder, sha256);
  }

  /** Removes the contents that the state does not need any more. */
  tidy(): void {
    const { installed, begun } = this.read();
    const needed = new Set([installed, begun?.from, begun?.to].flatMap((kept) => (kept ? [kept.sha256] : [])));
    for (const name of readdirSync(this.folder)) {
      if (name !== 'state.json' && !needed.has(name)) rmSync(path.join(this.folder, name), { recursive: true, force: true });
    }
  }
}

const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** One change of a package at a time; whoever comes second waits. Null when `signal` ended the waiting. */
export async function inTurn<Result>(key: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result | null> {
  for (let before = busy.get(key); before !== undefined; before = busy.get(key)) {
    await Promise.race([before, aborted(signal)]);
    if (signal.aborted) return null;
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  busy.set(key, promise);
  try {
    return await work();
  } finally {
    busy.delete(key);
    resolve();
  }
}

const busy = new Map<string, Promise<void>>();

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
