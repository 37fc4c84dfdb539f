import { expect, test } from 'vitest';
import { placeIn } from '../../../renderer/ui/code-problem.ts';

/** `ab`, `cde`, and an empty third line. */
const text = {
  lines: 3,
  line: (number: number) =>
    [
      { from: 0, to: 2 },
      { from: 3, to: 6 },
      { from: 7, to: 7 },
    ][number - 1] ?? { from: 7, to: 7 },
};

test('a problem is marked at its line and column, counted from 1', () => {
  expect(placeIn(text, 1, 1)).toBe(0);
  expect(placeIn(text, 2, 3)).toBe(5);
});

test('a place beyond its line is the end of that line', () => {
  expect(placeIn(text, 1, 40)).toBe(2);
});

test('a place beyond the text, as after it got shorter, is in the last line', () => {
  expect(placeIn(text, 9, 1)).toBe(7);
  expect(placeIn(text, 0, 0)).toBe(0);
});
