import { describe, expect, test } from 'vitest';
import { valueDiff } from '../../../renderer/parameters/value-diff.ts';

const signs = { same: ' ', gone: '-', new: '+', fold: '~' };
const inShort = (before: string | null, after: string, type = 'String') =>
  valueDiff(before, after, type).map(({ kind, text }) => `${signs[kind]}${text}`);

describe('the difference of two values', () => {
  test('is said line by line, a stretch at a time', () => {
    expect(inShort('a\nb\nc', 'a\nx\ny\nc\nd')).toEqual([' a', '-b', '+x', '+y', ' c', '+d']);
    expect(inShort('1\n2', '3\n4')).toEqual(['-1', '-2', '+3', '+4']);
    expect(inShort(null, '8080')).toEqual(['+8080']);
  });

  test('of lists is said item by item', () => {
    expect(inShort('a,b,c', 'a,c', 'StringList')).toEqual([' a', '-b', ' c']);
  });

  test('leaves out what is the same far around', () => {
    const lines = Array.from({ length: 20 }, (_, line) => `line ${line}`);
    expect(inShort(lines.join('\n'), [...lines, 'more'].join('\n'))).toEqual([
      '~17 lines the same',
      ' line 17',
      ' line 18',
      ' line 19',
      '+more',
    ]);
  });
});
