import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { InventoryEntry } from '../protocol/inventory.ts';
import { expandPath, meetsPattern } from './file-pattern.ts';
import type { Collected, Machine } from './machine.ts';
import { entryOf } from './machine.ts';

/** Which files a document asks for, as AWS writes it. */
export interface FileFilter {
  readonly Path: string;
  readonly Pattern: readonly string[];
  readonly Recursive: boolean;
  readonly DirScanLimit: number;
}

/** AWS's limits (spec.md 15). */
export const MOST_FILES = 500;
export const MOST_FOLDERS = 5000;

/** What is left of the limits, and what ends the search early. */
interface Search {
  readonly files: Map<string, InventoryEntry>;
  readonly signal: AbortSignal;
  readonly machine: Machine;
}

const isFull = ({ files, signal }: Search): boolean => files.size >= MOST_FILES || signal.aborted;

async function contents(folder: string): Promise<Dirent[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // A folder that is gone, or that this user may not read, has nothing to tell; the others have.
    return [];
  }
}

async function statsOf(file: string): Promise<Stats | null> {
  try {
    return await lstat(file);
  } catch {
    // Gone since its folder was read.
    return null;
  }
}

/** The time of the last access is left out: it is another one at every look, so that nothing would ever be unchanged. */
const fileEntry = (file: string, { size, mtime }: Stats): InventoryEntry =>
  entryOf({
    Name: path.basename(file),
    Size: String(size),
    ModificationTime: mtime.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    InstalledDir: path.dirname(file),
  });

async function look(filter: FileFilter, root: string, search: Search): Promise<void> {
  const limit = Math.min(filter.DirScanLimit, MOST_FOLDERS);
  const folders = [root];
  // Links are not followed, so that no folder comes twice.
  for (let looked = 0; looked < folders.length && !isFull(search); looked += 1) {
    if (looked >= limit) {
      search.machine.warn(`${filter.Path} has more folders than ${limit}; the rest was not looked through.`);
      return;
    }
    const folder = folders[looked] ?? root;
    for (const entry of await contents(folder)) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory() && filter.Recursive && folders.length <= limit) folders.push(file);
      if (!entry.isFile() || isFull(search) || !filter.Pattern.some((pattern) => meetsPattern(entry.name, pattern))) continue;
      const stats = await statsOf(file);
      if (stats?.isFile()) search.files.set(file, fileEntry(file, stats));
    }
  }
}

export async function files(machine: Machine, filters: readonly FileFilter[], signal: AbortSignal): Promise<Collected> {
  const search: Search = { files: new Map(), signal, machine };
  for (const filter of filters) {
    const expanded = expandPath(filter.Path, machine.environment, machine.platform === 'Windows');
    if (!expanded.ok) {
      machine.warn(`${filter.Path} names the environment variable ${expanded.variable}, which this node has not.`);
      continue;
    }
    if (!path.isAbsolute(expanded.path)) {
      machine.warn(`${filter.Path} is no absolute path.`);
      continue;
    }
    const root = await realpath(expanded.path).catch(() => null);
    if (root === null) machine.warn(`${expanded.path} is not on this node.`);
    else await look(filter, root, search);
  }
  if (search.files.size >= MOST_FILES) machine.warn(`AWS:File has the first ${MOST_FILES} files; there may be more.`);
  return [...search.files.values()];
}
