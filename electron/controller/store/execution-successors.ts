import * as z from 'zod';
import type { AssociationId } from '../../../agent/protocol/ids.ts';
import { ExecutionId } from '../../../agent/protocol/ids.ts';
import type { Execution } from '../../domain/execution.ts';
import { InstantColumn } from './column.ts';
import type { Builder, Placeholders, Statements } from './statement.ts';

const SuccessorRow = z.object({ executionId: ExecutionId, createdAt: InstantColumn });
export type Successor = z.output<typeof SuccessorRow>;

type Older = { executionId: ExecutionId; associationId: AssociationId };

/** Newer executions of the same association, the next one first. */
const newer = (db: Builder, p: Placeholders<Older>) =>
  db
    .selectFrom('execution')
    .select(['execution.executionId', 'execution.createdAt'])
    .where('execution.associationId', '=', p.associationId)
    .where('execution.executionNumber', '>', (eb) =>
      eb.selectFrom('execution as older').select('older.executionNumber').where('older.executionId', '=', p.executionId),
    )
    .orderBy('execution.executionNumber')
    .limit(1);

/** Which newer execution took an older one's place (spec.md 5.2). */
export function executionSuccessors(statements: Statements) {
  const nextInterval = statements.query(SuccessorRow, (db, p: Placeholders<Older>) =>
    newer(db, p).where('execution.trigger', 'in', ['Schedule', 'MissedSchedule']),
  );
  const overWaiting = statements.query(SuccessorRow, (db, p: Placeholders<Older>) =>
    newer(db, p).where((eb) =>
      eb.exists(
        eb
          .selectFrom('executionTarget as waiting')
          .innerJoin('execution as own', 'own.executionNumber', 'waiting.executionNumber')
          .innerJoin('executionTarget as taken', 'taken.nodeId', 'waiting.nodeId')
          .select('waiting.nodeId')
          .where('own.executionId', '=', p.executionId)
          .where('waiting.status', '=', 'Skipped')
          .where('waiting.detailedStatus', '=', 'Superseded')
          .whereRef('taken.executionNumber', '=', 'execution.executionNumber'),
      ),
    ),
  );
  return {
    /** The next interval ends what still runs; any newer one takes the place of what waits on its nodes. Null while none did. */
    successor({ executionId, associationId, overlapEndsAt }: Pick<Execution, keyof Older | 'overlapEndsAt'>): Successor | null {
      const older = { executionId, associationId };
      return overlapEndsAt === null ? overWaiting.get(older) : nextInterval.get(older);
    },
  };
}
