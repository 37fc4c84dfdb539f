import type { InventoryEntry } from '../protocol/inventory.ts';
import { agentComponents } from './agent-components.ts';
import { applications } from './applications.ts';
import { customItems } from './custom-items.ts';
import { type FileFilter, files } from './files.ts';
import { instanceDetails } from './instance-details.ts';
import type { Collected, Machine } from './machine.ts';
import { networkConfig } from './network.ts';
import { services } from './services.ts';
import { type RegistryFilter, windowsRegistry, windowsRoles, windowsUpdates } from './windows.ts';

/** What a document asks to collect. */
export interface InventoryWanted {
  readonly applications: boolean;
  readonly awsComponents: boolean;
  readonly networkConfig: boolean;
  readonly services: boolean;
  readonly windowsRoles: boolean;
  readonly windowsUpdates: boolean;
  readonly instanceDetailedInformation: boolean;
  readonly customInventory: boolean;
  readonly files: readonly FileFilter[];
  readonly windowsRegistry: readonly RegistryFilter[];
}

/** One type of the node, as it is at this moment. */
export interface CollectedItem {
  readonly typeName: string;
  readonly schemaVersion: string;
  readonly content: readonly InventoryEntry[];
}

export interface CollectionPlace {
  readonly machine: Machine;
  readonly signal: AbortSignal;
  readonly customFolder: string;
  readonly agentVersion: string;
}

type Collector = readonly [typeName: string, collect: () => Promise<Collected> | Collected];

function collectors(wanted: InventoryWanted, { machine, signal, agentVersion }: CollectionPlace): Collector[] {
  const isWindows = machine.platform === 'Windows';
  const all: readonly (readonly [boolean, ...Collector])[] = [
    [wanted.applications, 'AWS:Application', () => applications(machine)],
    [wanted.awsComponents, 'AWS:AWSComponent', () => agentComponents(agentVersion)],
    [wanted.networkConfig, 'AWS:Network', () => networkConfig(machine)],
    [wanted.services, 'AWS:Service', () => services(machine)],
    [wanted.instanceDetailedInformation, 'AWS:InstanceDetailedInformation', () => instanceDetails(machine)],
    [wanted.files.length > 0, 'AWS:File', () => files(machine, wanted.files, signal)],
    [wanted.windowsRoles && isWindows, 'AWS:WindowsRole', () => windowsRoles(machine)],
    [wanted.windowsUpdates && isWindows, 'AWS:WindowsUpdate', () => windowsUpdates(machine)],
    [wanted.windowsRegistry.length > 0 && isWindows, 'AWS:WindowsRegistry', () => windowsRegistry(machine, wanted.windowsRegistry)],
  ];
  return all.filter(([isWanted]) => isWanted).map(([, typeName, collect]): Collector => [typeName, collect]);
}

async function collected([typeName, collect]: Collector, machine: Machine): Promise<Collected> {
  try {
    return await collect();
  } catch (error) {
    // One type that cannot be read keeps none of the others away.
    machine.warn(`${typeName} could not be collected: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    return null;
  }
}

/** Everything that is wanted and can be had here, one after the other: a node has other work to do. */
export async function collectInventory(wanted: InventoryWanted, place: CollectionPlace): Promise<CollectedItem[]> {
  const items: CollectedItem[] = [];
  for (const collector of collectors(wanted, place)) {
    if (place.signal.aborted) return [];
    const content = await collected(collector, place.machine);
    const [typeName] = collector;
    if (content !== null) items.push({ typeName, schemaVersion: typeName === 'AWS:Application' ? '1.1' : '1.0', content });
  }
  if (wanted.customInventory) items.push(...customItems(place.customFolder, place.machine.warn));
  return items;
}
