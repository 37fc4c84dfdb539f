import { join } from 'node:path';
import { v7 } from 'uuid';
import { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import { prepareDataFolder } from '../../electron/controller/store/data-folder.ts';
import { openDatabase } from '../../electron/controller/store/database.ts';
import { openStores } from '../../electron/controller/store/stores.ts';
import type { Association } from '../../electron/domain/association.ts';
import { NO_TARGETS } from '../../electron/domain/execution.ts';
import type { Tag } from '../../electron/domain/tag.ts';
import type { Target } from '../../electron/domain/target.ts';
import { anAssociation } from '../builders/association.ts';
import { aGroup } from '../builders/resource-group.ts';

export const LABS = 250;
const ROLES = 5;
const ROOMS = 50;
const FLOORS = 25;

/** As a large site's nodes are tagged: each key has its number of values. */
export const tagsOf = (number: number, lab = number % LABS): Tag[] => [
  { key: 'lab', value: `lab-${lab}` },
  { key: 'role', value: `role-${number % ROLES}` },
  { key: 'room', value: `room-${number % ROOMS}` },
  { key: 'floor', value: `floor-${number % FLOORS}` },
];

export const nodeIdOf = (number: number): NodeId => NodeId.parse(`mi-${number.toString(16).padStart(17, '0')}`);
export const groupOf = (floor: number) => aGroup({ name: `floor-${floor}`, tagFilters: [{ key: 'floor', values: [`floor-${floor}`] }] });

/** Of each 500: 400 for one lab each, 50 for two tags, 25 for a group each, 20 for nodes by id, 5 for every node. */
function targetsOf(number: number): Target[] {
  const place = number % 500;
  if (place < 400) return [{ key: 'tag:lab', values: [`lab-${place % LABS}`] }];
  if (place < 450) {
    return [
      { key: 'tag:room', values: [`room-${place % ROOMS}`] },
      { key: 'tag:role', values: [`role-${place % ROLES}`] },
    ];
  }
  if (place < 475) return [{ key: 'resource-groups:Name', values: [groupOf(place % FLOORS).name] }];
  return [{ key: 'InstanceIds', values: place < 495 ? [nodeIdOf(place)] : ['*'] }];
}

function association(number: number, at: Date): Association {
  return {
    ...anAssociation({ associationName: `association-${number}`, targets: targetsOf(number), maxConcurrency: '100%' }),
    associationId: AssociationId.parse(v7()),
    associationVersion: 1,
    createdAt: at,
    lastUpdatedAt: at,
    scheduleAnchor: at,
    nextRunAt: null,
    lastFiredAt: null,
    lastExecutionAt: null,
    lastSuccessfulExecutionAt: null,
    overview: { status: 'Pending', detailedStatus: 'Associated', counts: { ...NO_TARGETS } },
    tags: [],
    isSample: false,
  };
}

const FACTS = {
  platformType: 'Linux',
  platformName: 'Bench',
  platformVersion: '1',
  architecture: 'x64',
  computerName: 'bench',
  ipAddress: '::1',
} as const;

/** Writes a site of this size to where a controller will find it: enrolling so many nodes one by one is another bench's matter. */
export function fillSite(folder: string, size: { nodes: number; associations: number }): void {
  const dataFolder = join(folder, 'site');
  prepareDataFolder(dataFolder);
  const now = new Date();
  const database = openDatabase({ file: join(dataFolder, 'holdfast.db'), backupsFolder: join(dataFolder, 'backups'), now: () => now });
  const stores = openStores(database);
  database.transaction(() => {
    for (let number = 0; number < size.nodes; number += 1) {
      const facts = { facts: FACTS, agentVersion: 'bench', registeredAt: now, certificateExpiresAt: now };
      stores.nodes.insert({
        nodeId: nodeIdOf(number),
        name: `pc-${number}`,
        origin: 'Activation',
        activationId: null,
        tags: tagsOf(number),
        ...facts,
      });
    }
    for (let floor = 0; floor < FLOORS; floor += 1) stores.groups.insert(groupOf(floor));
    for (let number = 0; number < size.associations; number += 1) stores.associations.insert(association(number, now));
  });
  database.close();
}
