import type { NodeId } from '../../agent/protocol/ids.ts';
import { CONNECTION_LOST_AFTER_MS } from '../domain/node.ts';
import type { Context } from './operations/context.ts';

export type ConnectionWatch = { wentAway(nodeId: NodeId): void; stop(): void };

/**
 * Says when a node that went away counts as lost (spec.md 10.2), so that whoever shows it reads again: one that came back reads as
 * what it is. All wait equally long, so the one that went first is lost first, and one timer is enough.
 */
export function watchConnections({ clock, changes, stores }: Pick<Context, 'clock' | 'changes' | 'stores'>): ConnectionWatch {
  const waiting = new Map<NodeId, number>();
  let cancel: () => void = () => undefined;

  function arm(): void {
    cancel();
    const [first] = waiting.values();
    cancel = first === undefined ? () => undefined : clock.wakeAt(new Date(first), announce);
  }

  function announce(): void {
    const now = clock.now().getTime();
    for (const [nodeId, lostAt] of waiting) {
      if (lostAt > now) break;
      waiting.delete(nodeId);
      changes.publish({ kind: 'node', nodeId });
    }
    arm();
  }

  function wait(nodeId: NodeId, since: Date): void {
    waiting.delete(nodeId);
    waiting.set(nodeId, since.getTime() + CONNECTION_LOST_AFTER_MS);
  }

  const recently = new Date(clock.now().getTime() - CONNECTION_LOST_AFTER_MS);
  for (const { nodeId, lastPingAt } of stores.nodes.heardSince(recently)) wait(nodeId, lastPingAt);
  arm();
  return {
    wentAway(nodeId) {
      wait(nodeId, clock.now());
      if (waiting.size === 1) arm();
    },
    stop: () => cancel(),
  };
}
