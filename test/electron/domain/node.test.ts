import { expect, test } from 'vitest';
import { pingStatusOf } from '../../../electron/domain/node.ts';

const now = new Date('2026-03-01T02:00:00Z');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

test('a node is Online while it is connected, and for a quarter of an hour after its last word', () => {
  expect(pingStatusOf({ isConnected: true, lastPingAt: null }, now)).toBe('Online');
  expect(pingStatusOf({ isConnected: false, lastPingAt: ago(14) }, now)).toBe('Online');
  expect(pingStatusOf({ isConnected: false, lastPingAt: ago(15) }, now)).toBe('ConnectionLost');
});

test('a node that never came is not Online', () => {
  expect(pingStatusOf({ isConnected: false, lastPingAt: null }, now)).toBe('ConnectionLost');
});
