import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { bootId } from './facts.ts';

const run = promisify(execFile);

/**
 * When a process started, in a form that only that process has: numbers of processes are used again, and a journal may be older
 * than the process that has the number now. Null when there is no such process, or nothing is known of it.
 */
export async function processStart(pid: number): Promise<string | null> {
  switch (process.platform) {
    case 'linux':
      return linuxStart(pid);
    case 'win32':
      return told('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`]);
    default:
      return told('ps', ['-o', 'lstart=', '-p', String(pid)]);
  }
}

/** Clock ticks since the start of the machine (proc(5), field 22), with that start. */
function linuxStart(pid: number): string | null {
  const ticks = statFields(pid)?.[19];
  return ticks === undefined ? null : `${bootId()}/${ticks}`;
}

/** The fields of /proc/PID/stat from the third on (state, parent, group …): the second is a name that may have blanks and brackets. */
export function statFields(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    // The process is gone, which is an answer.
    return null;
  }
}

async function told(program: string, argumentList: string[]): Promise<string | null> {
  try {
    const { stdout } = await run(program, argumentList, { timeout: 10_000 });
    return stdout.trim() === '' ? null : stdout.trim();
  } catch {
    // Both programs fail when there is no such process.
    return null;
  }
}
