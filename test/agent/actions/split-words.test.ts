import { expect, test } from 'vitest';
import { splitWords } from '../../../agent/actions/split-words.ts';

test.each([
  ['', []],
  ['  a  b\tc\n', ['a', 'b', 'c']],
  [`sh -c 'echo "$HOME"; ls'`, ['sh', '-c', 'echo "$HOME"; ls']],
  [`a"b c"d`, ['ab cd']],
  [`"" ''`, ['', '']],
  [`a\\ b "c\\"d" 'e\\f' "g\\h"`, ['a b', 'c"d', 'e\\f', 'g\\h']],
  ['$(reboot) `id` a;b|c > d', ['$(reboot)', '`id`', 'a;b|c', '>', 'd']],
])('%j is %j', (text, words) => {
  expect(splitWords(text)).toEqual(words);
});

test.each([`'a`, `"a`, `a "b\\"`])('%j has a quote that is not closed', (text) => {
  expect(splitWords(text)).toBeNull();
});
