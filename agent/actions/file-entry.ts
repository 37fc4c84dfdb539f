import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  createReadStream,
  createWriteStream,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FoundEntry } from '../desired-state/file-plan.ts';
import { Trouble } from '../desired-state/troubles.ts';
import { TrustedFolder } from '../platform/trusted-folder.ts';
import { openSource, type WantedContent } from './wanted-content.ts';

const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const NEW_FILE = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | NO_FOLLOW;
const PERMISSIONS = 0o7777;
const BACKUP_ENDING = '.holdfast-backup';

/** One name in a folder. */
export interface Place {
  readonly folder: TrustedFolder;
  readonly name: string;
}

export interface NewAttributes {
  readonly mode: number | null;
  readonly uid: number | null;
  readonly gid: number | null;
}

export function foundEntry({ folder, name }: Place): FoundEntry {
  if (folder.missing.length > 0) return { kind: 'nothing' };
  const stats = folder.stat(name);
  if (stats === null) return { kind: 'nothing' };
  if (stats.isSymbolicLink()) return { kind: 'link', target: readlinkSync(folder.entry(name)) };
  const attributes = { mode: stats.mode & PERMISSIONS, uid: stats.uid, gid: stats.gid };
  if (stats.isFile()) return { kind: 'file', ...attributes };
  if (stats.isDirectory()) return { kind: 'folder', entries: readdirSync(folder.entry(name)).length, ...attributes };
  return { kind: 'device' };
}

/** For reading, and never through a link. */
export const openEntry = ({ folder, name }: Place): number =>
  openSync(folder.entry(name), constants.O_RDONLY | NO_FOLLOW | (constants.O_NONBLOCK ?? 0));

/** The file has either the old content or the new one, whatever happens meanwhile, and is never readable by more than it shall be. */
export async function writeEntry(
  { folder, name }: Place,
  { content, attributes, backup, signal }: { content: WantedContent; attributes: NewAttributes; backup: boolean; signal: AbortSignal },
): Promise<void> {
  const draft = folder.entry(`.${name.slice(0, 200)}.${randomBytes(6).toString('hex')}`);
  const handle = openSync(draft, NEW_FILE, 0o600);
  try {
    await fill(handle, content, signal);
    setAttributes(handle, attributes);
    fsyncSync(handle);
    if (backup) keepBackup({ folder, name });
    renameSync(draft, folder.entry(name));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
  syncFolder(folder);
}

async function fill(handle: number, content: WantedContent, signal: AbortSignal): Promise<void> {
  if (content.kind === 'copy') {
    const source = openSource(content.source, content.source);
    try {
      const from = createReadStream('', { fd: source, start: 0, autoClose: false });
      await pipeline(from, createWriteStream('', { fd: handle, autoClose: false }), { signal });
    } finally {
      closeSync(source);
    }
    return;
  }
  for (let written = 0; written < content.bytes.length; ) written += writeSync(handle, content.bytes, written);
}

/** A change of the owner takes the bits for setuid away, so the mode comes last. */
function setAttributes(handle: number, { mode, uid, gid }: NewAttributes): void {
  if (uid !== null || gid !== null) {
    const found = fstatSync(handle);
    fchownSync(handle, uid ?? found.uid, gid ?? found.gid);
  }
  if (mode !== null) fchmodSync(handle, mode);
}

/** The old file keeps its owner and mode under the other name. */
function keepBackup({ folder, name }: Place): void {
  if (folder.stat(name)?.isFile() !== true) return;
  const draft = folder.entry(`.${name.slice(0, 200)}.${randomBytes(6).toString('hex')}`);
  linkSync(folder.entry(name), draft);
  renameSync(draft, folder.entry(`${name}${BACKUP_ENDING}`));
}

export function changeAttributes({ folder, name }: Place, attributes: NewAttributes, path: string): void {
  const handle = openEntry({ folder, name });
  try {
    const stats = fstatSync(handle);
    // A file of somebody else's may be given a second name where that somebody may write: its rights are not for us to change.
    if (stats.isFile() && stats.nlink > 1 && !folder.isOursAlone) throw new Trouble('E-FILE-LINKED', { path });
    setAttributes(handle, attributes);
  } finally {
    closeSync(handle);
  }
}

export function makeFolder({ folder, name }: Place, attributes: NewAttributes, path: string): void {
  mkdirSync(folder.entry(name), { mode: 0o700 });
  changeAttributes({ folder, name }, { ...attributes, mode: attributes.mode ?? 0o755 }, path);
  syncFolder(folder);
}

export function removeEntry({ folder, name }: Place, { backup }: { backup: boolean }): void {
  const stats = folder.stat(name);
  if (stats === null) return;
  if (stats.isDirectory()) {
    if (readdirSync(folder.entry(name)).length > 0) rmSync(folder.entry(name), { recursive: true });
    else rmdirSync(folder.entry(name));
  } else {
    if (backup) keepBackup({ folder, name });
    unlinkSync(folder.entry(name));
  }
  syncFolder(folder);
}

/** Makes a new name durable. Windows has no such call for folders. */
function syncFolder(folder: TrustedFolder): void {
  if (folder.handle !== null) fsyncSync(folder.handle);
}

/** A file of the system's that an action keeps, with the folders on the way to it. */
export async function writeFileOfSystem(
  file: string,
  { bytes, mode }: { bytes: Buffer; mode: number },
  signal: AbortSignal,
): Promise<void> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
  const folder = TrustedFolder.open(dirname(file));
  try {
    const content = { kind: 'bytes' as const, bytes, isHidden: false };
    await writeEntry({ folder, name: basename(file) }, { content, attributes: { mode, uid: null, gid: null }, backup: false, signal });
  } finally {
    folder.close();
  }
}
