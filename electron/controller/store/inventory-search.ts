import { sql } from 'kysely';
import * as z from 'zod';
import { NodeId } from '../../../agent/protocol/ids.ts';
import { APPLICATION_TYPE } from '../../domain/inventory-type.ts';
import { InstantColumn, TotalRow } from './column.ts';
import { ValueRow } from './inventory-rows.ts';
import { folded } from './node-columns.ts';
import type { Builder, Placeholders, Statements } from './statement.ts';

const HolderRow = z.object({
  nodeId: NodeId,
  nodeName: z.string(),
  captureTime: InstantColumn,
  receivedAt: InstantColumn,
  own: z.string(),
});
/** A node that has an entry, and when it said so. */
export type Holder = z.output<typeof HolderRow>;

const NodeRow = z.object({ nodeId: NodeId, nodeName: z.string(), receivedAt: InstantColumn.nullable() });
/** A node, and when it last told of its applications. */
export type InventoriedNode = z.output<typeof NodeRow>;

const NameRow = z.object({ nameFolded: z.string(), name: z.string() });

type Page = { offset: number; limit: number };
type Having = { values: readonly number[] };
type Since = { since: Date };

/** Nodes with one of these values. */
const itemsWith = (p: Placeholders<Having>) =>
  sql<number>`(select itemNumber from inventoryEntry where valueNumber in (select value from json_each(${p.values})))`;

const inventoriedNodes = (db: Builder) =>
  db
    .selectFrom('managedNode')
    .leftJoin('inventoryItem', (join) =>
      join.onRef('inventoryItem.nodeId', '=', 'managedNode.nodeId').on('inventoryItem.typeName', '=', APPLICATION_TYPE),
    )
    .where('managedNode.deregisteredAt', 'is', null);

/** Those that told of their applications lately, and had none of these. */
const without = (db: Builder, p: Placeholders<Having & Since>) =>
  inventoriedNodes(db).where('inventoryItem.receivedAt', '>=', p.since).where('inventoryItem.itemNumber', 'not in', itemsWith(p));

/** Those of which nothing was heard lately, and that had none of these when they told of them last. */
const unknown = (db: Builder, p: Placeholders<Having & Since>) =>
  inventoriedNodes(db).where((eb) =>
    eb.or([
      eb('inventoryItem.itemNumber', 'is', null),
      eb.and([eb('inventoryItem.receivedAt', '<', p.since), eb('inventoryItem.itemNumber', 'not in', itemsWith(p))]),
    ]),
  );

/** Applications over all nodes: by their values, which are few, and only then by who has them. */
export function inventorySearch(statements: Statements) {
  const applicationsBy = (match: 'name' | 'part') =>
    statements.query(ValueRow, (db, p: Placeholders<{ name: string }>) =>
      db
        .selectFrom('inventoryApplication')
        .innerJoin('inventoryValue', 'inventoryValue.valueNumber', 'inventoryApplication.valueNumber')
        .select(['inventoryValue.valueNumber', 'content', 'uses'])
        .$if(match === 'name', (query) => query.where('nameFolded', '=', p.name))
        .$if(match === 'part', (query) => query.where(sql<boolean>`instr(nameFolded, ${p.name}) > 0`))
        .where('uses', '>', 0),
    );
  const [named, containing] = [applicationsBy('name'), applicationsBy('part')];
  const holders = holderQueries(statements);
  const nodes = nodeQueries(statements);
  const names = nameQuery(statements);
  return {
    /** All values of applications of this name, or whose name contains it, that a registered node has. */
    applications: (name: string, match: 'equals' | 'contains') =>
      (match === 'equals' ? named : containing).all({ name: folded(name.trim()) }),
    holders: (valueNumber: number, page: Page): Holder[] => holders.all({ valueNumber, ...page }),
    countHolders: (values: readonly number[]): number => nodes.holders.get({ values })?.total ?? 0,
    countWithout: (values: readonly number[], since: Date): number => nodes.countWithout.get({ values, since })?.total ?? 0,
    countUnknown: (values: readonly number[], since: Date): number => nodes.countUnknown.get({ values, since })?.total ?? 0,
    nodesWithout: (values: readonly number[], since: Date, page: Page): InventoriedNode[] => nodes.without.all({ values, since, ...page }),
    nodesUnknown: (values: readonly number[], since: Date, page: Page): InventoriedNode[] => nodes.unknown.all({ values, since, ...page }),
    /** Names that contain the text, those first that begin with it. */
    applicationNames: (text: string, limit: number): string[] => names.all({ text: folded(text.trim()), limit }).map(({ name }) => name),
  };
}

function holderQueries(statements: Statements) {
  return statements.query(HolderRow, (db, p: Placeholders<{ valueNumber: number } & Page>) =>
    db
      .selectFrom('inventoryEntry')
      .innerJoin('inventoryItem', 'inventoryItem.itemNumber', 'inventoryEntry.itemNumber')
      .innerJoin('managedNode', 'managedNode.nodeId', 'inventoryItem.nodeId')
      .select(['managedNode.nodeId', 'managedNode.name as nodeName', 'captureTime', 'receivedAt', 'own'])
      .where('inventoryEntry.valueNumber', '=', p.valueNumber)
      .where('isGone', '=', false)
      .orderBy('managedNode.nameOrder')
      .orderBy('managedNode.nodeId')
      .orderBy('own')
      .limit(p.limit)
      .offset(p.offset),
  );
}

function nodeQueries(statements: Statements) {
  const columns = ['managedNode.nodeId', 'managedNode.name as nodeName', 'inventoryItem.receivedAt'] as const;
  return {
    holders: statements.query(TotalRow, (db, p: Placeholders<Having>) =>
      db
        .selectFrom('inventoryItem')
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .where('isGone', '=', false)
        .where('itemNumber', 'in', itemsWith(p)),
    ),
    countWithout: statements.query(TotalRow, (db, p: Placeholders<Having & Since>) =>
      without(db, p).select((eb) => eb.fn.countAll<number>().as('total')),
    ),
    countUnknown: statements.query(TotalRow, (db, p: Placeholders<Having & Since>) =>
      unknown(db, p).select((eb) => eb.fn.countAll<number>().as('total')),
    ),
    without: statements.query(NodeRow, (db, p: Placeholders<Having & Since & Page>) =>
      without(db, p).select(columns).orderBy('nameOrder').orderBy('managedNode.nodeId').limit(p.limit).offset(p.offset),
    ),
    unknown: statements.query(NodeRow, (db, p: Placeholders<Having & Since & Page>) =>
      unknown(db, p).select(columns).orderBy('nameOrder').orderBy('managedNode.nodeId').limit(p.limit).offset(p.offset),
    ),
  };
}

function nameQuery(statements: Statements) {
  return statements.query(NameRow, (db, p: Placeholders<{ text: string; limit: number }>) =>
    db
      .selectFrom('inventoryApplication')
      .innerJoin('inventoryValue', 'inventoryValue.valueNumber', 'inventoryApplication.valueNumber')
      .select(['nameFolded', sql<string>`min(content ->> 'Name')`.as('name')])
      .where(sql<boolean>`instr(nameFolded, ${p.text}) > 0`)
      .where('uses', '>', 0)
      .groupBy('nameFolded')
      .orderBy(sql`instr(nameFolded, ${p.text}) > 1`)
      .orderBy('nameFolded')
      .limit(p.limit),
  );
}
