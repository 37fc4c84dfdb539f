import type { NodeId } from '../../../agent/protocol/ids.ts';
import { CONNECTION_LOST_AFTER_MS } from '../../domain/node.ts';
import type { Context } from './context.ts';

/** The nodes that are Online (spec.md 10.2): connected ones, and those that went away a short while ago. */
export function onlineNodes({ stores, link, clock }: Pick<Context, 'stores' | 'link' | 'clock'>): NodeId[] {
  const since = new Date(clock.now().getTime() - CONNECTION_LOST_AFTER_MS);
  return [...new Set([...link.connectedNodes(), ...stores.nodes.heardSince(since).map(({ nodeId }) => nodeId)])];
}
