import { readdirSync } from 'node:fs';
import path from 'node:path';
import { archiveKind, unpackArchive } from './archive.ts';

const MOST_ENTRIES = 10_000;

/**
 * The folders of a source that was fetched: the tree itself, and what the archives at its top hold. Each archive is unpacked beside the
 * tree, so that nothing in it can take the place of something else. Null when the step's signal ended it.
 */
export async function sourceFolders(tree: string, signal: AbortSignal): Promise<string[] | null> {
  const folders = [tree];
  for (const [index, archive] of archivesIn(tree).entries()) {
    const folder = `${tree}-unpacked-${index}`;
    if ((await unpackArchive({ file: archive, folder }, signal)) === null) return null;
    folders.push(folder);
  }
  return folders;
}

function archivesIn(tree: string): string[] {
  return readdirSync(tree, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(zip|tar|tar\.gz|tgz)$/i.test(entry.name))
    .map(({ name }) => path.join(tree, name))
    .filter((file) => archiveKind(file) !== null)
    .sort();
}

/** Plain files by their paths below the folder, without what git keeps for itself. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .slice(0, MOST_ENTRIES)
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.split(path.sep).includes('.git'))
    .sort();
}
