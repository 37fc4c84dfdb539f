import * as z from 'zod';
import type { AssociationId } from '../../../agent/protocol/ids.ts';
import { ExecutionId } from '../../../agent/protocol/ids.ts';
import { Execution, ExecutionStatus, UNFINISHED_EXECUTIONS, WAITING_TARGETS } from '../../domain/execution.ts';
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

/** What can change of an execution. */
const CHANGING = [
  'lastExecutionAt',
  'status',
  'detailedStatus',
  'counts',
  'cancelRequestedAt',
  'overlapEndsAt',
  'triggeredAlarms',
] as const;

const NumberRow = z.object({ executionNumber: z.number() });
const IdRow = z.object({ executionId: ExecutionId });
const StatusRow = z.object({ executionNumber: z.number(), status: ExecutionStatus, detailedStatus: z.string() });

const STATUS_COLUMNS = ['executionNumber', 'status', 'detailedStatus'] as const;
const NOT_SKIPPED = ExecutionStatus.options.filter((status) => status !== 'Skipped');

type Id = { executionId: ExecutionId };
type OfAssociation = { associationId: AssociationId };

export function executionRecords(statements: Statements) {
  return { ...oneExecution(statements), ...unfinishedExecutions(statements), ...newestExecutions(statements) };
}

function oneExecution(statements: Statements) {
  const insert = statements.query(NumberRow, (db, p: Placeholders<Execution>) =>
    db.insertInto('execution').values(columnsOf(p, EXECUTION_COLUMNS)).returning('executionNumber'),
  );
  const update = statements.command((db, p: Placeholders<Execution>) =>
    db.updateTable('execution').set(columnsOf(p, CHANGING)).where('executionId', '=', p.executionId),
  );
  const find = statements.query(ExecutionRow, (db, p: Placeholders<Id>) =>
    db.selectFrom('execution').select(EXECUTION_COLUMNS).where('executionId', '=', p.executionId),
  );
  const exists = statements.query(NumberRow, (db, p: Placeholders<Id>) =>
    db.selectFrom('execution').select('executionNumber').where('executionId', '=', p.executionId),
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
  };
}

/** Executions that are not final yet. */
const unfinished = (db: Builder) => db.selectFrom('execution').where('status', 'in', UNFINISHED_EXECUTIONS);

function unfinishedExecutions(statements: Statements) {
  const all = statements.query(ExecutionRow, (db) => unfinished(db).select(EXECUTION_COLUMNS).orderBy('executionNumber'));
  const ofAssociation = statements.query(ExecutionRow, (db, p: Placeholders<OfAssociation>) =>
    unfinished(db).select(EXECUTION_COLUMNS).where('associationId', '=', p.associationId).orderBy('executionNumber'),
  );
  const waiting = statements.query(IdRow, (db, p: Placeholders<OfAssociation>) =>
    unfinished(db)
      .select('executionId')
      .where('associationId', '=', p.associationId)
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('executionTarget')
            .select('targetNumber')
            .whereRef('executionTarget.executionNumber', '=', 'execution.executionNumber')
            .where('executionTarget.status', 'in', WAITING_TARGETS),
        ),
      )
      .orderBy('executionNumber'),
  );
  const count = statements.query(TotalRow, (db) => unfinished(db).select((eb) => eb.fn.countAll<number>().as('total')));
  return {
    /** Oldest first, as all lists of unfinished executions are. */
    unfinished: (): Execution[] => all.all(),
    unfinishedOfAssociation: (associationId: AssociationId): Execution[] => ofAssociation.all({ associationId }),
    /** Those in which targets wait. */
    waitingOfAssociation: (associationId: AssociationId): ExecutionId[] =>
      waiting.all({ associationId }).map(({ executionId }) => executionId),
    unfinishedCount: (): number => count.get()?.total ?? 0,
  };
}

function newestExecutions(statements: Statements) {
  const newest = statements.query(StatusRow, (db, p: Placeholders<OfAssociation>) =>
    db
      .selectFrom('execution')
      .select(STATUS_COLUMNS)
      .where('associationId', '=', p.associationId)
      .orderBy('executionNumber', 'desc')
      .limit(1),
  );
  const newestInStatus = statements.query(StatusRow, (db, p: Placeholders<OfAssociation & { status: ExecutionStatus }>) =>
    db
      .selectFrom('execution')
      .select(STATUS_COLUMNS)
      .where('associationId', '=', p.associationId)
      .where('status', '=', p.status)
      .orderBy('executionNumber', 'desc')
      .limit(1),
  );
  const recent = statements.query(IdRow, (db, p: Placeholders<{ limit: number }>) =>
    db.selectFrom('execution').select('executionId').orderBy('executionNumber', 'desc').limit(p.limit),
  );
  return {
    /** The newest, and where that was skipped also the newest that was not, however long ago. */
    newestStatuses(associationId: AssociationId): Pick<Execution, 'status' | 'detailedStatus'>[] {
      const latest = newest.get({ associationId });
      if (latest === null) return [];
      if (latest.status !== 'Skipped') return [latest];
      const others = NOT_SKIPPED.flatMap((status) => newestInStatus.get({ associationId, status }) ?? []);
      return [latest, ...others.sort((a, b) => b.executionNumber - a.executionNumber).slice(0, 1)];
    },
    /** The newest executions, newest first. */
    recent: (limit: number): ExecutionId[] => recent.all({ limit }).map(({ executionId }) => executionId),
  };
}
