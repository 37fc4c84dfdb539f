import type { Execution, ExecutionTarget } from '../../domain/execution.ts';
import type { Database } from './database.ts';
import { executionDeadlines } from './execution-deadlines.ts';
import { executionListing } from './execution-listing.ts';
import { executionPages } from './execution-pages.ts';
import { executionRecords } from './execution-records.ts';
import { executionSuccessors } from './execution-successors.ts';
import { nodeHistory } from './node-history.ts';
import { stepRecords } from './step-records.ts';
import { targetRecords } from './target-records.ts';

export type ExecutionStore = ReturnType<typeof openExecutionStore>;

/** Executions, their targets and their targets' steps: one aggregate, never stored in parts. */
export function openExecutionStore({ statements, transaction }: Database) {
  const { insert: insertExecution, ...executions } = executionRecords(statements);
  const { insertTarget, ...targets } = targetRecords(statements);
  return {
    ...executions,
    ...targets,
    ...executionSuccessors(statements),
    ...executionDeadlines(statements),
    ...stepRecords(statements),
    ...executionPages(statements),
    ...executionListing(statements),
    ...nodeHistory(statements),
    /** `targets` in the order in which they are to be dispatched. */
    insert(execution: Execution, executionTargets: readonly ExecutionTarget[]): void {
      transaction(() => {
        const executionNumber = insertExecution(execution);
        for (const target of executionTargets) insertTarget(executionNumber, target);
      });
    },
  };
}
