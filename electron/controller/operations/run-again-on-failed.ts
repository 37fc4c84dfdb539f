import type { ExecutionId } from '../../../agent/protocol/ids.ts';
import { Fault } from '../../domain/faults.ts';
import type { StartContext } from './start-execution.ts';
import { startExecution } from './start-execution.ts';

/**
 * Applies the association again, as it is now, on the nodes on which this execution failed, timed out or was cancelled. Null where
 * none of them is targeted any more.
 */
export function runAgainOnFailed(context: StartContext, executionId: ExecutionId): ExecutionId | null {
  const { stores } = context;
  const execution = stores.executions.find(executionId);
  if (execution === null) throw new Fault('AssociationExecutionDoesNotExist', { executionId });
  const { associationId } = execution;
  const association = stores.associations.find(associationId);
  if (association === null) throw new Fault('AssociationDoesNotExist', { associationId });
  const onlyNodes = new Set(stores.executions.failedNodes(executionId));
  return startExecution(context, { association, trigger: 'Manual', fireAt: null, onlyNodes });
}
