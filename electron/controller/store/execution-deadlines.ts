import * as z from 'zod';
import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { Execution, ExecutionTarget } from '../../domain/execution.ts';
import { ExecutionStatus, isOver, UNFINISHED_TARGETS } from '../../domain/execution.ts';
import { InstantColumn } from './column.ts';
import { EXECUTION_COLUMNS, ExecutionRow } from './execution-records.ts';
import type { Builder, Placeholders, Statements } from './statement.ts';
import { columnsOf } from './statement.ts';
import { TARGET_COLUMNS, TargetRow } from './target-records.ts';

const DeadlineRow = z.object({ at: InstantColumn.nullable() });

/** In the order of the indexes of the deadlines, which say it with NOT IN: SQLite takes them for these very words alone. */
const OVER = ExecutionStatus.options.filter(isOver);

/** Executions that a deadline can still end: one that was cancelled is on its way already. */
const endable = (db: Builder) =>
  db.selectFrom('execution').where('execution.status', 'not in', OVER).where('cancelRequestedAt', 'is', null);

const runningTargets = (db: Builder) => db.selectFrom('executionTarget').where('executionTarget.status', '=', 'InProgress');

/** The moments at which executions and targets are given up. */
export function executionDeadlines(statements: Statements) {
  const earliest = (['cutOffAt', 'overlapEndsAt'] as const).map((column) =>
    statements.query(DeadlineRow, (db) =>
      endable(db)
        .where(column, 'is not', null)
        .select((eb) => eb.ref(column).as('at'))
        .orderBy(column)
        .limit(1),
    ),
  );
  const earliestStuck = statements.query(DeadlineRow, (db) =>
    runningTargets(db)
      .where('stuckAt', 'is not', null)
      .select((eb) => eb.fn.min('stuckAt').as('at')),
  );
  const over = (['cutOffAt', 'overlapEndsAt'] as const).map((column) =>
    statements.query(ExecutionRow, (db, p: Placeholders<{ now: Date }>) =>
      endable(db)
        .where(column, 'is not', null)
        .where(column, '<=', p.now)
        .select(EXECUTION_COLUMNS)
        .orderBy(column)
        .orderBy('executionNumber'),
    ),
  );
  const stuck = statements.query(TargetRow, (db, p: Placeholders<{ now: Date }>) =>
    runningTargets(db)
      .innerJoin('execution', 'execution.executionNumber', 'executionTarget.executionNumber')
      .where('stuckAt', 'is not', null)
      .where('stuckAt', '<=', p.now)
      .select(TARGET_COLUMNS)
      .orderBy('targetNumber'),
  );
  const { setStuck, setAllStuck } = stuckCommands(statements);
  return {
    /** The first moment at which something has to be given up; null when nothing runs against a deadline. */
    earliestDeadline(): Date | null {
      const moments = [...earliest, earliestStuck].flatMap((query) => query.get()?.at ?? []);
      return moments.length === 0 ? null : new Date(Math.min(...moments.map((at) => at.getTime())));
    },
    /** Executions whose Duration is over, or whose grace beside a newer execution is. */
    overdue: (now: Date): Execution[] => over.flatMap((query) => query.all({ now })),
    stuckTargets: (now: Date): ExecutionTarget[] => stuck.all({ now }),
    /** From when the running targets of a node that went away are given up; null when it is back. Answers how many run there. */
    setStuckAt: (nodeId: NodeId, stuckAt: Date | null): number =>
      setStuck.run({ nodeId, stuckAt, detailedStatus: stuckAt === null ? 'InProgress' : 'Delayed' }),
    /** After a start no node is there yet. */
    setAllStuckAt(stuckAt: Date): void {
      setAllStuck.run({ stuckAt, detailedStatus: 'Delayed' });
    },
  };
}

/** What is not over is said beside the one status that is meant, so that its index is used in place of the history. */
function stuckCommands(statements: Statements) {
  type Leave = { nodeId: NodeId; stuckAt: Date | null; detailedStatus: string };
  const setStuck = statements.command((db, p: Placeholders<Leave>) =>
    db
      .updateTable('executionTarget')
      .set(columnsOf(p, ['stuckAt', 'detailedStatus']))
      .where('nodeId', '=', p.nodeId)
      .where('status', 'in', UNFINISHED_TARGETS)
      .where('status', '=', 'InProgress'),
  );
  const setAllStuck = statements.command((db, p: Placeholders<Omit<Leave, 'nodeId'>>) =>
    db
      .updateTable('executionTarget')
      .set(columnsOf(p, ['stuckAt', 'detailedStatus']))
      .where('status', 'in', UNFINISHED_TARGETS)
      .where('status', '=', 'InProgress')
      .where('stuckAt', 'is', null),
  );
  return { setStuck, setAllStuck };
}
