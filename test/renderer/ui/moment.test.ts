import { describe, expect, test } from 'vitest';
import { bytesText, durationText, plural, relativeTime, utcTime } from '../../../renderer/ui/moment.ts';

const now = new Date('2026-03-01T12:00:00Z');
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);

test.each([
  [0, 'just now'],
  [9, 'just now'],
  [25, '20 s ago'],
  [61, '1 min ago'],
  [3599, '59 min ago'],
  [7200, '2 h ago'],
  [200_000, '2 d ago'],
  [-5, 'now'],
  [-90, 'in 1 min'],
  [-86_400, 'in 1 d'],
])('%d seconds back is “%s”', (seconds, text) => {
  expect(relativeTime(before(seconds), now)).toBe(text);
});

test.each([
  [420, '0.4 s'],
  [12_300, '12 s'],
  [185_000, '3 min 05 s'],
  [7_800_000, '2 h 10 min'],
  [-5, '0.0 s'],
])('%d milliseconds take “%s”', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1,023 bytes'],
  [1536, '1.5 KiB'],
  [16 * 1024 * 1024, '16 MiB'],
])('%d bytes are “%s”', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

test('one thing is one, and thousands have a mark', () => {
  expect([plural(1, 'node'), plural(0, 'node'), plural(1204, 'node')]).toEqual(['1 node', '0 nodes', '1,204 nodes']);
});

describe('a time in UTC', () => {
  test('says so, with its day', () => {
    expect(utcTime(new Date('2026-03-01T02:05:00Z'))).toBe('Sun 1 Mar, 02:05 UTC');
  });
});
