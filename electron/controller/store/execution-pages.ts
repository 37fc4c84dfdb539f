import * as z from 'zod';
import type { AssociationId, ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import type { ExecutionStatus, TargetStatus } from '../../domain/execution.ts';
import { TotalRow } from './column.ts';
import { EXECUTION_COLUMNS, ExecutionRow } from './execution-records.ts';
import type { Builder, Placeholders, Statements } from './statement.ts';
import { perChoice } from './statement.ts';
import { TARGET_COLUMNS, TargetRow } from './target-records.ts';

const TitledRow = z.object({ ...ExecutionRow.shape, title: z.string() });
const NamedTargetRow = z.object({ ...TargetRow.shape, nodeName: z.string() });

export type TitledExecution = z.output<typeof TitledRow>;
export type NamedTarget = z.output<typeof NamedTargetRow>;

export type ExecutionPageQuery = {
  associationId: AssociationId | null;
  nodeId: NodeId | null;
  status: ExecutionStatus | null;
  offset: number;
  limit: number;
};
export type TargetPageQuery = { executionId: ExecutionId; status: TargetStatus | null; offset: number; limit: number };

type Filter = Pick<ExecutionPageQuery, 'associationId' | 'nodeId' | 'status'>;
/** Which filters are set. */
type Choice = { [Name in keyof Filter]: boolean };
type Window = { offset: number; limit: number };

export function executionPages(statements: Statements) {
  return { page: pageOfExecutions(statements), targetsPage: pageOfTargets(statements) };
}

/** The numbers of the executions that match. With a node, its targets are looked through first: they are the fewer. */
function matching(db: Builder, p: Placeholders<Filter>, choice: Choice) {
  const ofNode = db.selectFrom('executionTarget').where('nodeId', '=', p.nodeId).select('executionTarget.executionNumber');
  if (choice.nodeId && !choice.associationId && !choice.status) return ofNode.as('matching');
  const all = db
    .selectFrom('execution')
    .$if(choice.associationId, (query) => query.where('execution.associationId', '=', p.associationId))
    .$if(choice.status, (query) => query.where('execution.status', '=', p.status))
    .select('execution.executionNumber');
  if (!choice.nodeId) return all.as('matching');
  return ofNode
    .crossJoin('execution')
    .whereRef('execution.executionNumber', '=', 'executionTarget.executionNumber')
    .$if(choice.associationId, (query) => query.where('execution.associationId', '=', p.associationId))
    .$if(choice.status, (query) => query.where('execution.status', '=', p.status))
    .as('matching');
}

/** Newest first. */
function pageOfExecutions(statements: Statements) {
  const prepared = perChoice((choice: Choice) => ({
    rows: statements.query(TitledRow, (db, p: Placeholders<Filter & Window>) =>
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
    total: statements.query(TotalRow, (db, p: Placeholders<Filter>) =>
      db.selectFrom(matching(db, p, choice)).select((eb) => eb.fn.countAll<number>().as('total')),
    ),
  }));
  return ({ associationId, nodeId, status, offset, limit }: ExecutionPageQuery): { rows: TitledExecution[]; total: number } => {
    const { rows, total } = prepared({ associationId: associationId !== null, nodeId: nodeId !== null, status: status !== null });
    const filter = { associationId, nodeId, status };
    return { rows: rows.all({ ...filter, offset, limit }), total: total.get(filter)?.total ?? 0 };
  };
}

type TargetFilter = Pick<TargetPageQuery, 'executionId' | 'status'>;

/** In the order of dispatch. */
function pageOfTargets(statements: Statements) {
  const matching = (db: Builder, p: Placeholders<TargetFilter>, choice: { status: boolean }) =>
    db
      .selectFrom('executionTarget')
      .where('executionTarget.executionNumber', '=', (eb) =>
        eb.selectFrom('execution').select('execution.executionNumber').where('executionId', '=', p.executionId),
      )
      .$if(choice.status, (query) => query.where('executionTarget.status', '=', p.status));
  const prepared = perChoice((choice: { status: boolean }) => ({
    rows: statements.query(NamedTargetRow, (db, p: Placeholders<TargetFilter & Window>) =>
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
  return ({ executionId, status, offset, limit }: TargetPageQuery): { rows: NamedTarget[]; total: number } => {
    const { rows, total } = prepared({ status: status !== null });
    const filter = { executionId, status };
    return { rows: rows.all({ ...filter, offset, limit }), total: total.get(filter)?.total ?? 0 };
  };
}
