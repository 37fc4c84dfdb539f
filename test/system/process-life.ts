import { readFileSync } from 'node:fs';

/** Whether the process still runs. One that has ended and only waits for its parent to notice does not. */
export function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX] /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
