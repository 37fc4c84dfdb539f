import { join } from 'node:path';
import { fleetFacts, searchInventory } from '../../electron/controller/operations/search-inventory.ts';
import { type Database, openDatabase } from '../../electron/controller/store/database.ts';
import { openStores, type Stores } from '../../electron/controller/store/stores.ts';
import type { Figure } from './figure.ts';
import { atMost } from './figure.ts';
import type { Bench, Lab } from './lab.ts';
import { fillSite, nodeIdOf } from './large-site.ts';

const ROUNDS = 7;
const [NODES, APPLICATIONS, VERSIONS] = [10_000, 500, 12];
const NODES_PER_COMMIT = 500;
const PAGE = atMost(100);
const START = new Date('2026-01-01T00:00:00Z');

/** Packages as Debian machines have them. */
const contentOf = (number: number) =>
  Array.from({ length: APPLICATIONS }, (_, position) => {
    const version = `1.${(number * 7 + position * 13) % VERSIONS}.${position % 9}-1+deb12u1`;
    const Name = position % 10 === 0 ? `lib-shared-${position}` : `package-${position}`;
    const PackageId = `${Name}_${version}_amd64.deb`;
    return { Name, Version: version, Architecture: 'x86_64', Publisher: 'Debian', PackageId, InstalledTime: '2025-01-01T00:00:00Z' };
  });

/** A dozen kinds of machines, each application in another version on each; stored one by one, and what that took. */
function storeKinds({ inventory }: Pick<Stores, 'inventory'>): number[] {
  const item = { typeName: 'AWS:Application', schemaVersion: '1.1', captureTime: START, receivedAt: START, contentHash: null, bytes: 1 };
  return Array.from({ length: VERSIONS }, (_, number) => {
    const startedAt = performance.now();
    inventory.put({ ...item, nodeId: nodeIdOf(number), entries: APPLICATIONS }, contentOf(number));
    return performance.now() - startedAt;
  });
}

/** All other machines are like one of those: they are copied, since storing them would take minutes. */
function copyKinds({ connection, transaction }: Database): void {
  const addItem = connection.prepare(
    `INSERT INTO inventoryItem (nodeId, typeName, schemaVersion, captureTime, receivedAt, contentHash, bytes, entries, isGone)
     SELECT ?, typeName, schemaVersion, captureTime, receivedAt, contentHash, bytes, entries, isGone FROM inventoryItem WHERE nodeId = ?`,
  );
  const addEntries = connection.prepare(
    `INSERT INTO inventoryEntry SELECT made.itemNumber, entry.valueNumber, entry.own
     FROM inventoryItem AS made, inventoryItem AS kind JOIN inventoryEntry AS entry ON entry.itemNumber = kind.itemNumber
     WHERE made.nodeId = ? AND kind.nodeId = ?`,
  );
  for (let from = VERSIONS; from < NODES; from += NODES_PER_COMMIT) {
    transaction(() => {
      for (let number = from; number < Math.min(NODES, from + NODES_PER_COMMIT); number += 1) {
        const pair = [nodeIdOf(number), nodeIdOf(number % VERSIONS)];
        addItem.run(pair);
        addEntries.run(pair);
      }
    });
  }
}

const ANY = { comparator: 'any', version: '', freshDays: 7 } as const;

const questions = [
  {
    what: 'one application, older than a version',
    search: { ...ANY, name: 'package-77', match: 'equals', comparator: 'older', version: '1.6' },
  },
  { what: 'one application, any version', search: { ...ANY, name: 'package-77', match: 'equals' } },
  {
    what: 'a part of 50 names, newer than a version',
    search: { ...ANY, name: 'lib-shared', match: 'contains', comparator: 'newer', version: '1.9' },
  },
  { what: 'an application that nobody has', search: { ...ANY, name: 'zebra', match: 'equals' } },
] as const;

function measured(figure: Omit<Figure, 'values' | 'unit'>, rounds: number, ask: () => void): Figure {
  const values = Array.from({ length: rounds }, () => {
    const startedAt = performance.now();
    ask();
    return performance.now() - startedAt;
  });
  return { ...figure, unit: 'ms', values };
}

function run(lab: Lab) {
  const rounds = lab.rounds(ROUNDS);
  fillSite(lab.folder, { nodes: NODES, associations: 1 });
  const site = join(lab.folder, 'site');
  const database = openDatabase({ file: join(site, 'holdfast.db'), backupsFolder: join(site, 'backups'), now: () => START });
  lab.cleanUp.add(() => Promise.resolve(database.close()));
  const stores = openStores(database);
  lab.say(`storing ${APPLICATIONS} applications on each of ${NODES.toLocaleString('en-US')} nodes`);
  const storing = storeKinds(stores);
  copyKinds(database);
  const context = { stores, clock: { now: () => START, wakeAt: () => () => undefined } };
  const shares = ['sought', 'without'] as const;
  const figures = questions.flatMap(({ what, search }): Figure[] => [
    ...shares.map((share) =>
      measured({ what: `a page of ${share === 'sought' ? 'nodes with' : 'nodes without'}: ${what}`, budget: PAGE }, rounds, () => {
        searchInventory(context, search, { share, offset: 0, limit: 100 });
      }),
    ),
    measured({ what: `counts of nodes by version: ${what}`, budget: null }, rounds, () => {
      fleetFacts(context, search);
    }),
  ]);
  const stored: Figure = { what: `${APPLICATIONS} applications of a new node stored`, budget: null, unit: 'ms', values: storing };
  return Promise.resolve({ figures: [stored, ...figures], notes: [] });
}

export const inventorySearch: Bench = {
  name: 'inventory-search',
  about: 'who has which application in which version, with 500 applications on 10,000 nodes',
  unable: () => null,
  run,
};
