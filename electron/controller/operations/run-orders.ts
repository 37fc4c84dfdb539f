import type { ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import type { FromController } from '../../../agent/protocol/messages.ts';
import type { RunOrder } from '../../../agent/protocol/run-order.ts';
import type { ExecutionTarget } from '../../domain/execution.ts';
import type { Context } from './context.ts';

/** How long an order that was sent may still begin: a node whose queue is full gets that long. */
const ORDER_LIFE_MS = 24 * 3_600_000;

export type SignedOrder = { nodeId: NodeId; message: FromController };

/** The signed `run` message for each target of one execution, made from the association version that it runs with. */
export function runOrders(
  { stores, library, clock, signer }: Pick<Context, 'stores' | 'library' | 'clock' | 'signer'>,
  executionId: ExecutionId,
  targets: readonly Pick<ExecutionTarget, 'nodeId'>[],
): SignedOrder[] {
  if (targets.length === 0) return [];
  const execution = stores.executions.find(executionId);
  if (execution === null) return [];
  const settings = stores.associations.versionDraft(execution.associationId, execution.associationVersion);
  if (settings === null) return [];
  const { content } = library.exactly(execution.documentName, execution.documentVersion);
  const now = clock.now();
  const order: Omit<RunOrder, 'nodeId'> = {
    kind: 'run',
    executionId,
    associationId: execution.associationId,
    associationVersion: execution.associationVersion,
    documentName: execution.documentName,
    documentVersion: execution.documentVersion,
    document: content,
    parameters: settings.parameters,
    issuedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + ORDER_LIFE_MS).toISOString(),
  };
  return targets.map(({ nodeId }) => {
    const text = JSON.stringify({ ...order, nodeId } satisfies RunOrder);
    return { nodeId, message: { type: 'run', order: text, signature: signer.sign(text) } };
  });
}
