import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LogText, rowsWith, splitAtMatches } from '../../../renderer/ui/log-text.ts';

function rowsOf(...pieces: string[]): string[] {
  const log = new LogText();
  log.take(pieces);
  return log.rows.map((row) => row.text);
}

describe('output becomes rows of plain text', () => {
  test('a line each, the last one also before its end has come', () => {
    expect(rowsOf('one\ntwo\nthr', 'ee')).toEqual(['one', 'two', 'three']);
  });

  test('empty lines are lines, and a break at the end begins none', () => {
    expect(rowsOf('a\n\nb\n')).toEqual(['a', '', 'b']);
  });

  test('Windows line ends are line ends, also when they come in two pieces', () => {
    expect(rowsOf('a\r', '\nb\r\n')).toEqual(['a', 'b']);
  });

  test('a progress bar shows what it says last', () => {
    expect(rowsOf('10 %\r50 %\r100 %\ndone')).toEqual(['100 %', 'done']);
    expect(rowsOf('10 %\r', '50 %\r', '60 %')).toEqual(['60 %']);
  });

  test.each([
    ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
    ['the eight-bit introducer', '\u009b31mred', 'red'],
    ['titles of terminals', '\u001b]0;evil\u0007text', 'text'],
    ['links of terminals', '\u001b]8;;http://x\u001b\\text\u001b]8;;\u001b\\', 'text'],
    ['cursor moves', 'a\u001b[2Ab\u001b[Kc', 'abc'],
    ['bells and backspaces', 'a\u0007b\bc', 'abc'],
    ['characters that turn the direction of writing', 'abc\u202egnp.exe\u2066', 'abcgnp.exe'],
  ])('%s are left out', (_what, text, seen) => {
    expect(rowsOf(text)).toEqual([seen]);
  });

  test('an escape sequence in two pieces is left out as in one', () => {
    expect(rowsOf('a\u001b[3', '1mb')).toEqual(['ab']);
    expect(rowsOf('a\u001b', '[0mb')).toEqual(['ab']);
  });

  test('something that only begins like an escape sequence does not hold the rest back for ever', () => {
    const rows = rowsOf(`a\u001b]${'x'.repeat(2000)}`, 'y'.repeat(2000), '\nend');
    expect(rows.at(-1)).toBe('end');
  });

  test('tabs and letters of any script stay', () => {
    expect(rowsOf('a\tb äöü 漢字 🙂')).toEqual(['a\tb äöü 漢字 🙂']);
  });

  test('a very long line is several rows, of which the first has the number', () => {
    const log = new LogText();
    log.append(`first\n${'x'.repeat(4500)}\nlast`);
    expect(log.rows.map(({ line, text }) => [line, text.length])).toEqual([
      [1, 5],
      [2, 2000],
      [null, 2000],
      [null, 500],
      [3, 4],
    ]);
  });

  test('pieces that were taken are not taken again', () => {
    const log = new LogText();
    const pieces = ['a\n'];
    log.take(pieces);
    log.take(pieces);
    pieces.push('b\n');
    log.take(pieces);
    expect(log.rows.map(({ text }) => text)).toEqual(['a', 'b']);
  });

  test('it does not matter where the pieces end', () => {
    const letters = fc.constantFrom('a', 'b', '\n', '\r\n', '\t', '\u001b[31m', '\u001b[0m', '\u001b]0;t\u0007', 'ü', '%');
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 60 }), fc.array(fc.nat(200), { maxLength: 8 }), (parts, cuts) => {
        const text = parts.join('');
        const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
        const pieces = [0, ...places].map((from, index) => text.slice(from, places[index] ?? text.length));
        expect(rowsOf(...pieces)).toEqual(rowsOf(text));
      }),
    );
  });
});

describe('searching', () => {
  const rows = ['Error: disk', 'fine', 'another error'].map((text, index) => ({ text, line: index + 1 }));

  test('finds rows in either case, and nothing for nothing', () => {
    expect(rowsWith(rows, 'ERROR')).toEqual([0, 2]);
    expect(rowsWith(rows, '')).toEqual([]);
  });

  test('every second part of a row is a match, and the parts are the row', () => {
    expect(splitAtMatches('abcABCabc', 'bc')).toEqual(['a', 'bc', 'A', 'BC', 'a', 'bc', '']);
    expect(splitAtMatches('nothing', 'x')).toEqual(['nothing']);
    expect(splitAtMatches('text', '')).toEqual(['text']);
  });
});
