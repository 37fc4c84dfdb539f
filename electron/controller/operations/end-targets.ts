import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { Execution, ExecutionTarget } from '../../domain/execution.ts';
import type { Context } from './context.ts';
import { recordCompliance } from './record-compliance.ts';
import { moveTargets, settleExecution } from './settle-execution.ts';

type EndContext = Pick<Context, 'stores' | 'clock' | 'changes' | 'index'>;

/** Targets that end by the controller's own decision, settled and announced. Call inside a transaction. */
export function endTargets(context: EndContext, moves: readonly { before: ExecutionTarget; after: ExecutionTarget }[]): Execution[] {
  const ended: Execution[] = [];
  for (const move of moves) {
    const execution = context.stores.executions.find(move.before.executionId);
    if (execution === null) continue;
    const settled = settleExecution(context, moveTargets(context, execution, [move]));
    ended.push(settled);
    const { executionId, associationId } = settled;
    const { nodeId } = move.after;
    if (recordCompliance(context, settled, move.after)) announceCompliance(context, settled, nodeId);
    context.changes.publish({ kind: 'target', executionId, nodeId });
    context.changes.publish({ kind: 'execution', executionId, associationId });
    context.changes.publish({ kind: 'association', associationId });
  }
  return ended;
}

export function announceCompliance({ changes }: Pick<Context, 'changes'>, { associationId }: Execution, nodeId: NodeId): void {
  changes.publish({ kind: 'compliance', nodeId, associationId });
}
