import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InventoryEntry } from '../../../../agent/protocol/inventory.ts';
import { fleetFacts, searchInventory } from '../../../../electron/controller/operations/search-inventory.ts';
import type { InventorySearch } from '../../../../electron/domain/inventory-search.ts';
import { compareWithAsked } from '../../../../electron/domain/version-comparison.ts';
import { NOW } from './instants.ts';
import { insertNodes, nodeId } from './stored-things.ts';
import { temporaryStores } from './temporary-database.ts';

const NODES = [1, 2, 3, 4];
const anApplication = fc.record({
  Name: fc.constantFrom('openssl', 'OpenSSL-dev', 'zsh'),
  Version: fc.constantFrom('1.9', '1.10', '3.0'),
  InstalledTime: fc.constantFrom('2025', '2026'),
});
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('put' as const),
      node: fc.constantFrom(...NODES),
      content: fc.array(anApplication, { maxLength: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deregister' as const), node: fc.constantFrom(...NODES) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('expire' as const), node: fc.constantFrom(...NODES) }) },
);
const search: fc.Arbitrary<InventorySearch> = fc.record({
  name: fc.constantFrom('openssl', 'zsh', 'none'),
  match: fc.constantFrom('equals', 'contains'),
  comparator: fc.constantFrom('any', 'older', 'newer', 'equals'),
  version: fc.constantFrom('1.10', '2', ''),
});

const isNamed = ({ Name = '' }: InventoryEntry, { name, match }: InventorySearch): boolean =>
  match === 'equals' ? Name.toLowerCase() === name : Name.toLowerCase().includes(name);

function isSought({ Version = '' }: InventoryEntry, { comparator, version }: InventorySearch): boolean {
  if (comparator === 'any' || version === '') return true;
  const order = compareWithAsked(Version, version, 'plain');
  return { older: order < 0, newer: order > 0, equals: order === 0 }[comparator];
}

const distinct = (content: readonly InventoryEntry[]): InventoryEntry[] => [
  ...new Map(content.map((entry) => [JSON.stringify(entry), entry])).values(),
];

test('whatever nodes tell, and whichever of them go, a search finds exactly what a look at every entry finds, and nothing is kept that nobody has', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), search, (steps, sought) => {
      const stores = temporaryStores();
      const { inventory, database } = stores;
      insertNodes(stores, NODES.length);
      const told = new Map<number, InventoryEntry[]>();
      const gone = new Set<number>();
      for (const made of steps) {
        if (gone.has(made.node)) continue;
        const of = { nodeId: nodeId(made.node), typeName: 'AWS:Application' };
        if (made.kind === 'put') {
          const facts = {
            schemaVersion: '1.1',
            captureTime: NOW,
            receivedAt: NOW,
            contentHash: null,
            bytes: 1,
            entries: made.content.length,
          };
          inventory.put({ ...of, ...facts }, made.content);
          told.set(made.node, distinct(made.content));
        } else if (made.kind === 'deregister') {
          inventory.removeNode(of.nodeId);
          stores.nodes.deregister(of.nodeId, NOW);
          gone.add(made.node);
        } else {
          inventory.confirm({ ...of, captureTime: NOW, receivedAt: new Date(0) });
          inventory.removeUnheard(new Date(1));
          told.delete(made.node);
        }
      }
      const context = { stores, clock: { now: () => NOW, wakeAt: () => () => undefined } };
      const question = { ...sought, freshDays: 7 };
      const live = NODES.filter((node) => !gone.has(node));
      const having = (isMet: (entry: InventoryEntry) => boolean) => live.filter((node) => told.get(node)?.some(isMet));
      const withSought = having((entry) => isNamed(entry, sought) && isSought(entry, sought));
      const withAny = having((entry) => isNamed(entry, sought));
      expect(fleetFacts(context, question).counts).toEqual({
        sought: withSought.length,
        others: withAny.length - withSought.length,
        without: live.filter((node) => told.has(node) && !withAny.includes(node)).length,
        unknown: live.filter((node) => !told.has(node)).length,
      });
      // Page by page, as a list is scrolled.
      const first = searchInventory(context, question, { share: 'sought', offset: 0, limit: 2 });
      const rest = searchInventory(context, question, { share: 'sought', offset: 2, limit: 200 });
      const rows = [...first.rows, ...rest.rows].map(
        ({ nodeId: id, application, installedTime }) => `${id} ${application?.name} ${application?.version} ${installedTime}`,
      );
      const wanted = live.flatMap((node) =>
        (told.get(node) ?? [])
          .filter((entry) => isNamed(entry, sought) && isSought(entry, sought))
          .map(({ Name, Version, InstalledTime }) => `${nodeId(node)} ${Name} ${Version} ${InstalledTime}`),
      );
      expect(rows.toSorted()).toEqual(wanted.toSorted());
      expect(first.total).toBe(wanted.length);
      const kept = new Set([...told.values()].flat().map(({ Name, Version }) => `${Name} ${Version}`));
      expect([...inventory.values('AWS:Application')].map(({ content }) => `${content.Name} ${content.Version}`).toSorted()).toEqual(
        [...kept].toSorted(),
      );
      database.close();
    }),
    { numRuns: 25 },
  );
});
