import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern, isFoundIn, MAX_PATTERN_LENGTH } from '../../../agent/document/pattern.ts';

function isFound(pattern: string, text: string): boolean {
  const compiled = compilePattern(pattern);
  if (!compiled.ok) throw new Error(`${pattern} ${compiled.reason}`);
  return isFoundIn(compiled.pattern, text);
}

/** Patterns of the kind that authors write, built of parts so that most of them mean something; small, for the engine they are compared with. */
const { pattern: anyPattern } = fc.letrec<{ pattern: string; atom: string }>((tie) => ({
  pattern: fc
    .array(fc.tuple(tie('atom'), fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,3}', '{0,}', '+?')), { maxLength: 3 })
    .map((parts) => parts.map(([atom, count]) => `(?:${atom})${count}`).join('')),
  atom: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', '\\b', '\\B', '^', '$', '\\.', '[\\w.-]', 'a|b', ''),
    tie('pattern'),
    fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `(${left}|${right})`),
  ),
}));
const shortText = fc.string({ unit: fc.constantFrom('a', 'b', '1', '.', ' ', '-'), maxLength: 8 });

describe('allowedPattern', () => {
  test('finds what JavaScript’s own engine finds', () => {
    fc.assert(
      fc.property(anyPattern, shortText, (pattern, text) => {
        expect(isFound(pattern, text)).toBe(new RegExp(pattern, 'u').test(text));
      }),
      { numRuns: 3000 },
    );
  });

  test.for([
    ['^[0-9]+$', '12', true],
    ['[0-9]+', 'a12b', true],
    ['^[A-Za-z0-9_.@-]{1,64}$', 'nginx.service', true],
    ['(^$)|^[0-9a-f]{8}-', '', true],
    ['^[\\w-.]+$', 'a-b.c', true],
    ['(?i)^abc$', 'ABC', true],
    ['(?P<year>\\d{4})', 'in 1999', true],
    ['^.$', '💥', true],
    ['^\\p{L}+$', 'Ärger', true],
    ['a{2', 'a{2', true],
    ['\\Aab\\z', 'ab', true],
    ['^[^\\]]$', ']', false],
    ['^a$', 'a\n', false],
    ['', 'anything', true],
    ['^.{1,4096}$', 'a'.repeat(4096), true],
    ['^.{1,4096}$', 'a'.repeat(4097), false],
    ['^(?!.*\\.\\.).*$', 'a/../b', false],
    ['^(?!.*\\.\\.).*$', 'a/./b', true],
    ['^(?=.*[0-9])(?=.*[a-z]).{4,}$', 'ab12', true],
    ['^(?=.*[0-9])(?=.*[a-z]).{4,}$', 'abcd', false],
    ['^(?!aws|amzn[)(]?)[a-z]+$', 'awsome', false],
    ['^(?!aws|amzn[)(]?)[a-z]+$', 'lab', true],
    ['(?i)^(?!AWS)[a-z]+$', 'aws', false],
  ] as const)('%s is searched in %j: %s', ([pattern, text, found]) => {
    expect(isFound(pattern, text)).toBe(found);
  });

  test.for([
    ['(', 'has a group that is not closed'],
    [')', 'closes a group that was not opened'],
    ['[a', 'has a character class that is empty or not closed'],
    ['*a', 'has nothing to repeat before *'],
    ['a**', 'repeats a repetition'],
    ['(?=a)', 'no look-around'],
    ['(a)\\1', 'has the escape \\1'],
    ['[[:alpha:]]', 'has a named class'],
    ['x{3,1}', 'limits are in the wrong order'],
    ['x{65537}', 'repeats more than 65536 times'],
    ['a(?!b)', 'no look-around'],
    ['(?!b)a', 'no look-around'],
    ['^(?!a)b|c', 'no look-around'],
    ['^(?!(?=a))b', 'no look-around'],
    ['^(?<=a)b', 'no look-around'],
    ['^(?!a', 'no look-around'],
    ['[z-a]', 'is not a valid class'],
    ['x\\', 'has the escape \\'],
  ] as const)('%s is refused: it %s', ([pattern, reason]) => {
    expect(compilePattern(pattern)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });

  test.for(['^(a+)+$', '(a|a)*b', '(.*)(.*)(.*)(.*)x$', '^((ab?)*|a*)*$', '([a-z]{1,300}){1,2}!'])(
    '%s cannot hang on a long text',
    (pattern) => {
      expect(isFound(pattern, `${'a'.repeat(20_000)}?`)).toBe(false);
    },
  );

  test.for(['((x{1000}){1000}){1000}', `${'('.repeat(400)}x${')?'.repeat(400)}`.replaceAll(')?', '){9}'), '(){1000}'.repeat(20)])(
    'a short pattern cannot become a huge program: %#',
    (pattern) => {
      expect(compilePattern(pattern)).toEqual({ ok: false, reason: expect.any(String) });
    },
  );

  test('a pattern has a largest length', () => {
    expect(compilePattern('a'.repeat(MAX_PATTERN_LENGTH)).ok).toBe(true);
    expect(compilePattern('a'.repeat(MAX_PATTERN_LENGTH + 1))).toEqual({ ok: false, reason: 'is longer than 1024 characters' });
  });

  test('compiling never throws, whatever is given', () => {
    const patternLike = fc
      .array(fc.oneof(fc.constantFrom(...'()[]{}|*+?^$\\.-,:=<>!idPpx019'), fc.string({ maxLength: 3 })))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(patternLike, (pattern) => typeof compilePattern(pattern).ok === 'boolean'),
      { numRuns: 2000 },
    );
  });
});
