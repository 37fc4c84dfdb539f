import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { Trigger } from '../../domain/execution.ts';
import { decideJoining } from '../../domain/joining.ts';
import { isSelected } from '../../domain/target.ts';
import type { Hello } from '../ports/agent-events.ts';
import type { Context } from './context.ts';
import { runOrders } from './run-orders.ts';
import { startExecution } from './start-execution.ts';

type JoinContext = Pick<Context, 'stores' | 'transaction' | 'clock' | 'changes' | 'link' | 'signer' | 'library' | 'index' | 'log'>;

/** Keeps what the node says of itself. Answers up to where its reports are stored. */
export function recordHello(
  { stores, clock }: Pick<Context, 'stores' | 'clock'>,
  nodeId: NodeId,
  hello: Hello,
): { storedSequence: number } {
  const now = clock.now();
  const { facts, agentVersion, bootId, outboxDepth } = hello;
  const clockOffsetSeconds = Math.round((new Date(hello.at).getTime() - now.getTime()) / 1000);
  stores.nodes.recordHello(nodeId, { facts, agentVersion, bootId, outboxDepth, clockOffsetSeconds, at: now });
  return { storedSequence: stores.nodes.storedSequence(nodeId) };
}

/** Orders that may not have reached the node, or whose cancel may not have: said again, as often as the node connects. */
function repeatOrders(context: JoinContext, nodeId: NodeId): void {
  for (const target of context.stores.executions.unfinishedTargetsOfNode(nodeId)) {
    if (target.status !== 'InProgress') continue;
    const { executionId } = target;
    if (context.stores.executions.find(executionId)?.cancelRequestedAt) {
      context.link.send(nodeId, { type: 'cancel', executionId, reason: 'Cancelled by an administrator.' });
    } else {
      for (const { message } of runOrders(context, executionId, [target])) context.link.send(nodeId, message);
    }
  }
}

/** Applies what the node newly matches or missed. Also for a node whose tags changed. */
export function applyToJoiningNode(context: JoinContext, nodeId: NodeId): void {
  const member = context.index.fleet().members.get(nodeId);
  if (member === undefined || !context.link.isConnected(nodeId)) return;
  const now = context.clock.now();
  const latest = new Map(context.stores.executions.latestTargetsOfNode(nodeId).map((target) => [target.associationId, target]));
  const due: { associationId: string; trigger: Trigger }[] = [];
  for (const { association, selection } of context.index.associations()) {
    if (!isSelected(selection, member)) continue;
    const { associationId } = association;
    const known = latest.get(associationId) ?? null;
    if (known !== null && known.status !== 'Skipped') continue;
    const current = context.stores.associations.find(associationId);
    if (current === null) continue;
    const decision = decideJoining({ ...current, latest: known, now });
    if (decision.kind === 'wait') continue;
    due.push({ associationId, trigger: decision.trigger });
    try {
      startExecution(context, { association: current, trigger: decision.trigger, fireAt: null, onlyNodes: new Set([nodeId]) });
    } catch (cause) {
      // One association that cannot start keeps neither the node nor its other associations out.
      context.log.error('joining-start-failed', cause, { nodeId, associationId });
    }
  }
  if (due.length > 0) context.log.info('joining-node-applied', { nodeId, associations: due });
}

/** A node is there: it gets its unfinished work again, then what it newly matches or missed. */
export function welcomeNode(context: JoinContext, nodeId: NodeId): void {
  context.changes.publish({ kind: 'node', nodeId });
  repeatOrders(context, nodeId);
  applyToJoiningNode(context, nodeId);
}
