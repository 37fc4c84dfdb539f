import { describe, expect, test } from 'vitest';
import { readExtraVariables, variablesFile } from '../../../agent/actions/extra-variables.ts';

const read = (text: string) => {
  const extra = readExtraVariables(text);
  return extra.ok ? Object.fromEntries(extra.variables) : extra.problem;
};

describe('the extra variables of a playbook', () => {
  test('are pairs with blanks between, of which the last of a name counts', () => {
    expect(read('  SSM=True\n port=80 port=8080 empty= ')).toEqual({ SSM: 'True', port: '8080', empty: '' });
  });

  test('may be quoted, where a value has blanks', () => {
    expect(read(`title="two words" path='/a b/' said="he said \\"no\\""`)).toEqual({
      title: 'two words',
      path: '/a b/',
      said: 'he said "no"',
    });
  });

  test('are never options, files or anything else', () => {
    for (const text of ['--connection ssh', '@/etc/shadow', '{"a":1}', 'a=1 -vvvv', 'a="1" b', "a='1", 'a=b"c', '1a=2', '-e=1']) {
      expect(read(text)).toContain('name=value');
    }
  });

  test('come to ansible as text that is no template', () => {
    const extra = readExtraVariables(`x="{{ lookup('pipe','id') }}"`);
    expect(extra.ok && variablesFile(extra.variables)).toBe(`"x": !unsafe "{{ lookup('pipe','id') }}"\n`);
    expect(variablesFile(new Map())).toBe('{}\n');
  });
});
