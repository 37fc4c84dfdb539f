import { describe, expect, test } from 'vitest';
import { delayMilliseconds, endedBy } from '../../../agent/connection/backoff.ts';
import { CloseCode } from '../../../agent/protocol/close-codes.ts';

const LOST = { why: 'lost' } as const;
const TURNED_AWAY = { why: 'turned-away' } as const;
const ALMOST_ONE = 1 - Number.EPSILON;

describe('after a lost connection', () => {
  test('the wait is anything up to a bound that doubles to half a minute', () => {
    const bounds = [0, 1, 2, 3, 4, 5, 6, 7, 50].map((tries) => delayMilliseconds(LOST, tries, ALMOST_ONE));
    expect(bounds).toEqual([499, 999, 1999, 3999, 7999, 15_999, 29_999, 29_999, 29_999]);
    expect(delayMilliseconds(LOST, 5, 0)).toBe(0);
    expect(delayMilliseconds(LOST, 5, 0.5)).toBe(8000);
  });
});

describe('a node that was turned away', () => {
  test('waits 5 minutes, doubling to an hour', () => {
    const minutes = [0, 1, 2, 3, 4, 5, 1000].map((tries) => delayMilliseconds(TURNED_AWAY, tries, 0.5) / 60_000);
    expect(minutes).toEqual([5, 10, 20, 40, 60, 60, 60]);
  });

  test('is one that is revoked or too old, and no other', () => {
    const turnedAway = Object.entries(CloseCode).filter(([, code]) => endedBy(code).why === 'turned-away');
    expect(turnedAway.map(([name]) => name).sort()).toEqual(['ProtocolVersion', 'Revoked']);
    expect(endedBy(1006)).toEqual(LOST);
  });
});
