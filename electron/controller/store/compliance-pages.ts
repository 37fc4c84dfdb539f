import { sql } from 'kysely';
import * as z from 'zod';
import { NodeId } from '../../../agent/protocol/ids.ts';
import type { ItemSeverity } from '../../domain/compliance.ts';
import { ComplianceStatus, ComplianceType } from '../../domain/compliance.ts';
import { severityRank } from '../../domain/compliance-summary.ts';
import { InstantColumn, TotalRow } from './column.ts';
import { ItemRow, itemsOf, RESOURCE_COLUMNS, ResourceRow, SeverityOfRank } from './compliance-rows.ts';
import { folded } from './node-columns.ts';
import type { Schema } from './schema.ts';
import type { Builder, Placeholders, Query, Statements } from './statement.ts';
import { perChoice } from './statement.ts';

const NamedItemRow = z.object({ ...ItemRow.shape, nodeName: z.string() });
const NamedResourceRow = z.object({ ...ResourceRow.shape, nodeName: z.string() });
const SubjectRow = z.object({
  complianceType: ComplianceType,
  itemId: z.string(),
  title: z.string(),
  severity: SeverityOfRank,
  status: ComplianceStatus,
  compliant: z.number(),
  nonCompliant: z.number(),
  since: InstantColumn,
});

const KeyRow = z.object({ nodeId: NodeId, complianceType: z.string(), itemId: z.string(), status: ComplianceStatus });

export type ComplianceKey = z.output<typeof KeyRow>;
export type NamedComplianceItem = z.output<typeof NamedItemRow>;
export type NamedComplianceResource = z.output<typeof NamedResourceRow>;
/** One item over all nodes that have it. */
export type ComplianceSubject = z.output<typeof SubjectRow>;

export type ComplianceFilter = {
  complianceType: ComplianceType | null;
  itemId: string | null;
  nodeId: NodeId | null;
  status: ComplianceStatus | null;
  severity: ItemSeverity | null;
  /** In the item's title and id, and in what a node is found by. */
  search: string;
};
export type CompliancePageQuery = ComplianceFilter & { offset: number; limit: number };

/** Which filters are set. */
type Choice = Record<keyof ComplianceFilter, boolean>;
type Given = Omit<ComplianceFilter, 'severity'> & { rank: number };
type Page = Given & { offset: number; limit: number };

const instrOf = (column: 'title' | 'itemId', search: Placeholders<Given>['search']) =>
  sql<boolean>`instr(lower(${sql.ref(column)}), ${search}) > 0`;

/** Nodes are found by what they are called once, before items are looked at. */
const nodesFound = (db: Builder, search: Placeholders<Given>['search']) =>
  db
    .selectFrom('managedNode')
    .select('managedNode.nodeId')
    .where('deregisteredAt', 'is', null)
    .where(sql<boolean>`instr(searchText, ${search}) > 0`);

/** So are the few things that many items are about. */
const isOfSubjectFound = (db: Builder, search: Placeholders<Given>['search']) =>
  sql<boolean>`(${sql.ref('complianceItem.complianceType')}, ${sql.ref('complianceItem.itemId')}) in ${db
    .selectFrom('complianceSubject')
    .select(['complianceType', 'itemId'])
    .where((eb) => eb.or([instrOf('title', search), instrOf('itemId', search)]))}`;

/** The column as a value that no index serves: SQLite would walk all items by a status, to find the few of a node or a type. */
const unindexed = <Column extends 'complianceType' | 'status' | 'severityRank'>(column: Column) =>
  sql<Schema['complianceItem'][Column]>`+${sql.ref(column)}`;

/** `urgency`: items are walked in the order of the page; `key`: they are found by what they are of. */
type Walk = 'urgency' | 'key';

/** By everything but the search. */
function filteredItems(db: Builder, p: Placeholders<Given>, { choice, walk }: { choice: Choice; walk: Walk }) {
  const byKey = choice.nodeId || walk === 'key';
  return db
    .selectFrom('complianceItem')
    .$if(choice.nodeId, (query) => query.where('nodeId', '=', p.nodeId))
    .$if(choice.itemId, (query) => query.where('complianceType', '=', p.complianceType).where('itemId', '=', p.itemId))
    .$if(choice.complianceType && !choice.itemId, (query) => query.where(unindexed('complianceType'), '=', p.complianceType))
    .$if(choice.status, (query) => query.where(byKey ? unindexed('status') : 'status', '=', p.status))
    .$if(choice.severity, (query) => query.where(byKey ? unindexed('severityRank') : 'severityRank', '=', p.rank));
}

