import type { InventoryEntry } from '../protocol/inventory.ts';
import type { Collected, Machine } from './machine.ts';
import { entryOf } from './machine.ts';
import { windowsServices } from './windows.ts';

/** `systemctl list-units`: unit, load, active, sub, description; `list-unit-files`: unit, state. */
export function systemdServices(units: string, unitFiles: string): InventoryEntry[] {
  const startTypes = new Map(unitFiles.split('\n').map((line) => [line.split(/\s+/)[0] ?? '', line.split(/\s+/)[1] ?? '']));
  return units.split('\n').flatMap((line) => {
    const [, unit, load, active, sub = '', description] = /^[\u25cf*\s]*(\S+\.service)\s+(\S+)\s+(\S+)\s+(\S+)\s*(.*)$/.exec(line) ?? [];
    if (unit === undefined || load !== 'loaded') return [];
    return [
      entryOf({
        Name: unit.slice(0, -'.service'.length),
        DisplayName: description,
        ServiceType: 'systemd',
        Status: active === 'active' ? (sub === 'running' ? 'Running' : `Active (${sub})`) : active === 'failed' ? 'Failed' : 'Stopped',
        StartType: startTypes.get(unit),
      }),
    ];
  });
}

/** `service --status-all`: [ + ] runs, [ - ] does not, [ ? ] does not say. */
export function initServices(printed: string): InventoryEntry[] {
  const status: Readonly<Record<string, string>> = { '+': 'Running', '-': 'Stopped', '?': 'Unknown' };
  return [...printed.matchAll(/^\s*\[ ([+?-]) \]\s+(\S+)\s*$/gm)].map(([, sign = '?', name = '']) =>
    entryOf({ Name: name, ServiceType: 'init', Status: status[sign] }),
  );
}

/** `launchctl list`: process id or -, last exit status, label. */
export function launchdServices(printed: string): InventoryEntry[] {
  return [...printed.matchAll(/^(\d+|-)\t(-?\d+)\t(\S+)$/gm)]
    .map(([, pid, , label = '']) => entryOf({ Name: label, ServiceType: 'launchd', Status: pid === '-' ? 'Stopped' : 'Running' }))
    .sort((a, b) => ((a.Name ?? '') < (b.Name ?? '') ? -1 : 1));
}

async function linuxServices(machine: Machine): Promise<Collected> {
  const systemctl = machine.read('/proc/1/comm')?.trim() === 'systemd' ? machine.find('systemctl') : null;
  if (systemctl !== null) {
    const list = (what: string) =>
      machine.run(systemctl, [what, '--type=service', '--all', '--no-legend', '--no-pager', '--plain', '--full']);
    const [units, files] = [await list('list-units'), await list('list-unit-files')];
    return units === null ? null : systemdServices(units, files ?? '');
  }
  const service = machine.find('service');
  const printed = service === null ? null : await machine.run(service, ['--status-all']);
  if (printed !== null) return initServices(printed);
  machine.warn('Services are known neither by systemd nor by init scripts on this node.');
  return null;
}

export async function services(machine: Machine): Promise<Collected> {
  switch (machine.platform) {
    case 'Windows':
      return windowsServices(machine);
    case 'Linux':
      return linuxServices(machine);
    case 'MacOS': {
      const launchctl = machine.find('launchctl');
      const printed = launchctl === null ? null : await machine.run(launchctl, ['list']);
      return printed === null ? null : launchdServices(printed);
    }
  }
}
