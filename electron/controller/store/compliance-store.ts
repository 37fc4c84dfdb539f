import { sql } from 'kysely';
import * as z from 'zod';
import type { NodeId } from '../../../agent/protocol/ids.ts';
import { AssociationId } from '../../../agent/protocol/ids.ts';
import { ComplianceItem, ComplianceSeverity, ComplianceStatus } from '../../domain/compliance.ts';
import { InstantColumn, TotalRow } from './column.ts';
import type { Database } from './database.ts';
import type { Builder, Placeholders, Statements } from './statement.ts';
import { columnsOf, perChoice } from './statement.ts';

const ItemRow = z.object({ ...ComplianceItem.shape, since: InstantColumn, capturedAt: InstantColumn });
const NamedItemRow = z.object({ ...ItemRow.shape, nodeName: z.string() });
const CountRow = z.object({ status: ComplianceStatus, items: z.number() });
const NonCompliantRow = z.object({
  associationId: AssociationId,
  title: z.string(),
  severity: ComplianceSeverity,
  nodes: z.number(),
  since: InstantColumn,
});

export type NamedComplianceItem = z.output<typeof NamedItemRow>;
export type NonCompliantAssociation = z.output<typeof NonCompliantRow>;

export type CompliancePageQuery = {
  nodeId: NodeId | null;
  associationId: AssociationId | null;
  status: ComplianceStatus | null;
  offset: number;
  limit: number;
};

const ITEM_COLUMNS = ComplianceItem.keyof().options;

const RANK: Record<ComplianceSeverity, number> = { CRITICAL: 0, HIGH: 1, MEDIUM: 2, LOW: 3, UNSPECIFIED: 4 };

type OfNode = { nodeId: NodeId };
type OfAssociation = { associationId: AssociationId };
type Ranked = { severityRank: number };
type Label = OfAssociation & Ranked & Pick<ComplianceItem, 'severity' | 'title'>;

export type ComplianceStore = ReturnType<typeof openComplianceStore>;

/** How each association stands on each node. */
export function openComplianceStore({ statements }: Database) {
  const read = complianceQueries(statements);
  const write = complianceCommands(statements);
  return {
    ...complianceCounts(statements),
    page: compliancePages(statements),
    /** `since` stays that of the item before when its status is the same. */
    put(item: ComplianceItem): void {
      write.put.run({ ...item, severityRank: RANK[item.severity] });
    },
    find: (nodeId: NodeId, associationId: AssociationId): ComplianceItem | null => read.find.get({ nodeId, associationId }),
    ofNode: (nodeId: NodeId): ComplianceItem[] => read.ofNode.all({ nodeId }),
    setSeverity(associationId: AssociationId, severity: ComplianceSeverity, title: string): void {
      write.setSeverity.run({ associationId, severity, severityRank: RANK[severity], title });
    },
    removeAssociation(associationId: AssociationId): void {
      write.removeAssociation.run({ associationId });
    },
    removeNode(nodeId: NodeId): void {
      write.removeNode.run({ nodeId });
    },
    remove(nodeId: NodeId, associationId: AssociationId): void {
      write.remove.run({ nodeId, associationId });
    },
  };
}

function complianceQueries(statements: Statements) {
  return {
    find: statements.query(ItemRow, (db, p: Placeholders<OfNode & OfAssociation>) =>
      db.selectFrom('complianceItem').select(ITEM_COLUMNS).where('nodeId', '=', p.nodeId).where('associationId', '=', p.associationId),
    ),
    ofNode: statements.query(ItemRow, (db, p: Placeholders<OfNode>) =>
      db.selectFrom('complianceItem').select(ITEM_COLUMNS).where('nodeId', '=', p.nodeId).orderBy('title').orderBy('associationId'),
    ),
  };
}

function complianceCommands(statements: Statements) {
  return {
    put: statements.command((db, p: Placeholders<ComplianceItem & Ranked>) =>
      db
        .insertInto('complianceItem')
        .values(columnsOf(p, [...ITEM_COLUMNS, 'severityRank']))
        .onConflict((conflict) =>
          conflict.doUpdateSet((eb) => ({
            ...columnsOf(p, [
              'title',
              'severity',
              'severityRank',
              'status',
              'documentName',
              'documentVersion',
              'executionId',
              'capturedAt',
            ]),
            since: eb
              .case()
              .when('complianceItem.status', '=', eb.ref('excluded.status'))
              .then(eb.ref('complianceItem.since'))
              .else(eb.ref('excluded.since'))
              .end(),
          })),
        ),
    ),
    setSeverity: statements.command((db, p: Placeholders<Label>) =>
      db
        .updateTable('complianceItem')
        .set(columnsOf(p, ['severity', 'severityRank', 'title']))
        .where('associationId', '=', p.associationId)
        .where((eb) => eb.or([eb('severity', '<>', p.severity), eb('title', '<>', p.title)])),
    ),
    removeAssociation: statements.command((db, p: Placeholders<OfAssociation>) =>
      db.deleteFrom('complianceItem').where('associationId', '=', p.associationId),
    ),
    removeNode: statements.command((db, p: Placeholders<OfNode>) => db.deleteFrom('complianceItem').where('nodeId', '=', p.nodeId)),
    remove: statements.command((db, p: Placeholders<OfNode & OfAssociation>) =>
      db.deleteFrom('complianceItem').where('nodeId', '=', p.nodeId).where('associationId', '=', p.associationId),
    ),
  };
}

