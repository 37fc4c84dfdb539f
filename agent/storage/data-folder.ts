import {
  chmodSync,
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Failure } from '../protocol/failures.ts';
import { createPrivateFile, writeAll } from './private-file.ts';

/** Where everything of one agent is. All names below it are made here or from validated ids and numbers. */
export interface DataFolder {
  readonly path: string;
  readonly identity: string;
  readonly database: string;
  readonly lock: string;
  /** Says which process runs, for whoever looks after it; only the lock proves that one does. */
  readonly pid: string;
  /** What steps printed, until the controller has it. */
  readonly output: string;
  /** Scripts and files of the occurrences that are not finished. */
  readonly work: string;
  /** What actions remember from one run to the next: installed packages, the last inventory. */
  readonly state: string;
}

export function dataFolderAt(path: string): DataFolder {
  const folder = resolve(path);
  return {
    path: folder,
    identity: join(folder, 'identity.json'),
    database: join(folder, 'agent.db'),
    lock: join(folder, 'agent.lock'),
    pid: join(folder, 'agent.pid'),
    output: join(folder, 'output'),
    work: join(folder, 'work'),
    state: join(folder, 'state'),
  };
}

/** Makes the folder for this user only, or refuses one that somebody else could have prepared. */
export function prepareDataFolder(folder: DataFolder): void {
  try {
    mkdirSync(folder.path, { recursive: true, mode: 0o700 });
    refuseForeignFolder(folder.path);
    for (const inner of [folder.output, folder.work, folder.state]) {
      mkdirSync(inner, { recursive: true, mode: 0o700 });
      refuseForeignFolder(inner);
    }
  } catch (error) {
    throw folderFailure(folder.path, error);
  }
}

/** False when nothing is there; a Failure when what is there cannot be trusted or read. */
export function dataFolderExists(folder: DataFolder): boolean {
  try {
    if (lstatSync(folder.path, { throwIfNoEntry: false }) === undefined) return false;
    refuseForeignFolder(folder.path);
    readdirSync(folder.path);
    return true;
  } catch (error) {
    throw folderFailure(folder.path, error);
  }
}

/** Makes the machine no node any more. The identity goes first: half-way is not enrolled. */
export function removeEnrollment(folder: DataFolder): void {
  rmSync(folder.identity, { force: true });
  removeRecords(folder);
  rmSync(folder.state, { recursive: true, force: true });
}

/** What is left once nothing runs: the folder itself goes when nobody keeps files of their own in it. */
export function removeEmptyDataFolder(folder: DataFolder): void {
  rmSync(folder.lock, { force: true });
  rmSync(folder.pid, { force: true });
  if (readdirSync(folder.path).length === 0) rmdirSync(folder.path);
}

/** Journal, outbox and output: what belongs to one enrollment and means nothing to the next. */
export function removeRecords(folder: DataFolder): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${folder.database}${suffix}`, { force: true });
  rmSync(folder.output, { recursive: true, force: true });
  rmSync(folder.work, { recursive: true, force: true });
}

/** The file has either the old text or the new one, whatever happens meanwhile; never readable by others, not for a moment. */
export function writeFileAtomically(file: string, text: string): void {
  const draft = `${file}.new`;
  rmSync(draft, { force: true });
  const handle = createPrivateFile(draft);
  try {
    writeAll(handle, Buffer.from(text));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
  syncFolder(dirname(file));
}

/** Makes a rename durable. Windows has no such call for folders. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** What others could have written may hold anything, so tightening the rights now would come too late. */
function refuseForeignFolder(path: string): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) throw new Error('it is a symbolic link');
  if (!found.isDirectory()) throw new Error('it is not a folder');
  if (process.platform === 'win32') return;
  const self = process.geteuid?.();
  if (found.uid !== self) throw new Error(`it belongs to user ${found.uid}, and this is user ${self}`);
  if ((found.mode & 0o022) !== 0 && readdirSync(path).length > 0) throw new Error('others may write to it');
  if ((found.mode & 0o077) !== 0) chmodSync(path, 0o700);
}

function folderFailure(folder: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const cause = error instanceof Error ? error.message : String(error);
  return new Failure('E-DATA-FOLDER', { folder, cause }, { cause: error });
}

export function writePid(folder: DataFolder, pid: number): void {
  writeFileAtomically(folder.pid, `${JSON.stringify({ pid })}\n`);
}
