import { expect, test } from 'vitest';
import type { NodeId } from '../../agent/protocol/ids.ts';
import { watchConnections } from '../../electron/controller/connection-watch.ts';
import { openSimulatedSite } from './simulated-site.ts';

test('a node that went away is told as lost after a quarter of an hour, each at its own time', () => {
  const site = openSimulatedSite();
  const [a, b] = [site.addNode(), site.addNode()];
  const told: { nodeId: NodeId; at: string }[] = [];
  const changes = {
    publish: (change: { kind: string; nodeId?: NodeId }) => {
      if (change.kind === 'node' && change.nodeId !== undefined) told.push({ nodeId: change.nodeId, at: site.clock.now().toISOString() });
    },
  };
  const watch = watchConnections({ ...site.context, changes });
  site.advance({ minutes: 30 });
  told.length = 0;
  watch.wentAway(a);
  site.advance({ minutes: 5 });
  watch.wentAway(b);
  site.advance({ minutes: 60 });
  expect(told).toEqual([
    { nodeId: a, at: '2026-03-01T02:45:00.000Z' },
    { nodeId: b, at: '2026-03-01T02:50:00.000Z' },
  ]);
  watch.stop();
});
