import type { ExpressionBuilder } from 'kysely';
import type { AssociationId, ExecutionId } from '../../../agent/protocol/ids.ts';
import type { ExecutionStatus, Trigger } from '../../domain/execution.ts';
import type { Schema } from './schema.ts';
import type { Choice, Placeholders } from './statement.ts';

/** What is asked of an execution itself. What is not null holds; `createdAfter` and `createdBefore` leave their own instant out. */
export type AskedOfExecution = {
  executionId: ExecutionId | null;
  associationId: AssociationId | null;
  associationVersion: number | null;
  status: ExecutionStatus | null;
  trigger: Trigger | null;
  createdAt: Date | null;
  createdAfter: Date | null;
  createdBefore: Date | null;
};

export const executionConditions = (
  eb: ExpressionBuilder<Schema, 'execution'>,
  p: Placeholders<AskedOfExecution>,
  choice: Choice<AskedOfExecution>,
) =>
  [
    choice.executionId ? eb('execution.executionId', '=', p.executionId) : null,
    choice.associationId ? eb('execution.associationId', '=', p.associationId) : null,
    choice.associationVersion ? eb('execution.associationVersion', '=', p.associationVersion) : null,
    choice.status ? eb('execution.status', '=', p.status) : null,
    choice.trigger ? eb('execution.trigger', '=', p.trigger) : null,
    choice.createdAt ? eb('execution.createdAt', '=', p.createdAt) : null,
    choice.createdAfter ? eb('execution.createdAt', '>', p.createdAfter) : null,
    choice.createdBefore ? eb('execution.createdAt', '<', p.createdBefore) : null,
  ].filter((condition) => condition !== null);
