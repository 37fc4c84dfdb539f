import type { UserInputs } from '../document/desired-user-inputs.ts';
import type { ResourceChange } from '../protocol/status.ts';
import { change } from './plan.ts';

/** What the node knows of a user; null stands for what it does not tell. */
export interface UserFacts {
  readonly uid: number | null;
  readonly group: string | null;
  /** Beside the first one. */
  readonly groups: readonly string[];
  readonly home: string | null;
  readonly shell: string | null;
  readonly comment: string | null;
  readonly isLocked: boolean | null;
  /** Without what locks it. */
  readonly passwordHash: string | null;
}

/** Each property that differs; what is null stays as it is. Backends turn these into their own programs. */
export interface UserWork {
  readonly exists: boolean;
  readonly uid: number | null;
  readonly group: string | null;
  readonly home: string | null;
  readonly shell: string | null;
  readonly comment: string | null;
  /** All further groups that the user shall be in. */
  readonly groups: readonly string[] | null;
  readonly locked: boolean | null;
  readonly passwordHash: string | null;
}

const HIDDEN = '(not shown)';

const differing = <Value>(wanted: Value | undefined, found: Value | null): Value | null =>
  wanted === undefined || wanted === found ? null : wanted;

export function userWork(found: UserFacts | null, inputs: UserInputs): UserWork {
  const passwordHash = inputs.passwordHash ?? null;
  const { groups, exclusiveGroups, locked } = inputs;
  const have = found?.groups ?? [];
  const wantedGroups = groups === undefined ? have : exclusiveGroups ? groups : [...new Set([...have, ...groups])];
  const areGroupsRight = have.length === wantedGroups.length && wantedGroups.every((group) => have.includes(group));
  return {
    exists: found !== null,
    uid: differing(inputs.uid, found?.uid ?? null),
    group: differing(inputs.group, found?.group ?? null),
    home: differing(inputs.home, found?.home ?? null),
    shell: differing(inputs.shell, found?.shell ?? null),
    comment: differing(inputs.comment, found?.comment ?? null),
    groups: areGroupsRight ? null : wantedGroups,
    // A new one has no password, and is locked by that.
    locked: found === null ? (locked === true && passwordHash !== null ? true : null) : differing(locked, found.isLocked),
    passwordHash: passwordHash === null || passwordHash === found?.passwordHash ? null : passwordHash,
  };
}

export function userChanges(found: UserFacts | null, work: UserWork, { name }: UserInputs): ResourceChange[] {
  const resource = `user ${name}`;
  const text = (value: string | number | boolean | null | undefined) => (value === null || value === undefined ? null : String(value));
  const one = (property: 'uid' | 'group' | 'home' | 'shell' | 'comment') =>
    work[property] === null ? [] : [change(resource, property, { before: text(found?.[property]), after: text(work[property]) })];
  return [
    ...(found === null ? [change(resource, 'presence', { before: null, after: 'user' })] : []),
    ...one('uid'),
    ...one('group'),
    ...(work.groups === null
      ? []
      : [change(resource, 'groups', { before: found?.groups.join(', ') ?? null, after: work.groups.join(', ') })]),
    ...one('home'),
    ...one('shell'),
    ...one('comment'),
    ...(work.passwordHash === null ? [] : [change(resource, 'password', { before: found?.passwordHash ? HIDDEN : null, after: HIDDEN })]),
    ...(work.locked === null ? [] : [change(resource, 'locked', { before: text(found?.isLocked), after: text(work.locked) })]),
  ];
}

/** The lines of an authorized_keys file as they shall be: a key that is there with another comment or options is replaced. */
export function wantedKeys(
  text: string,
  keys: readonly string[],
  isExclusive: boolean,
): { text: string; added: string[]; removed: string[] } {
  const lines = text.split(/\r?\n/).filter((line, position, all) => line !== '' || position < all.length - 1);
  const bodies = new Set(keys.map(bodyOf));
  const kept = lines.filter((line) => keys.includes(line) || (!bodies.has(bodyOf(line)) && !(isExclusive && isKey(line))));
  const added = keys.filter((key) => !lines.includes(key));
  const removed = lines.filter((line) => isKey(line) && !kept.includes(line));
  const all = [...kept, ...added];
  return { text: added.length + removed.length === 0 ? text : all.map((line) => `${line}\n`).join(''), added, removed };
}

const isKey = (line: string): boolean => line.trim() !== '' && !line.trim().startsWith('#');

/** The key itself, without its options and comment. */
const bodyOf = (line: string): string => /\b(?:ssh-|ecdsa-|sk-)[a-z0-9@.-]+ ([A-Za-z0-9+/]+=*)/.exec(line)?.[1] ?? line;

/** As a person tells keys apart. */
export const keyName = (line: string): string => {
  const found = /\b((?:ssh-|ecdsa-|sk-)[a-z0-9@.-]+) ([A-Za-z0-9+/]+=*) ?(.*)$/.exec(line);
  return found === null ? line.slice(0, 60) : `${found[1]} …${(found[2] ?? '').slice(-12)} ${found[3] ?? ''}`.trim();
};
