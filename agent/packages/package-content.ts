import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../protocol/failures.ts';
import type { ActionContext } from '../steps/action.ts';
import type { KeptVersion, PackageRecord } from './package-record.ts';

/** Archives that are kept in case they are needed once more; the ones that came first go first. */
export const CACHE_BYTES = 512 * 1024 ** 2;

/** The files in use now, which the cache leaves alone. */
const inUse = new Set<string>();

/** The content of a version is in its folder afterwards. False when the step is to end. */
export async function ensureContent(record: PackageRecord, kept: KeptVersion, context: ActionContext): Promise<boolean> {
  const folder = record.contentFolder(kept);
  if (existsSync(folder)) return true;
  const cache = path.join(context.stateFolder, 'packages', 'archives');
  const archive = path.join(cache, `${kept.sha256}.zip`);
  mkdirSync(cache, { recursive: true, mode: 0o700 });
  inUse.add(archive);
  try {
    if (!(await isThere(archive, kept)) && !(await fetched(archive, kept, context))) return false;
    const { unpackArchive } = await import('../downloads/archive.ts');
    const unpacking = `${folder}.new`;
    rmSync(unpacking, { recursive: true, force: true });
    if ((await unpackArchive({ file: archive, folder: unpacking }, context.signal)) === null) return false;
    renameSync(unpacking, folder);
    return true;
  } finally {
    inUse.delete(archive);
    trimCache(cache);
  }
}

async function isThere(archive: string, { sha256, size }: KeptVersion): Promise<boolean> {
  if (statSync(archive, { throwIfNoEntry: false })?.size !== size) return false;
  const hash = createHash('sha256');
  await pipeline(createReadStream(archive), hash);
  if (hash.digest('hex') === sha256) return true;
  rmSync(archive, { force: true });
  return false;
}

async function fetched(archive: string, { version, sha256, size }: KeptVersion, context: ActionContext): Promise<boolean> {
  if (context.controller === null) throw new Failure('E-NO-CONTROLLER', { need: `The package's version ${version}` });
  return context.controller.fetchBlob({ sha256, size }, archive, context.signal);
}

function trimCache(cache: string): void {
  const files = readdirSync(cache)
    .map((name) => path.join(cache, name))
    .filter((file) => !inUse.has(file) && !inUse.has(file.replace(/\.part$/, '')))
    .map((file) => ({ file, stat: statSync(file, { throwIfNoEntry: false }) }))
    .sort((a, b) => (b.stat?.mtimeMs ?? 0) - (a.stat?.mtimeMs ?? 0));
  let bytes = 0;
  for (const { file, stat } of files) {
    bytes += stat?.size ?? 0;
    if (bytes > CACHE_BYTES) rmSync(file, { force: true });
  }
}
