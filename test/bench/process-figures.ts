import { existsSync, readdirSync, readFileSync } from 'node:fs';

const KIBIBYTES_PER_MB = 1_000_000 / 1024;
/** Linux counts ticks of a hundredth of a second on every platform that Node runs on. */
const MILLISECONDS_PER_TICK = 10;

/** Why memory and processor time of another process cannot be told here; null where they can. */
export const whyNoProcessFigures = (): string | null =>
  existsSync('/proc/self/smaps_rollup') ? null : 'not measured: this platform has no /proc/<pid>/smaps_rollup.';

/** What a process occupies now. `private` is what would be free if it ended: the pages that no other process maps. */
export function memoryOf(pid: number): { rssMB: number; privateMB: number } {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kibibytes = (name: string) => Number(new RegExp(`^${name}: +(\\d+) kB`, 'm').exec(text)?.[1]);
  const privateKibibytes = kibibytes('Private_Clean') + kibibytes('Private_Dirty');
  return { rssMB: kibibytes('Rss') / KIBIBYTES_PER_MB, privateMB: privateKibibytes / KIBIBYTES_PER_MB };
}

/** Processor time of all threads so far. To the microsecond where the kernel tells the scheduler's own count, else to 10 ms. */
export function processorMillisecondsOf(pid: number): number {
  let sum = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const runtime = schedulerRuntimeOf(`/proc/${pid}/task/${thread}/sched`);
    if (runtime === null) return ticksOf(pid) * MILLISECONDS_PER_TICK;
    sum += runtime;
  }
  return sum;
}

function schedulerRuntimeOf(file: string): number | null {
  try {
    const found = /^se\.sum_exec_runtime +: +([\d.]+)$/m.exec(readFileSync(file, 'utf8'))?.[1];
    return found === undefined ? null : Number(found);
  } catch {
    return null;
  }
}

/** User and system time: the 14th and 15th field, counted after the command, which may itself hold blanks and brackets. */
function ticksOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
