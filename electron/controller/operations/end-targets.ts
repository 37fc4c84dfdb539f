import type { NodeId } from '../../../agent/protocol/ids.ts';
import { associationTitle } from '../../domain/association.ts';
import { complianceFrom } from '../../domain/compliance.ts';
import type { Execution, ExecutionTarget } from '../../domain/execution.ts';
import type { Context } from './context.ts';
import { moveTargets, settleExecution } from './settle-execution.ts';

type EndContext = Pick<Context, 'stores' | 'clock' | 'changes'>;

/** What a target's end says about its node's compliance. Answers whether it said anything. Call inside a transaction. */
export function recordCompliance(
  { stores, clock }: Pick<Context, 'stores' | 'clock'>,
  execution: Execution,
  target: ExecutionTarget,
): boolean {
  const association = stores.associations.find(execution.associationId);
  if (association === null || stores.nodes.find(target.nodeId) === null) return false;
  const change = complianceFrom(target.status, association);
  if (!change.change) return false;
  const now = clock.now();
  stores.compliance.put({
    nodeId: target.nodeId,
    associationId: execution.associationId,
    title: associationTitle(association),
    severity: change.severity,
    status: change.status,
    documentName: execution.documentName,
    documentVersion: execution.documentVersion,
    executionId: execution.executionId,
    since: now,
    capturedAt: now,
  });
  return true;
}

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
