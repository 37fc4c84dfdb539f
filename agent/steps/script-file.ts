import { closeSync, constants, mkdirSync, openSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ActionContext } from './action.ts';

export interface ScriptFile {
  readonly name: '_script.sh' | '_script.ps1';
  readonly text: string;
}

/** Writes the script for this user only, where no other attempt has written. */
export function writeScript({ name, text }: ScriptFile, { stepFolder }: Pick<ActionContext, 'stepFolder'>): string {
  mkdirSync(stepFolder, { recursive: true, mode: 0o700 });
  const file = path.join(stepFolder, name);
  const handle = openSync(file, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0), 0o700);
  try {
    writeFileSync(handle, text);
  } finally {
    closeSync(handle);
  }
  return file;
}

export type WorkingDirectory = { ok: true; path: string } | { ok: false; reason: string };

/** An absolute folder as it is; a relative one below the occurrence's downloads, which is also where a step without one works. */
export function workingDirectoryOf(given: string | undefined, { downloads }: Pick<ActionContext, 'downloads'>): WorkingDirectory {
  mkdirSync(downloads, { recursive: true, mode: 0o700 });
  if (given === undefined || given.trim() === '') return { ok: true, path: downloads };
  const folder = path.resolve(downloads, given);
  const isInside = folder === downloads || folder.startsWith(downloads + path.sep);
  if (!path.isAbsolute(given) && !isInside) return { ok: false, reason: `The working directory ${given} leads out of the step's folder.` };
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return { ok: false, reason: `There is no folder ${given} to work in.` };
  return { ok: true, path: folder };
}
