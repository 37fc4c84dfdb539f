import { describe, expect, test } from 'vitest';
import {
  brokenRules,
  type ParameterDefinition,
  type ParameterDefinitions,
  validateParameters,
} from '../../../agent/document/parameters.ts';

const definitions = {
  Text: { type: 'String' },
  Lines: { type: 'StringList', default: ['one'] },
  Count: { type: 'Integer', default: 3 },
  Flag: { type: 'Boolean', default: false },
  Pairs: { type: 'StringMap', default: {} },
  Rows: { type: 'MapList', default: [] },
} satisfies ParameterDefinitions;

const defaults = { Lines: ['one'], Count: 3, Flag: false, Pairs: {}, Rows: [] };

function codesOf(texts: Record<string, string[]>, ofDefinitions: ParameterDefinitions = definitions): string[] {
  const outcome = validateParameters(ofDefinitions, texts);
  return outcome.ok ? [] : outcome.problems.map(({ parameter, code }) => `${parameter} ${code}`);
}

describe('a value against its definition', () => {
  test('characters are counted as people count them, not as UTF-16 does', () => {
    expect(brokenRules({ type: 'String', maxChars: 2 }, '💥💥')).toEqual([]);
    expect(brokenRules({ type: 'String', minChars: 3 }, '💥💥').map(({ code }) => code)).toEqual(['MIN_CHARS']);
  });

  test('every item of a list is held against the allowed values and the length', () => {
    const definition: ParameterDefinition = { type: 'StringList', allowedValues: ['a', 'bb'], maxChars: 1 };
    expect(brokenRules(definition, ['a', 'bb', 'c']).map(({ code }) => code)).toEqual(['ALLOWED_VALUES', 'MAX_CHARS']);
  });

  test('allowed values of a type other than text are compared as values', () => {
    expect(brokenRules({ type: 'Integer', allowedValues: [1, 2] }, 2)).toEqual([]);
    expect(brokenRules({ type: 'StringMap', allowedValues: [{ a: '1', b: '2' }] }, { b: '2', a: '1' })).toEqual([]);
    expect(brokenRules({ type: 'Boolean', allowedValues: [true] }, false).map(({ code }) => code)).toEqual(['ALLOWED_VALUES']);
  });
});

describe('the parameters of an association', () => {
  test('become typed values, and what is not sent its default', () => {
    expect(validateParameters(definitions, { Text: ['a'] })).toEqual({ ok: true, values: { ...defaults, Text: 'a' } });
    const texts = { Text: ['a'], Lines: ['x', 'y'], Count: ['-12'], Flag: ['true'], Pairs: ['{"a":"1"}'], Rows: ['[{"a":{"b":1}}]'] };
    const values = { Text: 'a', Lines: ['x', 'y'], Count: -12, Flag: true, Pairs: { a: '1' }, Rows: [{ a: { b: 1 } }] };
    expect(validateParameters(definitions, texts)).toEqual({ ok: true, values });
  });

  test('that are no lists take the first of the texts that were sent', () => {
    expect(validateParameters(definitions, { Text: ['a', 'b'], Count: ['1', '2'] })).toMatchObject({
      ok: true,
      values: { Text: 'a', Count: 1 },
    });
  });

  test('fall back to the default where an empty list was sent, except lists, which are empty then', () => {
    expect(validateParameters(definitions, { Text: ['a'], Count: [], Lines: [] })).toMatchObject({
      ok: true,
      values: { Count: 3, Lines: [] },
    });
  });

  test('are refused by name where they are unknown, missing or of the wrong type, all at once', () => {
    const texts = { Nope: ['1'], Count: ['3.0'], Flag: ['True'], Pairs: ['[]'], Rows: ['nonsense'] };
    expect(codesOf(texts)).toEqual(['Nope UNKNOWN', 'Text REQUIRED', 'Count TYPE', 'Flag TYPE', 'Pairs TYPE', 'Rows TYPE']);
  });

  test.for(['3.5', '3e2', '0x10', '', ' ', '1_000', '9007199254740993'])('an Integer is not %j', (text) => {
    expect(codesOf({ Text: [''], Count: [text] })).toEqual(['Count TYPE']);
  });

  test('a problem is a sentence that names the parameter and what would be right', () => {
    const outcome = validateParameters({ Mode: { type: 'String', allowedValues: ['on', 'off'] } }, { Mode: ['maybe'] });
    const message = 'The parameter "Mode" must be one of "on", "off", but is "maybe".';
    expect(outcome).toEqual({ ok: false, problems: [{ parameter: 'Mode', code: 'ALLOWED_VALUES', message }] });
  });

  test('whose names every object has are no more known than others', () => {
    expect(codesOf({ Text: [''], toString: ['x'], constructor: ['x'] })).toEqual(['toString UNKNOWN', 'constructor UNKNOWN']);
    expect(codesOf(JSON.parse('{"Text":[""],"__proto__":["x"]}'))).toEqual(['__proto__ UNKNOWN']);
    const inherited: ParameterDefinitions = Object.fromEntries([['constructor', { type: 'String' }]]);
    expect(codesOf({}, inherited)).toEqual(['constructor REQUIRED']);
  });

  test('may not refer to Parameter Store, which this version does not have', () => {
    const outcome = validateParameters(definitions, { Text: ['x {{ ssm:/app/port }}'] });
    expect(outcome).toMatchObject({ ok: false, problems: [{ parameter: 'Text', code: 'PARAMETER_STORE' }] });
  });

  test('with NUL characters are refused: no process could be given them', () => {
    expect(codesOf({ Text: ['a\0b'], Lines: ['ok', '\0'], Pairs: ['{"a":"\\u0000"}'] })).toEqual(['Text TYPE', 'Lines TYPE', 'Pairs TYPE']);
  });

  test('that would set an object’s prototype are refused, not dropped in silence', () => {
    expect(codesOf({ Text: [''], Pairs: ['{"__proto__":"x"}'], Rows: ['[{"a":{"__proto__":{}}}]'] })).toEqual(['Pairs TYPE', 'Rows TYPE']);
  });

  test('nested to the end of the stack are refused', () => {
    expect(codesOf({ Text: [''], Rows: [`[{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}]`] })).toEqual(['Rows TYPE']);
  });

  test('larger than a document may be together are refused before anything else is looked at', () => {
    expect(codesOf({ Text: ['x'.repeat(65_536)] })).toEqual([]);
    expect(codesOf({ Text: ['x'.repeat(65_536)], Lines: ['y'] })).toEqual(['Lines SIZE']);
    expect(codesOf({ Nope: ['é'.repeat(40_000)] })).toEqual(['Nope SIZE']);
  });

  test('cannot keep the controller busy with a hostile pattern', () => {
    const hostile = { Text: { type: 'String', allowedPattern: '^(a+)+$' } } satisfies ParameterDefinitions;
    expect(codesOf({ Text: [`${'a'.repeat(60_000)}!`] }, hostile)).toEqual(['Text ALLOWED_PATTERN']);
  });

  test('fail, rather than pass, where the document’s pattern cannot be understood', () => {
    expect(codesOf({ Text: ['a'] }, { Text: { type: 'String', allowedPattern: '(' } })).toEqual(['Text ALLOWED_PATTERN']);
  });
});
