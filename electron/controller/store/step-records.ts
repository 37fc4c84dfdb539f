import * as z from 'zod';
import type { ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import { StepRecord } from '../../domain/step.ts';
import { InstantColumn, jsonColumn } from './column.ts';
import type { Builder, Placeholders, Statements } from './statement.ts';
import { columnsOf } from './statement.ts';

const StepRow = z.object({
  ...StepRecord.shape,
  startedAt: InstantColumn.nullable(),
  endedAt: InstantColumn.nullable(),
  result: jsonColumn(StepRecord.shape.result.unwrap()).nullable(),
  stdout: jsonColumn(StepRecord.shape.stdout.unwrap()).nullable(),
  stderr: jsonColumn(StepRecord.shape.stderr.unwrap()).nullable(),
});

const KEY = ['nodeId', 'stepIndex'] as const;
/** What a later report says anew. */
const CHANGING = ['attempt', 'status', 'startedAt', 'endedAt', 'result', 'stdout', 'stderr'] as const;

type OfTarget = { executionId: ExecutionId; nodeId: NodeId };

const steps = (db: Builder, p: Placeholders<OfTarget>) =>
  db
    .selectFrom('step')
    .innerJoin('execution', 'execution.executionNumber', 'step.executionNumber')
    .select(['execution.executionId', ...KEY, ...CHANGING.map((column) => `step.${column}` as const)])
    .where('executionId', '=', p.executionId)
    .where('nodeId', '=', p.nodeId);

export function stepRecords(statements: Statements) {
  const all = statements.query(StepRow, (db, p: Placeholders<OfTarget>) => steps(db, p).orderBy('stepIndex'));
  const one = statements.query(StepRow, (db, p: Placeholders<OfTarget & { stepIndex: number }>) =>
    steps(db, p).where('stepIndex', '=', p.stepIndex),
  );
  const put = statements.command((db, p: Placeholders<StepRecord>) =>
    db
      .insertInto('step')
      .values((eb) => ({
        executionNumber: eb.selectFrom('execution').select('execution.executionNumber').where('executionId', '=', p.executionId),
        ...columnsOf(p, [...KEY, ...CHANGING]),
      }))
      .onConflict((conflict) => conflict.doUpdateSet(columnsOf(p, CHANGING))),
  );
  return {
    /** In the document's order. */
    steps: (executionId: ExecutionId, nodeId: NodeId): StepRecord[] => all.all({ executionId, nodeId }),
    step: (executionId: ExecutionId, nodeId: NodeId, stepIndex: number): StepRecord | null => one.get({ executionId, nodeId, stepIndex }),
    /** In the place of what was known of this step on this node. */
    putStep(step: StepRecord): void {
      put.run(step);
    },
  };
}
