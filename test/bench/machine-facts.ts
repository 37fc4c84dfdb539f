import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** What a figure means nothing without. `load`: processes that wanted a processor in the last minute; 0 on Windows, which does not tell. */
export type MachineFacts = {
  date: string;
  node: string;
  system: string;
  processor: string;
  cores: number;
  memoryGiB: number;
  load: number;
};

export function machineFacts(now: Date): MachineFacts {
  return {
    date: now.toISOString(),
    node: process.version,
    system: `${type()} ${release()} ${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    load: loadavg()[0] ?? 0,
  };
}

export function machineText({ date, node, system, processor, cores, memoryGiB, load }: MachineFacts): string {
  return `Holdfast bench, ${date}\n${cores} cores (${processor}), ${memoryGiB} GiB, ${system}, Node ${node}, load ${load.toFixed(1)} before it began`;
}
