import { availableParallelism, cpus, release, totalmem, type } from 'node:os';

/** What a figure means nothing without. */
export type MachineFacts = { date: string; node: string; system: string; processor: string; cores: number; memoryGiB: number };

export function machineFacts(now: Date): MachineFacts {
  return {
    date: now.toISOString(),
    node: process.version,
    system: `${type()} ${release()} ${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
  };
}

export function machineText({ date, node, system, processor, cores, memoryGiB }: MachineFacts): string {
  return `Holdfast bench, ${date}\n${cores} cores (${processor}), ${memoryGiB} GiB, ${system}, Node ${node}`;
}
