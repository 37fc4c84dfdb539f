import { closeSync, fstatSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ContentChange, type FilePlan, type FoundEntry, filePlan, type WantedEntry } from '../desired-state/file-plan.ts';
import { textDifference } from '../desired-state/text-difference.ts';
import { Trouble } from '../desired-state/troubles.ts';
import type { FileInputs } from '../document/desired-file-inputs.ts';
import { NoFolder, PlantedLink, TrustedFolder } from '../platform/trusted-folder.ts';
import type { ActionContext } from '../steps/action.ts';
import { accountOf } from './account-ids.ts';
import { desiredState, Ended, type Prepared } from './desired-state.ts';
import {
  changeAttributes,
  foundEntry,
  makeFolder,
  type NewAttributes,
  openEntry,
  type Place,
  removeEntry,
  writeEntry,
} from './file-entry.ts';
import { hashOfBytes, hashOfOpen, openSource, type WantedContent, wantedContent } from './wanted-content.ts';

/** Larger ones are compared by their hashes, and told of by their sizes. */
const LARGEST_SHOWN_BYTES = 256 * 1024;
const NOT_SHOWN = '(not shown)';
const DEFAULT_MODE = 0o644;
const DEFAULT_HIDDEN_MODE = 0o600;

/** holdfast:file: a file with its content, owner and rights, a folder, or neither. */
export const holdfastFile = desiredState<FileInputs>(async (inputs, context): Promise<Prepared> => {
  const wanted = await wantedEntry(inputs, context);
  const content = inputs.ensure === 'present' ? wantedContent(inputs, context) : null;
  const { found, difference } = await inFolder(wanted.path, async (place) => {
    if (place.folder.missing.length > 0 && needsParent(inputs, context)) throw noParent(wanted.path, place.folder);
    const entry = foundEntry(place);
    return { found: entry, difference: await contentDifference(place, { found: entry, content, isShown: inputs.showDifference }) };
  });
  const plan = filePlan(found, wanted, difference.change);
  if (plan.work === 'remove') refuseOwnFolders(wanted.path, context);
  return {
    subject: `${inputs.ensure === 'directory' ? 'The folder' : 'The file'} ${wanted.path}`,
    changes: plan.changes,
    details: plan.work === 'write' ? difference.lines : [],
    apply: () => apply({ plan, found, wanted, content, inputs }, context),
  };
});

async function wantedEntry(
  { path: given, ensure, mode, owner, group, recursive }: FileInputs,
  context: ActionContext,
): Promise<WantedEntry> {
  if (context.platform === 'Windows' && (mode ?? owner ?? group) !== undefined) {
    throw new Trouble('E-NOT-SUPPORTED', { what: 'Setting mode, owner or group', by: 'Windows' });
  }
  return {
    path: path.normalize(given).replace(/(?<=[^\\/:])[\\/]+$/, ''),
    ensure,
    recursive,
    mode: mode === undefined ? null : Number.parseInt(mode, 8),
    owner: await accountOf('user', owner, context),
    group: await accountOf('group', group, context),
  };
}

async function inFolder<Result>(file: string, work: (place: Place) => Promise<Result>): Promise<Result> {
  let folder: TrustedFolder | null = null;
  try {
    folder = TrustedFolder.open(path.dirname(file));
    return await work({ folder, name: path.basename(file) });
  } catch (error) {
    if (error instanceof PlantedLink) throw new Trouble('E-PATH-LINK', { path: file, link: error.link });
    if (error instanceof NoFolder) throw new Trouble('E-PATH-KIND', { path: error.path, found: 'no folder', wanted: 'a folder' });
    throw fileSystemTrouble(file, error);
  } finally {
    folder?.close();
  }
}

const CAUSES: ReadonlyMap<unknown, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'the system does not permit it'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the quota is used up'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['EBUSY', 'it is in use'],
]);

function fileSystemTrouble(file: string, error: unknown): unknown {
  const cause = error instanceof Error && 'code' in error ? CAUSES.get(error.code) : undefined;
  return cause === undefined ? error : new Trouble('E-FILE-SYSTEM', { path: file, cause });
}

/** In an audit, a step before this one may be what makes it. */
const needsParent = ({ ensure, makeParents }: FileInputs, { mode }: ActionContext): boolean =>
  ensure !== 'absent' && !makeParents && mode === 'Enforce';

const noParent = (file: string, { path: parent, missing }: TrustedFolder): Trouble =>
  new Trouble('E-PATH-PARENT', { path: file, parent: path.join(parent, ...missing) });

interface Difference {
  readonly change: ContentChange;
  readonly lines: readonly string[];
}
const SAME: Difference = { change: null, lines: [] };

