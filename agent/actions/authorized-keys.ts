import { closeSync, fstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { change } from '../desired-state/plan.ts';
import { Trouble } from '../desired-state/troubles.ts';
import { keyName, wantedKeys } from '../desired-state/user-plan.ts';
import { NoFolder, PlantedLink, TrustedFolder } from '../platform/trusted-folder.ts';
import type { ActionContext, ResourceChange } from '../steps/action.ts';
import { foundEntry, makeFolder, openEntry, writeEntry } from './file-entry.ts';

/** Whose keys, and where: the folder is the user's own, so nothing in it is trusted. */
export interface KeyHolder {
  readonly name: string;
  readonly home: string;
  readonly uid: number;
  readonly gid: number;
}

export interface WantedKeys {
  readonly keys: readonly string[];
  readonly isExclusive: boolean;
}

const LARGEST_FILE_BYTES = 1024 * 1024;

/** What differs, and the text of the file as it shall be. */
export function keyChanges(
  { name, home }: Pick<KeyHolder, 'name' | 'home'>,
  wanted: WantedKeys,
): { changes: ResourceChange[]; text: string } {
  const { text, added, removed } = wantedKeys(keysIn(home), wanted.keys, wanted.isExclusive);
  const resource = `user ${name}`;
  return {
    text,
    changes: [
      ...removed.map((key) => change(resource, `authorized key ${keyName(key)}`, { before: 'there', after: null })),
      ...added.map((key) => change(resource, `authorized key ${keyName(key)}`, { before: null, after: 'there' })),
    ],
  };
}

function keysIn(home: string): string {
  return inFolder(join(home, '.ssh'), (folder) => {
    if (folder.missing.length > 0) return '';
    const place = { folder, name: 'authorized_keys' };
    const found = foundEntry(place);
    if (found.kind === 'nothing') return '';
    if (found.kind !== 'file') throw notAFile(home, found.kind);
    const handle = openEntry(place);
    try {
      if (fstatSync(handle).size > LARGEST_FILE_BYTES) throw notAFile(home, 'larger than a megabyte');
      return readFileSync(handle, 'utf8');
    } finally {
      closeSync(handle);
    }
  });
}

const notAFile = (home: string, found: string): Trouble =>
  new Trouble('E-PATH-KIND', { path: join(home, '.ssh/authorized_keys'), found: `a ${found}`, wanted: 'a file' });

export async function writeKeys(holder: KeyHolder, text: string, { signal }: Pick<ActionContext, 'signal'>): Promise<void> {
  const { home, uid, gid } = holder;
  const attributes = { uid, gid };
  inFolder(home, (folder) => {
    if (folder.missing.length > 0) throw new Trouble('E-PATH-PARENT', { path: join(home, '.ssh'), parent: home });
    if (folder.stat('.ssh') === null) makeFolder({ folder, name: '.ssh' }, { ...attributes, mode: 0o700 }, join(home, '.ssh'));
  });
  const content = { kind: 'bytes' as const, bytes: Buffer.from(text), isHidden: false };
  const folder = inFolder(join(home, '.ssh'), (opened) => opened, { isKept: true });
  try {
    await writeEntry({ folder, name: 'authorized_keys' }, { content, attributes: { ...attributes, mode: 0o600 }, backup: false, signal });
  } finally {
    folder.close();
  }
}

function inFolder<Result>(path: string, work: (folder: TrustedFolder) => Result, { isKept } = { isKept: false }): Result {
  let folder: TrustedFolder | null = null;
  try {
    folder = TrustedFolder.open(path);
    return work(folder);
  } catch (error) {
    if (error instanceof PlantedLink) throw new Trouble('E-PATH-LINK', { path, link: error.link });
    if (error instanceof NoFolder) throw new Trouble('E-PATH-KIND', { path: error.path, found: 'no folder', wanted: 'a folder' });
    throw error;
  } finally {
    if (!isKept) folder?.close();
  }
}