function complianceCounts(statements: Statements) {
  const ofAssociation = statements.query(CountRow, (db, p: Placeholders<OfAssociation>) =>
    db.selectFrom('complianceCount').select(['status', 'items']).where('associationId', '=', p.associationId),
  );
  // One look per node: the items of a node are many, and that there is one is enough.
  const nodesWithItems = statements.query(TotalRow, (db) =>
    db
      .selectFrom('managedNode')
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .where((eb) =>
        eb.exists(eb.selectFrom('complianceItem').select('status').whereRef('complianceItem.nodeId', '=', 'managedNode.nodeId')),
      ),
  );
  const nonCompliantNodes = statements.query(TotalRow, (db) =>
    db
      .selectFrom('complianceItem')
      .select((eb) => eb.fn.count<number>('nodeId').distinct().as('total'))
      .where('status', '=', 'NON_COMPLIANT'),
  );
  const nonCompliant = statements.query(NonCompliantRow, (db) =>
    db
      .selectFrom('complianceItem')
      .select((eb) => ['associationId', 'title', 'severity', eb.fn.countAll<number>().as('nodes'), eb.fn.min('since').as('since')])
      .where('status', '=', 'NON_COMPLIANT')
      .groupBy('associationId')
      .orderBy('severityRank')
      .orderBy('since')
      .orderBy('associationId'),
  );
  return {
    countsOf(associationId: AssociationId): { compliant: number; nonCompliant: number } {
      const items = new Map(ofAssociation.all({ associationId }).map((row) => [row.status, row.items]));
      return { compliant: items.get('COMPLIANT') ?? 0, nonCompliant: items.get('NON_COMPLIANT') ?? 0 };
    },
    /** Nodes by their compliance; a node without an item is in neither. */
    nodeCounts(): { compliantNodes: number; nonCompliantNodes: number } {
      const nonCompliant = nonCompliantNodes.get()?.total ?? 0;
      return { compliantNodes: (nodesWithItems.get()?.total ?? 0) - nonCompliant, nonCompliantNodes: nonCompliant };
    },
    /** The most severe first, then the longest standing. `since` is when the first of its nodes became non-compliant. */
    nonCompliantAssociations: (): NonCompliantAssociation[] => nonCompliant.all(),
  };
}

type Filter = Pick<CompliancePageQuery, 'nodeId' | 'associationId' | 'status'>;
/** Which filters are set. */
type Choice = { [Name in keyof Filter]: boolean };

/** Non-compliant first, then by severity, then oldest first. */
function compliancePages(statements: Statements) {
  const matching = (db: Builder, p: Placeholders<Filter>, choice: Choice) =>
    db
      .selectFrom('complianceItem')
      .$if(choice.nodeId, (query) => query.where('nodeId', '=', p.nodeId))
      .$if(choice.associationId, (query) => query.where('associationId', '=', p.associationId))
      // A node has few items: the plus keeps SQLite from walking all items in the order of the page to find them.
      .$if(choice.status, (query) => query.where(choice.nodeId ? sql`+${sql.ref('status')}` : 'status', '=', p.status));
  const prepared = perChoice((choice: Choice) => ({
    rows: statements.query(NamedItemRow, (db, p: Placeholders<Filter & { offset: number; limit: number }>) =>
      db
        .selectFrom(
          matching(db, p, choice)
            .select(['nodeId', 'associationId', 'status', 'severityRank', 'since'])
            .orderBy('status', 'desc')
            .orderBy('severityRank')
            .orderBy('since')
            .limit(p.limit)
            .offset(p.offset)
            .as('page'),
        )
        .innerJoin('complianceItem', (join) =>
          join.onRef('complianceItem.nodeId', '=', 'page.nodeId').onRef('complianceItem.associationId', '=', 'page.associationId'),
        )
        .innerJoin('managedNode', 'managedNode.nodeId', 'page.nodeId')
        .select([...ITEM_COLUMNS.map((column) => `complianceItem.${column}` as const), 'managedNode.name as nodeName'])
        .orderBy('page.status', 'desc')
        .orderBy('page.severityRank')
        .orderBy('page.since'),
    ),
    total: statements.query(TotalRow, (db, p: Placeholders<Filter>) =>
      matching(db, p, choice).select((eb) => eb.fn.countAll<number>().as('total')),
    ),
  }));
  return ({ nodeId, associationId, status, offset, limit }: CompliancePageQuery): { rows: NamedComplianceItem[]; total: number } => {
    const { rows, total } = prepared({ nodeId: nodeId !== null, associationId: associationId !== null, status: status !== null });
    const filter = { nodeId, associationId, status };
    return { rows: rows.all({ ...filter, offset, limit }), total: total.get(filter)?.total ?? 0 };
  };
}
