import * as z from 'zod';
import type { AssociationId, ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import type { TargetStatus } from '../../domain/execution.ts';
import type { AskedOfExecution } from './execution-conditions.ts';
import { executionConditions } from './execution-conditions.ts';
import { EXECUTION_COLUMNS, ExecutionRow } from './execution-records.ts';
import type { Choice, Placeholders, Statements } from './statement.ts';
import { choiceOf, perChoice } from './statement.ts';
import { TARGET_COLUMNS, TargetRow } from './target-records.ts';

const NumberedExecution = z.object({ ...ExecutionRow.shape, executionNumber: z.number() });
const NumberedTarget = z.object({ ...TargetRow.shape, targetNumber: z.number() });

export type NumberedExecution = z.output<typeof NumberedExecution>;
export type NumberedTarget = z.output<typeof NumberedTarget>;

/** `before` and `after` are where the rows before ended, so that none is told twice while others come. */
export type ExecutionsAsked = Omit<AskedOfExecution, 'associationId'> & { before: number | null };
export const EVERY_EXECUTION: ExecutionsAsked = {
  executionId: null,
  associationVersion: null,
  status: null,
  trigger: null,
  createdAt: null,
  createdAfter: null,
  createdBefore: null,
  before: null,
};

export type TargetsAsked = { nodeId: NodeId | null; status: TargetStatus | null; after: number | null };

type Limited = { limit: number };

export function executionListing(statements: Statements) {
  return { executionsOf: executionsOf(statements), targetsOf: targetsOf(statements) };
}

function executionsOf(statements: Statements) {
  type Asked = AskedOfExecution & Pick<ExecutionsAsked, 'before'>;
  const prepared = perChoice((choice: Choice<Asked>) =>
    statements.query(NumberedExecution, (db, p: Placeholders<Asked & Limited>) =>
      db
        .selectFrom('execution')
        .select([...EXECUTION_COLUMNS, 'executionNumber'])
        .where((eb) => eb.and(executionConditions(eb, p, choice)))
        .$if(choice.before, (query) => query.where('executionNumber', '<', p.before))
        .orderBy('executionNumber', 'desc')
        .limit(p.limit),
    ),
  );
  /** Executions of one association, newest first. */
  return (associationId: AssociationId, asked: ExecutionsAsked, limit: number): NumberedExecution[] => {
    const filter = { ...asked, associationId };
    return prepared(choiceOf(filter)).all({ ...filter, limit });
  };
}

function targetsOf(statements: Statements) {
  const prepared = perChoice((choice: Choice<TargetsAsked>) =>
    statements.query(NumberedTarget, (db, p: Placeholders<TargetsAsked & Limited & { executionId: ExecutionId }>) =>
      db
        .selectFrom('executionTarget')
        .innerJoin('execution', 'execution.executionNumber', 'executionTarget.executionNumber')
        .select([...TARGET_COLUMNS, 'targetNumber'])
        .where('executionId', '=', p.executionId)
        .$if(choice.nodeId, (query) => query.where('executionTarget.nodeId', '=', p.nodeId))
        .$if(choice.status, (query) => query.where('executionTarget.status', '=', p.status))
        .$if(choice.after, (query) => query.where('targetNumber', '>', p.after))
        .orderBy('targetNumber')
        .limit(p.limit),
    ),
  );
  /** Targets of one execution in the order of dispatch. */
  return (executionId: ExecutionId, asked: TargetsAsked, limit: number): NumberedTarget[] =>
    prepared(choiceOf(asked)).all({ ...asked, executionId, limit });
}
