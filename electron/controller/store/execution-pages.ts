import * as z from 'zod';
import type { AssociationId, ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import type { TargetStatus } from '../../domain/execution.ts';
import { InstantColumn, TotalRow } from './column.ts';
import type { AskedOfExecution } from './execution-conditions.ts';
import { executionConditions } from './execution-conditions.ts';
import { EXECUTION_COLUMNS, ExecutionRow } from './execution-records.ts';
import { folded } from './node-columns.ts';
import type { Builder, Choice, Placeholders, Statements } from './statement.ts';
import { choiceOf, perChoice } from './statement.ts';
import { TARGET_COLUMNS, TargetRow } from './target-records.ts';

const VersionRunsRow = z.object({
  associationVersion: z.number(),
  executions: z.number(),
  failed: z.number(),
  lastAt: InstantColumn.nullable(),
});
const TitledRow = z.object({ ...ExecutionRow.shape, title: z.string() });
const NamedTargetRow = z.object({ ...TargetRow.shape, nodeName: z.string() });

export type VersionRuns = z.output<typeof VersionRunsRow>;
export type TitledExecution = z.output<typeof TitledRow>;
export type NamedTarget = z.output<typeof NamedTargetRow>;

export type ExecutionFilter = AskedOfExecution & { nodeId: NodeId | null };
export type ExecutionPageQuery = ExecutionFilter & Window;
export type TargetPageQuery = TargetFilter & Window;

type Window = { offset: number; limit: number };

export function executionPages(statements: Statements) {
  return { page: pageOfExecutions(statements), targetsPage: pageOfTargets(statements), versionRuns: runsOfVersions(statements) };
}

/** The numbers of the executions that match. With a node, its targets are looked through first: they are the fewer. */
function matching(db: Builder, p: Placeholders<ExecutionFilter>, choice: Choice<ExecutionFilter>) {
  const ofNode = db.selectFrom('executionTarget').where('nodeId', '=', p.nodeId).select('executionTarget.executionNumber');
  const { nodeId, ...others } = choice;
  const isMore = Object.values(others).some(Boolean);
  if (nodeId && !isMore) return ofNode.as('matching');
  const all = db.selectFrom('execution').select('execution.executionNumber');
  if (!nodeId) return (isMore ? all.where((eb) => eb.and(executionConditions(eb, p, choice))) : all).as('matching');
  return ofNode
    .crossJoin('execution')
    .whereRef('execution.executionNumber', '=', 'executionTarget.executionNumber')
    .where((eb) => eb.and(executionConditions(eb, p, choice)))
    .as('matching');
}

/** Newest first. */
function pageOfExecutions(statements: Statements) {
  const prepared = perChoice((choice: Choice<ExecutionFilter>) => ({
    rows: statements.query(TitledRow, (db, p: Placeholders<ExecutionPageQuery>) =>
      db
        .selectFrom(
          db
            .selectFrom(matching(db, p, choice))
            .select('executionNumber')
            .orderBy('executionNumber', 'desc')
            .limit(p.limit)
            .offset(p.offset)
            .as('page'),
        )
        .innerJoin('execution', 'execution.executionNumber', 'page.executionNumber')
        .innerJoin('association', 'association.associationId', 'execution.associationId')
        .select([...EXECUTION_COLUMNS.map((column) => `execution.${column}` as const), 'association.title'])
        .orderBy('page.executionNumber', 'desc'),
    ),
    total: statements.query(TotalRow, (db, p: Placeholders<ExecutionFilter>) =>
      db.selectFrom(matching(db, p, choice)).select((eb) => eb.fn.countAll<number>().as('total')),
    ),
  }));
  return ({ offset, limit, ...filter }: ExecutionPageQuery): { rows: TitledExecution[]; total: number } => {
    const { rows, total } = prepared(choiceOf(filter));
    return { rows: rows.all({ ...filter, offset, limit }), total: total.get(filter)?.total ?? 0 };
  };
}

/** How often each version of an association has run, and how. */
function runsOfVersions(statements: Statements) {
  const query = statements.query(VersionRunsRow, (db, p: Placeholders<{ associationId: AssociationId }>) =>
    db
      .selectFrom('execution')
      .where('associationId', '=', p.associationId)
      .groupBy('associationVersion')
      .select((eb) => [
        'associationVersion',
        eb.fn.countAll<number>().as('executions'),
        eb.fn.countAll<number>().filterWhere('status', '=', 'Failed').as('failed'),
        eb.fn.max('createdAt').as('lastAt'),
      ]),
  );
  return (associationId: AssociationId): VersionRuns[] => query.all({ associationId });
}

type TargetFilter = { executionId: ExecutionId; status: TargetStatus | null; search: string };

/** In the order of dispatch. */
function pageOfTargets(statements: Statements) {
  type TargetChoice = { status: boolean; search: boolean };
  const matching = (db: Builder, p: Placeholders<TargetFilter>, choice: TargetChoice) =>
    db
      .selectFrom('executionTarget')
      .where('executionTarget.executionNumber', '=', (eb) =>
        eb.selectFrom('execution').select('execution.executionNumber').where('executionId', '=', p.executionId),
      )
      .$if(choice.status, (query) => query.where('executionTarget.status', '=', p.status))
      .$if(choice.search, (query) =>
        query.where('executionTarget.nodeId', 'in', (eb) =>
          eb
            .selectFrom('managedNode')
            .select('managedNode.nodeId')
            .where((node) => node(node.fn<number>('instr', ['managedNode.searchText', p.search]), '>', 0)),
        ),
      );
  const prepared = perChoice((choice: TargetChoice) => ({
    rows: statements.query(NamedTargetRow, (db, p: Placeholders<TargetPageQuery>) =>
      db
        .selectFrom(matching(db, p, choice).select('targetNumber').orderBy('targetNumber').limit(p.limit).offset(p.offset).as('page'))
        .innerJoin('executionTarget', 'executionTarget.targetNumber', 'page.targetNumber')
        .innerJoin('execution', 'execution.executionNumber', 'executionTarget.executionNumber')
        .innerJoin('managedNode', 'managedNode.nodeId', 'executionTarget.nodeId')
        .select([...TARGET_COLUMNS, 'managedNode.name as nodeName'])
        .orderBy('page.targetNumber'),
    ),
    total: statements.query(TotalRow, (db, p: Placeholders<TargetFilter>) =>
      matching(db, p, choice).select((eb) => eb.fn.countAll<number>().as('total')),
    ),
  }));
  return (query: TargetPageQuery): { rows: NamedTarget[]; total: number } => {
    const { rows, total } = prepared({ status: query.status !== null, search: query.search !== '' });
    const parameters = { ...query, search: folded(query.search) };
    return { rows: rows.all(parameters), total: total.get(parameters)?.total ?? 0 };
  };
}