async function contentDifference(
  place: Place,
  { found, content, isShown }: { found: FoundEntry; content: WantedContent | null; isShown: boolean },
): Promise<Difference> {
  if (content === null) return SAME;
  const isHidden = !isShown || (content.kind === 'bytes' && content.isHidden);
  if (found.kind !== 'file')
    return { change: { before: null, after: shortOf(isHidden ? null : textOf(content), sizeOf(content), isHidden) }, lines: [] };
  const handle = openEntry(place);
  try {
    if (await holds(handle, content)) return SAME;
    if (isHidden) return { change: { before: NOT_SHOWN, after: NOT_SHOWN }, lines: [] };
    const { size } = fstatSync(handle);
    const before = size > LARGEST_SHOWN_BYTES ? null : asText(readFileSync(handle));
    const after = textOf(content);
    if (before === null || after === null)
      return { change: { before: shortOf(before, size, false), after: shortOf(after, sizeOf(content), false) }, lines: [] };
    const { lines, ...change } = textDifference(before, after);
    return { change, lines };
  } finally {
    closeSync(handle);
  }
}

const sizeOf = (content: WantedContent): number => (content.kind === 'copy' ? content.size : content.bytes.length);

async function holds(handle: number, content: WantedContent): Promise<boolean> {
  if (fstatSync(handle).size !== sizeOf(content)) return false;
  return (await hashOfOpen(handle)) === (await hashOf(content));
}

async function hashOf(content: WantedContent): Promise<string> {
  if (content.kind === 'bytes') return hashOfBytes(content.bytes);
  const handle = openSource(content.source, content.source);
  try {
    return await hashOfOpen(handle);
  } finally {
    closeSync(handle);
  }
}

/** Null for what is no text, or too large to be shown. */
function textOf(content: WantedContent): string | null {
  return content.kind === 'copy' || content.bytes.length > LARGEST_SHOWN_BYTES ? null : asText(content.bytes);
}

function asText(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

function shortOf(text: string | null, size: number, isHidden: boolean): string {
  if (isHidden) return NOT_SHOWN;
  return text ?? `${size} bytes`;
}

/** What the agent itself works with is not for a document to take away. */
function refuseOwnFolders(file: string, { stateFolder, stepFolder, downloads }: ActionContext): void {
  const own = [stateFolder, stepFolder, downloads].find((folder) => folder === file || folder.startsWith(`${file}${path.sep}`));
  if (own !== undefined) throw new Trouble('E-PATH-PROTECTED', { path: file, because: 'the agent of this node works below it' });
}

interface Work {
  readonly plan: FilePlan;
  readonly found: FoundEntry;
  readonly wanted: WantedEntry;
  readonly content: WantedContent | null;
  readonly inputs: FileInputs;
}

async function apply({ plan, found, wanted, content, inputs }: Work, context: ActionContext): Promise<void> {
  if (plan.work === 'write' || plan.work === 'make-folder') makeParents(wanted.path);
  await inFolder(wanted.path, async (place) => {
    const attributes = { mode: wanted.mode, uid: wanted.owner?.id ?? null, gid: wanted.group?.id ?? null };
    switch (plan.work) {
      case 'nothing':
        return;
      case 'remove':
        return removeEntry(place, inputs);
      case 'make-folder':
        return makeFolder(place, attributes, wanted.path);
      case 'attributes':
        return changeAttributes(place, attributes, wanted.path);
      case 'write':
        return write(place, { attributes: keptAttributes(found, attributes, content), content, inputs }, context);
    }
  });
}

/** Folders on the way that are not there, one by one: of everybody to read, as mkdir makes them. */
function makeParents(file: string): void {
  for (;;) {
    const folder = TrustedFolder.open(path.dirname(file));
    try {
      const [first] = folder.missing;
      if (first === undefined) return;
      mkdirSync(folder.entry(first), 0o755);
    } finally {
      folder.close();
    }
  }
}

/** A file that is written anew has owner and rights of the one before, where nothing else is asked for. */
function keptAttributes(found: FoundEntry, { mode, uid, gid }: NewAttributes, content: WantedContent | null): NewAttributes {
  const isHidden = content?.kind === 'bytes' && content.isHidden;
  if (found.kind !== 'file') return { mode: mode ?? (isHidden ? DEFAULT_HIDDEN_MODE : DEFAULT_MODE), uid, gid };
  return { mode: mode ?? found.mode, uid: uid ?? found.uid, gid: gid ?? found.gid };
}

async function write(
  place: Place,
  { attributes, content, inputs }: { attributes: NewAttributes; content: WantedContent | null; inputs: FileInputs },
  { signal }: ActionContext,
): Promise<void> {
  const filling = content ?? { kind: 'bytes' as const, bytes: Buffer.alloc(0), isHidden: false };
  const ownership = process.platform === 'win32' ? { mode: null, uid: null, gid: null } : attributes;
  try {
    await writeEntry(place, { content: filling, attributes: ownership, backup: inputs.backup, signal });
  } catch (error) {
    if (signal.aborted) throw new Ended({ kind: 'stopped' });
    throw error;
  }
}
