import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, sourceFolders } from '../downloads/source-tree.ts';

export type FoundPlaybook =
  | { readonly ok: true; readonly folder: string; readonly file: string }
  | { readonly ok: false; readonly reason: string }
  /** By the step's signal. */
  | null;

const MOST_SHOWN = 20;

/** The playbook by its relative path in what was fetched: in the tree itself, or in one of its archives. */
export async function findPlaybook(tree: string, playbookFile: string, signal: AbortSignal): Promise<FoundPlaybook> {
  const folders = await sourceFolders(tree, signal);
  if (folders === null) return null;
  const found = folders.filter((folder) => isFile(path.join(folder, playbookFile)));
  const [folder, second] = found;
  if (folder === undefined) return { ok: false, reason: notThere(folders, playbookFile) };
  if (second !== undefined)
    return { ok: false, reason: `${playbookFile} is there ${found.length} times, in the source and in archives of it.` };
  const file = realpathSync(path.join(folder, playbookFile));
  if (!file.startsWith(realpathSync(folder) + path.sep))
    return { ok: false, reason: `${playbookFile} is a link that leads out of the source.` };
  return { ok: true, folder: realpathSync(folder), file };
}

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true;

function notThere(folders: readonly string[], playbookFile: string): string {
  const playbooks = folders.flatMap((folder) => filesBelow(folder).filter((file) => /\.ya?ml$/.test(file)));
  const listed = playbooks.length === 0 ? 'It has no .yml or .yaml file.' : `It has ${playbooks.slice(0, MOST_SHOWN).join(', ')}.`;
  return `${playbookFile} is not in the source. ${listed}`;
}
