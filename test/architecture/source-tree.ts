import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readSource, type SourceFile } from './source-file.ts';

/** What the rules look at: the sources, and every folder that has a file directly in it. */
export interface SourceTree {
  readonly files: readonly SourceFile[];
  readonly folders: readonly string[];
}

const topFolders = ['agent', 'electron', 'renderer', 'build', 'test'];

export function readSourceTree(root: string): SourceTree {
  const paths = topFolders.flatMap((folder) => filesBelow(root, folder));
  return {
    files: paths.filter((path) => /\.(ts|tsx|mjs)$/.test(path)).map((path) => readSource(path, readFileSync(join(root, path), 'utf8'))),
    folders: [...new Set(paths.map((path) => dirname(path)))],
  };
}

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.name.startsWith('.')) return [];
    return entry.isDirectory() ? filesBelow(root, path) : [path];
  });
}
