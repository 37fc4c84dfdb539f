import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { Failure } from '../protocol/failures.ts';
import type { ActionContext } from '../steps/action.ts';
import { isBelow } from './archive-entry.ts';

/** What was fetched, in the step's own folder, and how a single file is called. */
export type Staged =
  | { readonly kind: 'file'; readonly file: string; readonly name: string }
  | { readonly kind: 'folder'; readonly folder: string };

export interface Destination {
  readonly path: string;
  /** Whether a file goes into it, by its own name. */
  readonly isFolder: boolean;
}

const refused = (destination: string, problem: string): Failure => new Failure('E-DESTINATION', { destination, problem });

/**
 * Where content goes: an absolute path as it is, a relative one below the occurrence's downloads and nowhere else. It is a folder when
 * there is one, when it is written with a slash at its end, and when it is not given.
 */
export function destinationOf(given: string, { downloads }: Pick<ActionContext, 'downloads'>): Destination {
  mkdirSync(downloads, { recursive: true, mode: 0o700 });
  const trimmed = given.trim();
  const target = path.resolve(downloads, trimmed);
  if (!path.isAbsolute(trimmed) && target !== downloads) refuseOutside(given, target, downloads);
  const isFolder = trimmed === '' || /[/\\]$/.test(trimmed) || statSync(target, { throwIfNoEntry: false })?.isDirectory() === true;
  return { path: target, isFolder };
}

/** Also by a link that an earlier step has left there. */
function refuseOutside(given: string, target: string, downloads: string): void {
  if (!isBelow(downloads, target)) throw refused(given, 'it leads out of the folder of this run');
  let nearest = target;
  while (!existsSync(nearest)) nearest = path.dirname(nearest);
  const [real, root] = [realpathSync(nearest), realpathSync(downloads)];
  if (real !== root && !isBelow(root, real)) throw refused(given, 'a link there leads out of the folder of this run');
}

/** Puts it there, each file for this user alone, as the SSM agent does; says how many files that are. */
export function putInPlace(staged: Staged, destination: Destination): { files: number; path: string } {
  if (staged.kind === 'folder') {
    return { files: mergeFolder(staged.folder, destination.path), path: destination.path };
  }
  const target = destination.isFolder ? path.join(destination.path, staged.name) : destination.path;
  mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
  moveFile(staged.file, target);
  return { files: 1, path: target };
}

/** What is there already and is not in the way stays; a link in the way is replaced and never followed. */
export function mergeFolder(from: string, to: string): number {
  makeFolder(to);
  let files = 0;
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) {
      const there = lstatSync(target, { throwIfNoEntry: false });
      if (there !== undefined && !there.isDirectory()) throw refused(target, 'a folder shall be there, and something else is');
      files += mergeFolder(source, target);
    } else if (entry.isFile()) {
      moveFile(source, target);
      files += 1;
    } else {
      throw refused(target, 'what was fetched has something there that is no file and no folder');
    }
  }
  return files;
}

function makeFolder(folder: string): void {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there !== undefined && !there.isDirectory()) throw refused(folder, 'a folder shall be there, and a file is');
  if (there === undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
}

function moveFile(source: string, target: string): void {
  if (lstatSync(target, { throwIfNoEntry: false })?.isDirectory()) throw refused(target, 'a file shall be there, and a folder is');
  chmodSync(source, 0o700);
  try {
    renameSync(source, target);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EXDEV') throw error;
    // Another file system: beside its place first, so that nobody finds half of it.
    const part = `${target}.holdfast-part`;
    rmSync(part, { force: true });
    copyFileSync(source, part);
    chmodSync(part, 0o700);
    renameSync(part, target);
    rmSync(source);
  }
}
