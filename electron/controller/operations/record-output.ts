import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { FromAgent } from '../../../agent/protocol/messages.ts';
import type { Context } from './context.ts';

type OutputMessage = Extract<FromAgent, { type: 'output' }>;

/** Keeps what a step of the node printed, and tells the node how much of it is here. Of what never ran there nothing is kept. */
export function recordOutput(
  { stores, outputs, link, changes }: Pick<Context, 'stores' | 'outputs' | 'link' | 'changes'>,
  nodeId: NodeId,
  { executionId, stepIndex, attempt, stream, offset, base64 }: OutputMessage,
): void {
  const ref = { executionId, stepIndex, attempt, stream };
  if (stores.executions.target(executionId, nodeId) === null) return;
  const bytes = Buffer.from(base64, 'base64');
  // What was let go here is let go there as well: the node need not keep the rest of it.
  const isDropped = stores.retention.dropped(executionId, nodeId) !== null;
  const storedTo = isDropped ? offset + bytes.length : outputs.append({ ...ref, nodeId }, offset, bytes);
  link.send(nodeId, { type: 'credit', ...ref, storedTo });
  changes.publish({ kind: 'output', executionId, nodeId, stepIndex });
}
