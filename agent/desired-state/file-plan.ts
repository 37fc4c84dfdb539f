import type { ResourceChange } from '../protocol/status.ts';
import { change } from './plan.ts';
import { Trouble } from './troubles.ts';

interface Attributes {
  /** The lower twelve bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** What has the name. */
export type FoundEntry =
  | { readonly kind: 'nothing' }
  | ({ readonly kind: 'file' } & Attributes)
  | ({ readonly kind: 'folder'; readonly entries: number } & Attributes)
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'device' };

export interface Account {
  readonly name: string;
  readonly id: number;
}

export interface WantedEntry {
  readonly path: string;
  readonly ensure: 'present' | 'absent' | 'directory';
  readonly mode: number | null;
  readonly owner: Account | null;
  readonly group: Account | null;
  readonly recursive: boolean;
}

/** How the content differs from the one that is wanted; null where it does not, or where none is wanted. */
export type ContentChange = Pick<ResourceChange, 'before' | 'after'> | null;

export type FileWork = 'nothing' | 'write' | 'attributes' | 'make-folder' | 'remove';

export interface FilePlan {
  readonly changes: readonly ResourceChange[];
  readonly work: FileWork;
}

const KIND = { nothing: 'nothing', file: 'a file', folder: 'a folder', link: 'a symbolic link', device: 'a device or socket' } as const;

export const octal = (mode: number): string => `0${mode.toString(8).padStart(3, '0')}`;

/** What has to be done for the entry. A content that is wanted of nothing is a change already. */
export function filePlan(found: FoundEntry, wanted: WantedEntry, content: ContentChange): FilePlan {
  switch (wanted.ensure) {
    case 'absent':
      return removalPlan(found, wanted);
    case 'directory':
      return folderPlan(found, wanted);
    case 'present':
      return contentPlan(found, wanted, content);
  }
}

function removalPlan(found: FoundEntry, { path, recursive }: WantedEntry): FilePlan {
  if (found.kind === 'nothing') return { changes: [], work: 'nothing' };
  if (found.kind === 'folder') refuseRemoval(path, found.entries, recursive);
  const before =
    found.kind === 'link' ? `symbolic link to ${found.target}` : found.kind === 'folder' ? contents(found.entries) : found.kind;
  return {
    changes: [change(resourceOf(found.kind === 'folder' ? 'folder' : 'file', path), 'presence', { before, after: null })],
    work: 'remove',
  };
}

const contents = (entries: number): string =>
  entries === 0 ? 'empty folder' : `folder with ${entries} ${entries === 1 ? 'entry' : 'entries'}`;

function refuseRemoval(path: string, entries: number, recursive: boolean): void {
  if (path.split(/[\\/]/).filter((part) => part !== '').length < 2) {
    throw new Trouble('E-PATH-PROTECTED', { path, because: 'it is a folder at the root of the file system' });
  }
  if (entries > 0 && !recursive) throw new Trouble('E-FOLDER-NOT-EMPTY', { path, entries });
}

function folderPlan(found: FoundEntry, wanted: WantedEntry): FilePlan {
  const resource = resourceOf('folder', wanted.path);
  if (found.kind === 'nothing') {
    const changes = [change(resource, 'presence', { before: null, after: 'folder' }), ...attributesOfNew(resource, wanted)];
    return { changes, work: 'make-folder' };
  }
  if (found.kind !== 'folder') throw wrongKind(found, wanted, 'a folder');
  const changes = attributeChanges(resource, found, wanted);
  return { changes, work: changes.length === 0 ? 'nothing' : 'attributes' };
}

function contentPlan(found: FoundEntry, wanted: WantedEntry, content: ContentChange): FilePlan {
  const resource = resourceOf('file', wanted.path);
  if (found.kind === 'nothing') {
    const after = content?.after ?? '';
    return { changes: [change(resource, 'content', { before: null, after }), ...attributesOfNew(resource, wanted)], work: 'write' };
  }
  if (found.kind !== 'file') throw wrongKind(found, wanted, 'a file');
  const attributes = attributeChanges(resource, found, wanted);
  if (content !== null) return { changes: [change(resource, 'content', content), ...attributes], work: 'write' };
  return { changes: attributes, work: attributes.length === 0 ? 'nothing' : 'attributes' };
}

const resourceOf = (kind: 'file' | 'folder', path: string): string => `${kind} ${path}`;

const wrongKind = (found: FoundEntry, { path }: WantedEntry, wanted: string): Trouble =>
  new Trouble('E-PATH-KIND', { path, found: found.kind === 'link' ? `a symbolic link to ${found.target}` : KIND[found.kind], wanted });

function attributesOfNew(resource: string, { mode, owner, group }: WantedEntry): ResourceChange[] {
  return [
    ...(mode === null ? [] : [change(resource, 'mode', { before: null, after: octal(mode) })]),
    ...(owner === null ? [] : [change(resource, 'owner', { before: null, after: owner.name })]),
    ...(group === null ? [] : [change(resource, 'group', { before: null, after: group.name })]),
  ];
}

function attributeChanges(resource: string, found: Attributes, { mode, owner, group }: WantedEntry): ResourceChange[] {
  return [
    ...(mode === null || mode === found.mode ? [] : [change(resource, 'mode', { before: octal(found.mode), after: octal(mode) })]),
    ...(owner === null || owner.id === found.uid ? [] : [change(resource, 'owner', { before: String(found.uid), after: owner.name })]),
    ...(group === null || group.id === found.gid ? [] : [change(resource, 'group', { before: String(found.gid), after: group.name })]),
  ];
}
