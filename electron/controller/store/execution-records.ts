import * as z from 'zod';
import type { AssociationId } from '../../../agent/protocol/ids.ts';
import { ExecutionId } from '../../../agent/protocol/ids.ts';
import { Execution, ExecutionStatus } from '../../domain/execution.ts';
import { InstantColumn, jsonColumn, TotalRow } from './column.ts';
import type { Builder, Placeholders, Statements } from './statement.ts';
import { columnsOf } from './statement.ts';

export const ExecutionRow = z.object({
  ...Execution.shape,
  fireAt: InstantColumn.nullable(),
  createdAt: InstantColumn,
  lastExecutionAt: InstantColumn,
  counts: jsonColumn(Execution.shape.counts),
  cancelRequestedAt: InstantColumn.nullable(),
  cutOffAt: InstantColumn.nullable(),
  overlapEndsAt: InstantColumn.nullable(),
  triggeredAlarms: jsonColumn(Execution.shape.triggeredAlarms),
});
export const EXECUTION_COLUMNS = Execution.keyof().options;

const NumberRow = z.object({ executionNumber: z.number() });
const IdRow = z.object({ executionId: ExecutionId });
const StatusRow = z.object({ status: ExecutionStatus, detailedStatus: z.string() });

type Id = { executionId: ExecutionId };
type OfAssociation = { associationId: AssociationId };

/** Executions that are not final yet. */
const unfinished = (db: Builder) => db.selectFrom('execution').where('status', 'in', ['Pending', 'InProgress']);

export function executionRecords(statements: Statements) {
  const insert = statements.query(NumberRow, (db, p: Placeholders<Execution>) =>
    db.insertInto('execution').values(columnsOf(p, EXECUTION_COLUMNS)).returning('executionNumber'),
  );
  const update = statements.command((db, p: Placeholders<Execution>) =>
    db.updateTable('execution').set(columnsOf(p, EXECUTION_COLUMNS)).where('executionId', '=', p.executionId),
  );
  const find = statements.query(ExecutionRow, (db, p: Placeholders<Id>) =>
    db.selectFrom('execution').select(EXECUTION_COLUMNS).where('executionId', '=', p.executionId),
  );
  const exists = statements.query(NumberRow, (db, p: Placeholders<Id>) =>
    db.selectFrom('execution').select('executionNumber').where('executionId', '=', p.executionId),
  );
  const allUnfinished = statements.query(ExecutionRow, (db) => unfinished(db).select(EXECUTION_COLUMNS).orderBy('executionNumber'));
  const unfinishedOfAssociation = statements.query(ExecutionRow, (db, p: Placeholders<OfAssociation>) =>
    unfinished(db).select(EXECUTION_COLUMNS).where('associationId', '=', p.associationId).orderBy('executionNumber'),
  );
  const unfinishedCount = statements.query(TotalRow, (db) => unfinished(db).select((eb) => eb.fn.countAll<number>().as('total')));
  const recentStatuses = statements.query(StatusRow, (db, p: Placeholders<OfAssociation & { limit: number }>) =>
    db
      .selectFrom('execution')
      .select(['status', 'detailedStatus'])
      .where('associationId', '=', p.associationId)
      .orderBy('executionNumber', 'desc')
      .limit(p.limit),
  );
  const recent = statements.query(IdRow, (db, p: Placeholders<{ limit: number }>) =>
    db.selectFrom('execution').select('executionId').orderBy('executionNumber', 'desc').limit(p.limit),
  );
  return {
    /** Answers the number under which its targets are kept. */
    insert(execution: Execution): number {
      const inserted = insert.get(execution);
      if (inserted === null) throw new Error('An insert that returns a row returned none');
      return inserted.executionNumber;
    },
    exists: (executionId: ExecutionId): boolean => exists.get({ executionId }) !== null,
    find: (executionId: ExecutionId): Execution | null => find.get({ executionId }),
    update(execution: Execution): void {
      update.run(execution);
    },
    /** Oldest first, as all lists of unfinished executions are. */
    unfinished: (): Execution[] => allUnfinished.all(),
    unfinishedOfAssociation: (associationId: AssociationId): Execution[] => unfinishedOfAssociation.all({ associationId }),
    unfinishedCount: (): number => unfinishedCount.get()?.total ?? 0,
    /** Newest first. */
    recentStatuses: (associationId: AssociationId, limit: number): Pick<Execution, 'status' | 'detailedStatus'>[] =>
      recentStatuses.all({ associationId, limit }),
    /** The newest executions, newest first. */
    recent: (limit: number): ExecutionId[] => recent.all({ limit }).map(({ executionId }) => executionId),
  };
}