const isOfNodeFound = (db: Builder, search: Placeholders<Given>['search']) =>
  sql<boolean>`${sql.ref('complianceItem.nodeId')} in ${nodesFound(db, search)}`;

const matchingItems = (db: Builder, p: Placeholders<Given>, choice: Choice) =>
  filteredItems(db, p, { choice, walk: 'urgency' }).$if(choice.search, (query) =>
    query.where((eb) => eb.or([isOfSubjectFound(db, p.search), isOfNodeFound(db, p.search)])),
  );

/** A search finds few things and nodes: their items are counted, not all items looked at. */
function totalOfItems(db: Builder, p: Placeholders<Given>, choice: Choice) {
  const total = sql<number>`count(*)`.as('total');
  if (!choice.search || choice.nodeId || choice.itemId) return matchingItems(db, p, choice).select(total);
  const few = filteredItems(db, p, { choice, walk: 'key' });
  const ofSubjects = few.where(isOfSubjectFound(db, p.search)).select(total);
  const ofNodesAlone = few
    .where(isOfNodeFound(db, p.search))
    .where((eb) => eb.not(isOfSubjectFound(db, p.search)))
    .select(total);
  return db.selectNoFrom([sql<number>`${ofSubjects} + ${ofNodesAlone}`.as('total')]);
}

function itemRows(db: Builder, p: Placeholders<Page>, choice: Choice) {
  const page = matchingItems(db, p, choice)
    .select(['nodeId as pageNodeId', 'complianceType as pageType', 'itemId as pageItemId'])
    .select(['status as pageStatus', 'severityRank as pageRank', 'since as pageSince'])
    .orderBy('status', 'desc')
    .orderBy('severityRank')
    .orderBy('since')
    .limit(p.limit)
    .offset(p.offset)
    .as('page');
  return itemsOf(db)
    .innerJoin(page, (join) =>
      join
        .onRef('page.pageNodeId', '=', 'complianceItem.nodeId')
        .onRef('page.pageType', '=', 'complianceItem.complianceType')
        .onRef('page.pageItemId', '=', 'complianceItem.itemId'),
    )
    .innerJoin('managedNode', 'managedNode.nodeId', 'page.pageNodeId')
    .select('managedNode.name as nodeName')
    .orderBy('page.pageStatus', 'desc')
    .orderBy('page.pageRank')
    .orderBy('page.pageSince');
}

const matchingResources = (db: Builder, p: Placeholders<Given>, choice: Choice) =>
  db
    .selectFrom('complianceResource')
    .$if(choice.nodeId, (query) => query.where('complianceResource.nodeId', '=', p.nodeId))
    .$if(choice.complianceType, (query) => query.where('complianceResource.complianceType', '=', p.complianceType))
    .$if(choice.status, (query) => query.where('complianceResource.status', '=', p.status))
    .$if(choice.severity, (query) => query.where('complianceResource.severityRank', '=', p.rank))
    .$if(choice.itemId, (query) =>
      query.where((eb) =>
        eb.exists(
          eb
            .selectFrom('complianceItem')
            .select('complianceItem.itemId')
            .whereRef('complianceItem.nodeId', '=', 'complianceResource.nodeId')
            .whereRef('complianceItem.complianceType', '=', 'complianceResource.complianceType')
            .where('complianceItem.itemId', '=', p.itemId),
        ),
      ),
    )
    .$if(choice.search, (query) => query.where('complianceResource.nodeId', 'in', nodesFound(db, p.search)));

const resourceRows = (db: Builder, p: Placeholders<Page>, choice: Choice) =>
  matchingResources(db, p, choice)
    .innerJoin('managedNode', 'managedNode.nodeId', 'complianceResource.nodeId')
    .select(RESOURCE_COLUMNS.map((column) => `complianceResource.${column}` as const))
    .select('managedNode.name as nodeName')
    .orderBy('complianceResource.status', 'desc')
    .orderBy('complianceResource.severityRank')
    .orderBy('complianceResource.since')
    .limit(p.limit)
    .offset(p.offset);

