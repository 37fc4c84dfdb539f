import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * The processes of a step in control groups of their own (cgroup version 2, and the `pids` hierarchy of version 1), which none of them
 * leaves by a new session, a second fork or an empty environment. Only below a group that was given to this agent, as systemd gives
 * one to a service with Delegate=yes: the root of the tree belongs to the machine. Elsewhere, and on other systems, there are none,
 * and a step's processes are found by their process group and their environment.
 */

/** So many a step may have at once, where the kernel counts: a program that forks for ever hurts nobody else. */
const MOST_PROCESSES = 4096;

/** Folders of one step, one in each hierarchy. */
export interface StepGroup {
  /** For what a process writes to become a member. */
  readonly memberFiles: readonly string[];
}

interface Hierarchy {
  /** This agent's own group in it. */
  readonly folder: string;
}

/** A group for the step with this marker; null where there can be none. */
export function createStepGroup(marker: string): StepGroup | null {
  const memberFiles = ownHierarchies().flatMap(({ folder }) => {
    removeEmptyGroups(folder);
    const group = join(folder, nameOf(marker));
    try {
      mkdirSync(group, { recursive: true });
      limitProcesses(group);
      return [join(group, 'cgroup.procs')];
    } catch {
      // Not given to this agent after all.
      return [];
    }
  });
  return memberFiles.length === 0 ? null : { memberFiles };
}

/** Those that run in the step's groups, whatever they have become. */
export function groupMembers(marker: string): number[] {
  const members = ownHierarchies().flatMap(({ folder }) => numbersIn(join(folder, nameOf(marker), 'cgroup.procs')));
  return [...new Set(members)];
}

/** Ends all members at once, also those that are being forked. Where the kernel cannot, the caller ends them one by one. */
export function killGroup(marker: string): void {
  for (const { folder } of ownHierarchies()) {
    try {
      writeFileSync(join(folder, nameOf(marker), 'cgroup.kill'), '1', { flag: 'r+' });
    } catch {
      // There is no such group, or the kernel is older than 5.14.
    }
  }
}

const nameOf = (marker: string): string => `holdfast-${createHash('sha256').update(marker).digest('hex').slice(0, 24)}`;

let known: readonly Hierarchy[] | null = null;

/** Asked once: the agent stays where its service manager has put it. */
function ownHierarchies(): readonly Hierarchy[] {
  known ??= process.platform === 'linux' ? findHierarchies() : [];
  return known;
}

function findHierarchies(): Hierarchy[] {
  const mounts = linesOf('/proc/self/mountinfo').map(mountOf);
  return linesOf('/proc/self/cgroup').flatMap((line) => {
    const [, controllers, own] = /^\d+:([^:]*):(.+)$/.exec(line) ?? [];
    if (own === undefined || own === '/') return [];
    if (controllers !== '' && controllers !== 'pids') return [];
    const mount = mounts.find(({ type, options }) =>
      controllers === '' ? type === 'cgroup2' : type === 'cgroup' && options.includes('pids'),
    );
    return mount === undefined || mount.root !== '/' ? [] : [{ folder: join(mount.point, own) }];
  });
}

/** proc_pid_mountinfo(5): the fields after a hyphen are type, source and options. */
function mountOf(line: string): { root: string; point: string; type: string; options: string[] } {
  const [before = '', after = ''] = line.split(' - ');
  const [, , , root = '', point = ''] = before.split(' ');
  const [type = '', , options = ''] = after.split(' ');
  return { root, point, type, options: options.split(',') };
}

function limitProcesses(group: string): void {
  try {
    writeFileSync(join(group, 'pids.max'), String(MOST_PROCESSES), { flag: 'r+' });
  } catch {
    // The kernel does not count processes in this hierarchy.
  }
}

/** Those that others of this agent's steps have left; the kernel keeps the ones in which something runs. */
function removeEmptyGroups(folder: string): void {
  for (const name of namesIn(folder)) {
    if (!/^holdfast-[0-9a-f]{24}$/.test(name)) continue;
    try {
      rmdirSync(join(folder, name));
    } catch {
      // A step runs in it, or something that one has left on purpose.
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch {
    // Gone, or this system has no such file.
    return [];
  }
}

const numbersIn = (file: string): number[] => linesOf(file).map(Number);
