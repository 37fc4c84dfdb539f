import os from 'node:os';
import type { InventoryEntry } from '../protocol/inventory.ts';
import type { Collected, Machine } from './machine.ts';
import { entryOf } from './machine.ts';
import { windowsDetails } from './windows.ts';

/** Sockets and cores of /proc/cpuinfo; zero where it tells of none, as on ARM. */
export function linuxTopology(cpuinfo: string): { sockets: number; cores: number } {
  const [sockets, cores] = [new Set<string>(), new Set<string>()];
  for (const processor of cpuinfo.split(/\n{2,}/)) {
    const [socket, core] = [/^physical id\s*: (\d+)/m.exec(processor)?.[1], /^core id\s*: (\d+)/m.exec(processor)?.[1]];
    if (socket === undefined) continue;
    sockets.add(socket);
    cores.add(`${socket} ${core}`);
  }
  return { sockets: sockets.size, cores: cores.size };
}

/** The highest frequency where it is told: the one of this moment is another at every look, but where a machine has only that one. */
function highestMegahertz(machine: Machine): number {
  const kilohertz = machine.read('/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq');
  if (kilohertz !== null) return Math.round(Number(kilohertz) / 1000);
  return Math.round(Number(/^cpu MHz\s*: ([\d.]+)/m.exec(machine.read('/proc/cpuinfo') ?? '')?.[1] ?? 0));
}

async function macTopology(machine: Machine): Promise<{ sockets: number; cores: number }> {
  const sysctl = machine.find('sysctl');
  const printed = sysctl === null ? null : await machine.run(sysctl, ['-n', 'hw.packages', 'hw.physicalcpu']);
  const [sockets = 0, cores = 0] = (printed ?? '').trim().split('\n').map(Number);
  return { sockets, cores };
}

function details({ sockets, cores }: { sockets: number; cores: number }, megahertz: number): InventoryEntry {
  const cpus = os.cpus();
  const known = (count: number): string | undefined => (count > 0 ? String(count) : undefined);
  return entryOf({
    CPUModel: cpus[0]?.model.trim(),
    CPUSpeedMHz: known(megahertz > 0 ? megahertz : (cpus[0]?.speed ?? 0)),
    CPUs: known(cpus.length),
    CPUSockets: known(sockets),
    CPUCores: known(cores),
    CPUHyperThreadEnabled: cores > 0 ? String(cpus.length > cores) : undefined,
    KernelVersion: os.release(),
  });
}

export async function instanceDetails(machine: Machine): Promise<Collected> {
  switch (machine.platform) {
    case 'Windows':
      return windowsDetails(machine);
    case 'Linux':
      return [details(linuxTopology(machine.read('/proc/cpuinfo') ?? ''), highestMegahertz(machine))];
    case 'MacOS':
      return [details(await macTopology(machine), 0)];
  }
}
