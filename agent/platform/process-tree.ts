import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { type Clock, pause } from './clock.ts';
import { processStart, statFields } from './process-identity.ts';
import { groupMembers, killGroup } from './step-group.ts';

const run = promisify(execFile);

/** A step's process with everything that it started. */
export interface ProcessTree {
  /** Of the first process, which leads a group of its own. */
  readonly pid: number;
  /**
   * NAME=VALUE in the environment of every process of the tree, and what its control group is named after: on Linux they also find
   * those that left the process group.
   */
  readonly marker: string;
}

export interface KillPlan {
  readonly clock: Clock;
  /** Between asking the processes to end and ending them. */
  readonly graceMilliseconds: number;
}

const POLL_MILLISECONDS = 20;
const LONGEST_KILL_MILLISECONDS = 2000;

/** Asks the whole tree to end, then ends it. Returns when nothing of it runs any more. */
export async function killTree(tree: ProcessTree, { clock, graceMilliseconds }: KillPlan): Promise<void> {
  if (process.platform === 'win32') return killWindowsTree(tree.pid);
  const struck = new Set<number>();
  signalTree(tree, { signal: 'SIGTERM', struck });
  if (await isGone(tree, { clock, struck, milliseconds: graceMilliseconds })) return;
  const strike = () => {
    killGroup(tree.marker);
    signalTree(tree, { signal: 'SIGKILL', struck });
  };
  strike();
  await isGone(tree, { clock, struck, milliseconds: LONGEST_KILL_MILLISECONDS, meanwhile: strike });
}

export interface Leftover {
  readonly pid: number | null;
  readonly startedAs: string | null;
  readonly marker: string;
}

/**
 * Ends what a killed agent left running. The group is touched only when its leader is still the process of the journal; once that
 * one is gone, its number says nothing, and only processes with the marker are ended.
 */
export async function killLeftover({ pid, startedAs, marker }: Leftover, plan: KillPlan): Promise<void> {
  const isSameProcess = pid !== null && startedAs !== null && (await processStart(pid)) === startedAs;
  if (isSameProcess) return killTree({ pid, marker }, plan);
  if (markedProcesses(marker).length > 0) await killTree({ pid: NO_GROUP, marker }, plan);
}

const NO_GROUP = 0;

interface Wait {
  readonly clock: Clock;
  /** Whom a signal was sent: one that is ending has lost its environment, and with it the marker, a moment before it is gone. */
  readonly struck: ReadonlySet<number>;
  readonly milliseconds: number;
  readonly meanwhile?: () => void;
}

/** There is no event for the end of somebody else's child, so this looks again and again. */
async function isGone(tree: ProcessTree, { clock, struck, milliseconds, meanwhile }: Wait): Promise<boolean> {
  for (let waited = 0; ; waited += POLL_MILLISECONDS) {
    if (!isGroupAlive(tree.pid) && markedProcesses(tree.marker).length === 0 && ![...struck].some(isLiving)) return true;
    if (waited >= milliseconds) return false;
    meanwhile?.();
    await pause({ clock, milliseconds: POLL_MILLISECONDS });
  }
}

function signalTree({ pid, marker }: ProcessTree, { signal, struck }: { signal: NodeJS.Signals; struck: Set<number> }): void {
  if (pid !== NO_GROUP) sendSignal(-pid, signal);
  for (const marked of markedProcesses(marker)) {
    sendSignal(marked, signal);
    struck.add(marked);
  }
}

function sendSignal(target: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(target, signal);
    return true;
  } catch {
    // Gone already, or not ours to end.
    return false;
  }
}

/** A zombie still counts as a member of its group for kill(2), but it runs nothing: where /proc tells, only the living count. */
function isGroupAlive(group: number): boolean {
  if (group === NO_GROUP || !sendSignal(-group, 0)) return false;
  if (process.platform !== 'linux') return true;
  return linuxProcesses().some((pid) => {
    const fields = statFields(pid);
    return fields !== null && fields[2] === String(group) && isRunning(fields);
  });
}

function markedProcesses(marker: string): number[] {
  if (process.platform !== 'linux') return [];
  const members = new Set(groupMembers(marker));
  return linuxProcesses().filter((pid) => {
    if (pid === process.pid || !(members.has(pid) || environmentOf(pid).includes(marker))) return false;
    const fields = statFields(pid);
    return fields !== null && isRunning(fields);
  });
}

function isLiving(pid: number): boolean {
  const fields = statFields(pid);
  return fields !== null && isRunning(fields);
}

function isRunning([state]: string[]): boolean {
  return state !== 'Z' && state !== 'X';
}

function linuxProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch {
    // Gone, or of another user: then it is not one of ours.
    return [];
  }
}

async function killWindowsTree(pid: number): Promise<void> {
  try {
    await run('taskkill', ['/PID', String(pid), '/T', '/F'], { timeout: 10_000 });
  } catch {
    // It fails when the process is gone already.
  }
}
