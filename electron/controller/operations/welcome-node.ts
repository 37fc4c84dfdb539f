import type { NodeId } from '../../../agent/protocol/ids.ts';
import { wasLongAbsent } from '../../domain/owed-run.ts';
import type { Hello } from '../ports/agent-events.ts';
import type { Context } from './context.ts';
import { resumeTargets } from './expire-deadlines.ts';
import { runOrders } from './run-orders.ts';
import { serveOwedRuns } from './serve-owed-runs.ts';
import type { StartContext } from './start-execution.ts';

type HelloContext = Pick<Context, 'stores' | 'clock' | 'index'>;

/** A node that was away for more than 30 days is owed every association that it matches (spec.md 5.1, trigger 9). */
function oweAfterLongAbsence({ stores, clock, index }: HelloContext, nodeId: NodeId): void {
  const now = clock.now();
  const lastPingAt = stores.nodes.find(nodeId)?.lastPingAt ?? null;
  if (!wasLongAbsent({ lastPingAt, now })) return;
  for (const { association } of index.applyingTo(nodeId)) {
    const { associationId } = association;
    stores.owedRuns.put({ associationId, nodeId, trigger: 'LongAbsence', because: 'NodeOffline', since: now });
  }
}

/** Keeps what the node says of itself. Answers up to where its reports are stored. */
export function recordHello(context: HelloContext, nodeId: NodeId, hello: Hello): { storedSequence: number } {
  const { stores, clock } = context;
  const now = clock.now();
  oweAfterLongAbsence(context, nodeId);
  const { facts, agentVersion, bootId, outboxDepth } = hello;
  const clockOffsetSeconds = Math.round((new Date(hello.at).getTime() - now.getTime()) / 1000);
  stores.nodes.recordHello(nodeId, { facts, agentVersion, bootId, outboxDepth, clockOffsetSeconds, at: now });
  return { storedSequence: stores.nodes.storedSequence(nodeId) };
}

/** Orders that may not have reached the node, or whose cancel may not have: said again, as often as the node connects. */
function repeatOrders(context: StartContext, nodeId: NodeId): void {
  for (const target of context.stores.executions.unfinishedTargetsOfNode(nodeId)) {
    if (target.status !== 'InProgress') continue;
    const { executionId } = target;
    if (context.stores.executions.find(executionId)?.cancelRequestedAt) {
      context.link.send(nodeId, { type: 'cancel', executionId, reason: 'Cancelled by an administrator.' });
    } else {
      const { orders, failure } = runOrders(context, executionId, [target]);
      for (const { message } of orders) context.link.send(nodeId, message);
      // The node may have had the order before, and run it: what became of it is the node's to say.
      if (failure !== null) context.log.info('order-not-repeated', { nodeId, executionId, because: failure.errorCode });
    }
  }
}

/** A node is there: it gets its unfinished work again, then what it is owed. */
export function welcomeNode(context: StartContext, nodeId: NodeId): void {
  context.changes.publish({ kind: 'node', nodeId });
  resumeTargets(context, nodeId);
  repeatOrders(context, nodeId);
  serveOwedRuns(context, context.stores.owedRuns.ofNode(nodeId));
}
