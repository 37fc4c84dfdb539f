import type { ExpressionBuilder } from 'kysely';
import * as z from 'zod';
import type { AssociationId, ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import type { ExecutionStatus, TargetStatus } from '../../domain/execution.ts';
import { EXECUTION_COLUMNS, ExecutionRow } from './execution-records.ts';
import type { Schema } from './schema.ts';
import type { Placeholders, Statements } from './statement.ts';
import { perChoice } from './statement.ts';
import { TARGET_COLUMNS, TargetRow } from './target-records.ts';

const NumberedExecution = z.object({ ...ExecutionRow.shape, executionNumber: z.number() });
const NumberedTarget = z.object({ ...TargetRow.shape, targetNumber: z.number() });

export type NumberedExecution = z.output<typeof NumberedExecution>;
export type NumberedTarget = z.output<typeof NumberedTarget>;

/** What is not null holds. `before` and `after` are where the rows before ended, so that none is told twice while others come. */
export type ExecutionsAsked = {
  executionId: ExecutionId | null;
  status: ExecutionStatus | null;
  createdAt: Date | null;
  createdAfter: Date | null;
  createdBefore: Date | null;
  before: number | null;
};
export const EVERY_EXECUTION: ExecutionsAsked = {
  executionId: null,
  status: null,
  createdAt: null,
  createdAfter: null,
  createdBefore: null,
  before: null,
};

export type TargetsAsked = { nodeId: NodeId | null; status: TargetStatus | null; after: number | null };

type Choice<Asked> = { [Name in keyof Asked]: boolean };
type Limited = { limit: number };

const choiceOf = <Asked extends object>(asked: Asked): Choice<Asked> =>
  // Built name by name, which the type of an object under construction cannot say.
  Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, value !== null])) as Choice<Asked>;

export function executionListing(statements: Statements) {
  return { executionsOf: executionsOf(statements), targetsOf: targetsOf(statements) };
}

function executionsOf(statements: Statements) {
  const conditions = (eb: ExpressionBuilder<Schema, 'execution'>, p: Placeholders<ExecutionsAsked>, choice: Choice<ExecutionsAsked>) =>
    [
      choice.executionId ? eb('executionId', '=', p.executionId) : null,
      choice.status ? eb('status', '=', p.status) : null,
      choice.createdAt ? eb('createdAt', '=', p.createdAt) : null,
      choice.createdAfter ? eb('createdAt', '>', p.createdAfter) : null,
      choice.createdBefore ? eb('createdAt', '<', p.createdBefore) : null,
      choice.before ? eb('executionNumber', '<', p.before) : null,
    ].filter((condition) => condition !== null);
  const prepared = perChoice((choice: Choice<ExecutionsAsked>) =>
    statements.query(NumberedExecution, (db, p: Placeholders<ExecutionsAsked & Limited & { associationId: AssociationId }>) =>
      db
        .selectFrom('execution')
        .select([...EXECUTION_COLUMNS, 'executionNumber'])
        .where('associationId', '=', p.associationId)
        .where((eb) => eb.and(conditions(eb, p, choice)))
        .orderBy('executionNumber', 'desc')
        .limit(p.limit),
    ),
  );
  /** Executions of one association, newest first. */
  return (associationId: AssociationId, asked: ExecutionsAsked, limit: number): NumberedExecution[] =>
    prepared(choiceOf(asked)).all({ ...asked, associationId, limit });
}

function targetsOf(statements: Statements) {
  type Tables = ExpressionBuilder<Schema, 'execution' | 'executionTarget'>;
  const conditions = (eb: Tables, p: Placeholders<TargetsAsked>, choice: Choice<TargetsAsked>) =>
    [
      choice.nodeId ? eb('executionTarget.nodeId', '=', p.nodeId) : null,
      choice.status ? eb('executionTarget.status', '=', p.status) : null,
      choice.after ? eb('targetNumber', '>', p.after) : null,
    ].filter((condition) => condition !== null);
  const prepared = perChoice((choice: Choice<TargetsAsked>) =>
    statements.query(NumberedTarget, (db, p: Placeholders<TargetsAsked & Limited & { executionId: ExecutionId }>) =>
      db
        .selectFrom('executionTarget')
        .innerJoin('execution', 'execution.executionNumber', 'executionTarget.executionNumber')
        .select([...TARGET_COLUMNS, 'targetNumber'])
        .where('executionId', '=', p.executionId)
        .where((eb) => eb.and(conditions(eb, p, choice)))
        .orderBy('targetNumber')
        .limit(p.limit),
    ),
  );
  /** Targets of one execution in the order of dispatch. */
  return (executionId: ExecutionId, asked: TargetsAsked, limit: number): NumberedTarget[] =>
    prepared(choiceOf(asked)).all({ ...asked, executionId, limit });
}
