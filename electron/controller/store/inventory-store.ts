import { sql } from 'kysely';
import * as z from 'zod';
import { NodeId } from '../../../agent/protocol/ids.ts';
import type { InventoryEntry } from '../../../agent/protocol/inventory.ts';
import type { CustomInventoryType, InventoryDeletion, InventoryItem } from '../../domain/inventory.ts';
import { wholeEntry } from '../../domain/inventory.ts';
import { TotalRow } from './column.ts';
import type { Database } from './database.ts';
import { CustomTypeRow, DeletionRow, EntryRow, ITEM_COLUMNS, ItemRow, ValueRow, VersionCountRow } from './inventory-rows.ts';
import { inventorySearch } from './inventory-search.ts';
import { inventoryWriting } from './inventory-writing.ts';
import type { Placeholders, Statements } from './statement.ts';
import { columnsOf } from './statement.ts';

type OfNode = { nodeId: NodeId };
type OfItem = OfNode & { typeName: string };

const NodeIdRow = z.object({ nodeId: NodeId });
const NameRow = z.object({ name: z.string() });

export type InventoryStore = ReturnType<typeof openInventoryStore>;

/** What nodes are made of, by node and type, and over all nodes. */
export function openInventoryStore({ statements, transaction }: Database) {
  const writing = inventoryWriting(statements);
  const items = itemQueries(statements);
  const values = valueQueries(statements);
  const custom = customTypes(statements);
  const remove = (found: readonly OfItem[]): number =>
    transaction(() => {
      for (const { nodeId, typeName } of found) writing.remove({ nodeId, typeName });
      return found.length;
    });
  return {
    ...inventorySearch(statements),
    ...custom,
    put: (item: InventoryItem, content: readonly InventoryEntry[]): void => transaction(() => writing.put(item, content)),
    confirm: writing.confirm,
    removeNode: writing.removeNode,
    item: (nodeId: NodeId, typeName: string): InventoryItem | null => items.one.get({ nodeId, typeName }),
    items: (nodeId: NodeId): InventoryItem[] => items.ofNode.all({ nodeId }),
    entries: (nodeId: NodeId, typeName: string): InventoryEntry[] =>
      items.entries.all({ nodeId, typeName }).map(({ content, own }) => wholeEntry(typeName, content, own)),
    /** What nodes have of a type, each value once; those of nodes that are gone among them. */
    values: (typeName: string) => values.ofType.each({ typeName }),
    nodesWith: (valueNumbers: readonly number[]): NodeId[] => values.nodes.all({ values: valueNumbers }).map(({ nodeId }) => nodeId),
    nodesWithType: (typeName: string): NodeId[] => items.nodes.all({ typeName }).map(({ nodeId }) => nodeId),
    /** Registered nodes of which anything is known. */
    countInventoried: (): number => items.inventoried.get()?.total ?? 0,
    /** Nodes that are gone, of which something is kept. */
    goneNodes: (): NodeId[] => items.gone.all().map(({ nodeId }) => nodeId),
    attributeNames: (typeName: string): string[] => values.attributes.all({ typeName }).map(({ name }) => name),
    /** How many nodes have a type in which schema version. */
    versionCounts: (typeName: string) => items.versions.all({ typeName }),
    removeType: (typeName: string): number => remove(items.ofType.all({ typeName })),
    /** What was not confirmed since then. Answers how many items it was. */
    removeUnheard: (before: Date): number => remove(items.unheard.all({ before })),
  };
}

