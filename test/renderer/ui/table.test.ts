import { describe, expect, test } from 'vitest';
import { sortAfter, wholeList } from '../../../renderer/ui/table-rows.ts';
import { rowAfterKey } from '../../../renderer/ui/use-row-keys.ts';

describe('keys in a table', () => {
  test.each([
    ['ArrowDown', 0, 1],
    ['j', 4, 5],
    ['ArrowUp', 4, 3],
    ['k', 0, 0],
    ['ArrowDown', 9, 9],
    ['PageDown', 3, 9],
    ['PageUp', 3, 0],
    ['Home', 7, 0],
    ['End', 2, 9],
    ['ArrowDown', -1, 0],
  ])('%s from row %d of ten leads to row %d', (key, from, to) => {
    expect(rowAfterKey(key, from, 10)).toBe(to);
  });

  test('other keys, and keys in an empty table, lead nowhere', () => {
    expect(rowAfterKey('a', 0, 10)).toBeNull();
    expect(rowAfterKey('ArrowDown', 0, 0)).toBeNull();
  });
});

test('a column sorts upwards first, and turns round when it is pressed again', () => {
  const first = sortAfter({ by: 'name', order: 'descending' }, 'state');
  expect(first).toEqual({ by: 'state', order: 'ascending' });
  expect(sortAfter(first, 'state')).toEqual({ by: 'state', order: 'descending' });
});

test('a list that came whole has its rows at once; one that has not has none', () => {
  const rows = wholeList({ status: 'full', answer: ['a', 'b'], fault: null });
  expect([rows.total, rows.at(0), rows.at(1), rows.at(2)]).toEqual([2, 'a', 'b', undefined]);
  expect(wholeList({ status: 'loading' })).toMatchObject({ status: 'loading', total: 0, fault: null });
});
