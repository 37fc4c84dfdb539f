import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DiffRow } from '../../../renderer/ui/line-diff.ts';
import { lineDiff } from '../../../renderer/ui/line-diff.ts';

const brief = (rows: readonly DiffRow[]): (readonly [string, string?, string?])[] =>
  rows.map((row) => (row.kind === 'fold' ? [`fold ${row.lines}`] : [row.kind, row.before?.text, row.after?.text]));

describe('two texts beside each other', () => {
  test('show what took the place of what, and what came or went', () => {
    expect(brief(lineDiff('set -eu\necho one\nexit 0', 'set -eu\necho two\necho three\nexit 0'))).toEqual([
      ['same', 'set -eu', 'set -eu'],
      ['changed', 'echo one', 'echo two'],
      ['added', undefined, 'echo three'],
      ['same', 'exit 0', 'exit 0'],
    ]);
    expect(brief(lineDiff('a\nb', 'a'))).toEqual([
      ['same', 'a', 'a'],
      ['removed', 'b', undefined],
    ]);
  });

  test('fold long stretches that are the same', () => {
    const many = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
    const rows = lineDiff(many.join('\n'), [...many.slice(0, 10), 'new', ...many.slice(10)].join('\n'));
    expect(brief(rows).map(([kind]) => kind)).toEqual(['fold 7', 'same', 'same', 'same', 'added', 'same', 'same', 'same', 'fold 7']);
  });

  test('that are equal have nothing to show, and one that is empty has no line', () => {
    expect(brief(lineDiff('a\nb', 'a\nb'))).toEqual([['fold 2']]);
    expect(brief(lineDiff('', 'a'))).toEqual([['added', undefined, 'a']]);
    expect(lineDiff('', '')).toEqual([]);
  });

  test('are told apart as a whole when they share next to nothing', () => {
    const lines = (from: number) => Array.from({ length: 3000 }, (_, index) => `line ${from + index}`).join('\n');
    const rows = lineDiff(lines(0), lines(1_000_000));
    expect(rows).toHaveLength(3000);
    expect(rows.every((row) => row.kind === 'changed')).toBe(true);
  });
});

test('every line of both texts is in the rows once, in its order, or folded away', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const rows = lineDiff(before, after);
      for (const side of ['before', 'after'] as const) {
        let next = 1;
        for (const row of rows) {
          if (row.kind === 'fold') next += row.lines;
          else if (row[side] !== null) {
            expect(row[side]?.number).toBe(next);
            next += 1;
          }
        }
        const source = side === 'before' ? before : after;
        expect(next - 1).toBe(source === '' ? 0 : source.split('\n').length);
      }
    }),
  );
});