function itemQueries(statements: Statements) {
  return {
    one: statements.query(ItemRow, (db, p: Placeholders<OfItem>) =>
      db.selectFrom('inventoryItem').select(ITEM_COLUMNS).where('nodeId', '=', p.nodeId).where('typeName', '=', p.typeName),
    ),
    ofNode: statements.query(ItemRow, (db, p: Placeholders<OfNode>) =>
      db.selectFrom('inventoryItem').select(ITEM_COLUMNS).where('nodeId', '=', p.nodeId).orderBy('typeName'),
    ),
    ofType: statements.query(ItemRow, (db, p: Placeholders<{ typeName: string }>) =>
      db.selectFrom('inventoryItem').select(ITEM_COLUMNS).where('typeName', '=', p.typeName),
    ),
    unheard: statements.query(ItemRow, (db, p: Placeholders<{ before: Date }>) =>
      db.selectFrom('inventoryItem').select(ITEM_COLUMNS).where('receivedAt', '<', p.before),
    ),
    nodes: statements.query(NodeIdRow, (db, p: Placeholders<{ typeName: string }>) =>
      db.selectFrom('inventoryItem').select('nodeId').where('typeName', '=', p.typeName),
    ),
    gone: statements.query(NodeIdRow, (db, _p: Placeholders<object>) =>
      db.selectFrom('inventoryItem').select('nodeId').distinct().where('isGone', '=', true),
    ),
    inventoried: statements.query(TotalRow, (db, _p: Placeholders<object>) =>
      db.selectFrom('inventoryItem').select(sql<number>`count(distinct nodeId)`.as('total')).where('isGone', '=', false),
    ),
    versions: statements.query(VersionCountRow, (db, p: Placeholders<{ typeName: string }>) =>
      db
        .selectFrom('inventoryItem')
        .select(['schemaVersion as version', (eb) => eb.fn.countAll<number>().as('count')])
        .where('typeName', '=', p.typeName)
        .groupBy('schemaVersion')
        .orderBy('schemaVersion'),
    ),
    /** By the names of what they are about, which is how people look for them. */
    entries: statements.query(EntryRow, (db, p: Placeholders<OfItem>) =>
      db
        .selectFrom('inventoryItem')
        .innerJoin('inventoryEntry', 'inventoryEntry.itemNumber', 'inventoryItem.itemNumber')
        .innerJoin('inventoryValue', 'inventoryValue.valueNumber', 'inventoryEntry.valueNumber')
        .select(['content', 'own'])
        .where('nodeId', '=', p.nodeId)
        .where('inventoryItem.typeName', '=', p.typeName)
        .orderBy(sql`lower(content ->> 'Name')`)
        .orderBy('content')
        .orderBy('own'),
    ),
  };
}

function valueQueries(statements: Statements) {
  return {
    ofType: statements.query(ValueRow, (db, p: Placeholders<{ typeName: string }>) =>
      db.selectFrom('inventoryValue').select(['valueNumber', 'content', 'uses']).where('typeName', '=', p.typeName),
    ),
    nodes: statements.query(NodeIdRow, (db, p: Placeholders<{ values: readonly number[] }>) =>
      db
        .selectFrom('inventoryEntry')
        .innerJoin('inventoryItem', 'inventoryItem.itemNumber', 'inventoryEntry.itemNumber')
        .select('nodeId')
        .distinct()
        .where(sql<boolean>`inventoryEntry.valueNumber in (select value from json_each(${p.values}))`),
    ),
    attributes: statements.query(NameRow, (db, p: Placeholders<{ typeName: string }>) =>
      db
        .selectFrom(['inventoryValue', sql<{ key: string }>`json_each(inventoryValue.content)`.as('attribute')])
        .select('attribute.key as name')
        .distinct()
        .where('typeName', '=', p.typeName)
        .orderBy('attribute.key'),
    ),
  };
}

function customTypes(statements: Statements) {
  const put = statements.command((db, p: Placeholders<CustomInventoryType>) =>
    db
      .insertInto('inventoryCustomType')
      .values(columnsOf(p, ['typeName', 'schemaVersion', 'disabledVersion']))
      .onConflict((conflict) => conflict.doUpdateSet(columnsOf(p, ['schemaVersion', 'disabledVersion']))),
  );
  const remove = statements.command((db, p: Placeholders<{ typeName: string }>) =>
    db.deleteFrom('inventoryCustomType').where('typeName', '=', p.typeName),
  );
  const all = statements.query(CustomTypeRow, (db, _p: Placeholders<object>) =>
    db.selectFrom('inventoryCustomType').select(['typeName', 'schemaVersion', 'disabledVersion']).orderBy('typeName'),
  );
  const addDeletion = statements.command((db, p: Placeholders<InventoryDeletion>) =>
    db.insertInto('inventoryDeletion').values(columnsOf(p, ['deletionId', 'typeName', 'startedAt', 'summary'])),
  );
  const deletions = statements.query(DeletionRow, (db, _p: Placeholders<object>) =>
    db.selectFrom('inventoryDeletion').select(['deletionId', 'typeName', 'startedAt', 'summary']).orderBy('deletionId'),
  );
  return {
    customTypes: (): CustomInventoryType[] => all.all(),
    putCustomType: (type: CustomInventoryType): void => void put.run(type),
    removeCustomType: (typeName: string): void => void remove.run({ typeName }),
    addDeletion: (deletion: InventoryDeletion): void => void addDeletion.run(deletion),
    deletions: (): InventoryDeletion[] => deletions.all(),
  };
}
