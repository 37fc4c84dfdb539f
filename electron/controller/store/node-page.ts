import type { ExpressionBuilder } from 'kysely';
import { sql } from 'kysely';
import * as z from 'zod';
import type { NodeId } from '../../../agent/protocol/ids.ts';
import { ComplianceStatus } from '../../domain/compliance.ts';
import { InstantColumn, TotalRow } from './column.ts';
import { folded, NODE_COLUMNS, NodeRow } from './node-columns.ts';
import type { Schema } from './schema.ts';
import type { Builder, Placeholders, Statements } from './statement.ts';
import { perChoice } from './statement.ts';

const NodePageRow = z.object({ ...NodeRow.shape, compliance: ComplianceStatus.nullable(), lastExecutionAt: InstantColumn.nullable() });
export type NodePageRow = z.output<typeof NodePageRow>;

export type NodeSort = 'name' | 'pingStatus' | 'platform' | 'lastPingAt' | 'compliance';

export type NodePageQuery = {
  search: string;
  /** Only these; null for all. */
  nodeIds: readonly NodeId[] | null;
  excludeNodeIds?: readonly NodeId[] | null;
  sort: NodeSort;
  order: 'ascending' | 'descending';
  offset: number;
  limit: number;
  /** Who is connected, for sorting by it. */
  onlineNodeIds: readonly NodeId[];
};

type Choice = Pick<NodePageQuery, 'sort' | 'order'> & { hasSearch: boolean; hasNodeIds: boolean; hasExcluded: boolean };
type Filter = { search: string; nodeIds: readonly NodeId[]; excludeNodeIds: readonly NodeId[] };
type Page = Filter & { onlineNodeIds: readonly NodeId[]; offset: number; limit: number };

/** Any number of ids travels as one JSON parameter. */
const idsOf = (nodeIds: Placeholders<Filter>['nodeIds']) => sql<NodeId>`(select value from json_each(${nodeIds}))`;

function matching(db: Builder, p: Placeholders<Filter>, choice: Choice) {
  return db
    .selectFrom('managedNode')
    .where('deregisteredAt', 'is', null)
    .$if(choice.hasSearch, (query) => query.where((eb) => eb(eb.fn<number>('instr', ['searchText', p.search]), '>', 0)))
    .$if(choice.hasNodeIds, (query) => query.where('managedNode.nodeId', 'in', idsOf(p.nodeIds)))
    .$if(choice.hasExcluded, (query) => query.where('managedNode.nodeId', 'not in', idsOf(p.excludeNodeIds)));
}

type InNodes = ExpressionBuilder<Schema, 'managedNode'>;

/** NON_COMPLIANT, which is the later word, as soon as one item of any type on the node is; null while it has none. */
const complianceOf = (eb: InNodes) =>
  eb
    .selectFrom('complianceResource')
    .select((resource) => resource.fn.max('complianceResource.status').as('worst'))
    .whereRef('complianceResource.nodeId', '=', 'managedNode.nodeId');

function sortKey(eb: InNodes, p: Placeholders<Page>, sort: NodeSort) {
  switch (sort) {
    case 'name':
      return eb.ref('nameOrder');
    case 'pingStatus':
      return sql<number>`${sql.ref('managedNode.nodeId')} in ${idsOf(p.onlineNodeIds)}`;
    case 'platform':
      return sql<string>`lower(${sql.ref('platformName')} || ' ' || ${sql.ref('platformVersion')})`;
    case 'lastPingAt':
      return eb.selectFrom('nodeContact').select('lastPingAt').whereRef('nodeContact.nodeId', '=', 'managedNode.nodeId');
    case 'compliance':
      return complianceOf(eb);
  }
}

/** The ids of the page are found and sorted first, so that only its own rows are read whole. */
function pageRows(db: Builder, p: Placeholders<Page>, choice: Choice) {
  const direction = choice.order === 'ascending' ? 'asc' : 'desc';
  const page = matching(db, p, choice)
    .select((eb) => ['nodeId as pageNodeId', 'nameOrder as pageName', sql`${sortKey(eb, p, choice.sort)}`.as('sortKey')])
    .orderBy(sql.ref('sortKey'), (by) => by[direction]().nullsLast())
    .$if(choice.sort !== 'name', (query) => query.orderBy('pageName', direction))
    .orderBy('pageNodeId', direction)
    .limit(p.limit)
    .offset(p.offset)
    .as('page');
  return db
    .selectFrom(page)
    .innerJoin('managedNode', 'managedNode.nodeId', 'page.pageNodeId')
    .innerJoin('nodeContact', 'nodeContact.nodeId', 'page.pageNodeId')
    .select(NODE_COLUMNS.map((column) => `managedNode.${column}` as const))
    .select(['lastPingAt', 'lastExecutionAt'])
    .select((eb) => complianceOf(eb).as('compliance'))
    .orderBy('page.sortKey', (by) => by[direction]().nullsLast())
    .orderBy('page.pageName', direction)
    .orderBy('page.pageNodeId', direction);
}

/** A search is found in a node's name, id, computer name, IP address, and the keys and values of its tags, whatever the case. */
export function nodePages(statements: Statements) {
  const prepared = perChoice((choice: Choice) => ({
    rows: statements.query(NodePageRow, (db, p: Placeholders<Page>) => pageRows(db, p, choice)),
    total: statements.query(TotalRow, (db, p: Placeholders<Filter>) =>
      matching(db, p, choice).select((eb) => eb.fn.countAll<number>().as('total')),
    ),
  }));
  return (query: NodePageQuery): { rows: NodePageRow[]; total: number } => {
    const { sort, order, nodeIds, excludeNodeIds = null } = query;
    const chosen = { sort, order, hasSearch: query.search !== '', hasNodeIds: nodeIds !== null, hasExcluded: excludeNodeIds !== null };
    const { rows, total } = prepared(chosen);
    const filter = { search: folded(query.search), nodeIds: nodeIds ?? [], excludeNodeIds: excludeNodeIds ?? [] };
    const { onlineNodeIds, offset, limit } = query;
    return { rows: rows.all({ ...filter, onlineNodeIds, offset, limit }), total: total.get(filter)?.total ?? 0 };
  };
}