const matchingSubjects = (db: Builder, p: Placeholders<Given>, choice: Choice) =>
  db
    .selectFrom('complianceSubject')
    .$if(choice.complianceType, (query) => query.where('complianceType', '=', p.complianceType))
    .$if(choice.itemId, (query) => query.where('itemId', '=', p.itemId))
    .$if(choice.status, (query) => query.where('status', '=', p.status))
    .$if(choice.severity, (query) => query.where('severityRank', '=', p.rank))
    .$if(choice.nodeId, (query) =>
      query.where((eb) =>
        eb.exists(
          eb
            .selectFrom('complianceItem')
            .select('complianceItem.itemId')
            .where('complianceItem.nodeId', '=', p.nodeId)
            .whereRef('complianceItem.complianceType', '=', 'complianceSubject.complianceType')
            .whereRef('complianceItem.itemId', '=', 'complianceSubject.itemId'),
        ),
      ),
    )
    .$if(choice.search, (query) => query.where((eb) => eb.or([instrOf('title', p.search), instrOf('itemId', p.search)])));

const subjectRows = (db: Builder, p: Placeholders<Page>, choice: Choice) =>
  matchingSubjects(db, p, choice)
    .select(['complianceType', 'itemId', 'title', 'status', 'severityRank as severity', 'since', 'compliant', 'nonCompliant'])
    .orderBy('status', 'desc')
    .orderBy('severityRank')
    .orderBy('since')
    .limit(p.limit)
    .offset(p.offset);

/** Everywhere non-compliant first, then the most severe, then the oldest. */
export function compliancePages(statements: Statements) {
  const items = perChoice((choice: Choice) => ({
    rows: statements.query(NamedItemRow, (db, p: Placeholders<Page>) => itemRows(db, p, choice)),
    total: statements.query(TotalRow, (db, p: Placeholders<Given>) => totalOfItems(db, p, choice)),
  }));
  const resources = perChoice((choice: Choice) => ({
    rows: statements.query(NamedResourceRow, (db, p: Placeholders<Page>) => resourceRows(db, p, choice)),
    total: statements.query(TotalRow, (db, p: Placeholders<Given>) =>
      matchingResources(db, p, choice).select((eb) => eb.fn.countAll<number>().as('total')),
    ),
  }));
  const ofSubjects = perChoice((choice: Choice) => ({
    rows: statements.query(SubjectRow, (db, p: Placeholders<Page>) => subjectRows(db, p, choice)),
    total: statements.query(TotalRow, (db, p: Placeholders<Given>) =>
      matchingSubjects(db, p, choice).select((eb) => eb.fn.countAll<number>().as('total')),
    ),
  }));
  const keys = perChoice((choice: Choice) =>
    statements.query(KeyRow, (db, p: Placeholders<Given>) =>
      matchingItems(db, p, choice).select(['nodeId', 'complianceType', 'itemId', 'status']),
    ),
  );
  return {
    /** Which items there are, all of them. */
    keys: (filter: ComplianceFilter): ComplianceKey[] => keys(choiceOf(filter)).all(givenOf(filter)),
    page: (query: CompliancePageQuery): Paged<NamedComplianceItem> => paged(items, query),
    /** Nodes by what the items of each type come to. */
    resourcePage: (query: CompliancePageQuery): Paged<NamedComplianceResource> => paged(resources, query),
    /** Items over all nodes. A search looks at items alone. */
    subjectPage: (query: CompliancePageQuery): Paged<ComplianceSubject> => paged(ofSubjects, query),
  };
}

type Paged<Row> = { rows: Row[]; total: number };
type Prepared<Row> = { rows: Query<Page, Row>; total: Query<Given, { total: number }> };

function paged<Row>(prepared: (choice: Choice) => Prepared<Row>, query: CompliancePageQuery): Paged<Row> {
  const { offset, limit } = query;
  const { rows, total } = prepared(choiceOf(query));
  const given = givenOf(query);
  return { rows: rows.all({ ...given, offset, limit }), total: total.get(given)?.total ?? 0 };
}

const choiceOf = ({ complianceType, itemId, nodeId, status, severity, search }: ComplianceFilter): Choice => ({
  complianceType: complianceType !== null,
  itemId: itemId !== null,
  nodeId: nodeId !== null,
  status: status !== null,
  severity: severity !== null,
  search: search !== '',
});

const givenOf = ({ complianceType, itemId, nodeId, status, severity, search }: ComplianceFilter): Given => ({
  complianceType,
  itemId,
  nodeId,
  status,
  search: folded(search),
  rank: severity === null ? 0 : severityRank(severity),
});
