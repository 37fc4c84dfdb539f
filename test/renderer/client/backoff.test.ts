import { expect, test } from 'vitest';
import { waitBeforeRetry } from '../../../renderer/client/backoff.ts';

test('the wait doubles with each failure, and is never longer than ten seconds', () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 20, 1000].map((failures) => waitBeforeRetry(failures, 1));
  expect(longest).toEqual([300, 600, 1200, 2400, 4800, 9600, 10_000, 10_000, 10_000]);
});

test('chance takes away up to half of it, so windows do not knock together', () => {
  expect(waitBeforeRetry(3, 0)).toBe(600);
  expect(waitBeforeRetry(3, 0.5)).toBe(900);
});
