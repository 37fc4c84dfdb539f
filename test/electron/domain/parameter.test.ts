import { describe, expect, test } from 'vitest';
import { type ParameterDraft, parameterPaths, parameterProblems } from '../../../electron/domain/parameter.ts';

const aDraft = (settings: Partial<ParameterDraft> = {}): ParameterDraft => ({
  name: '/lab/port',
  type: 'String',
  value: '8080',
  description: '',
  allowedPattern: null,
  ...settings,
});

const codesOf = (settings: Partial<ParameterDraft>) => parameterProblems(aDraft(settings)).map(({ code, field }) => `${code} ${field}`);

describe('a parameter’s name', () => {
  test.each(['a', 'port', 'Port_1.x-y', '/a', '/lab/web/port', `/${'a'.repeat(1010)}`, `/${Array(15).fill('a').join('/')}`])(
    'may be %s',
    (name) => {
      expect(codesOf({ name })).toEqual([]);
    },
  );

  test.each([
    '',
    'a b',
    'ä',
    'a/b',
    '/a/',
    '//a',
    '/a//b',
    'a:1',
    '../a',
    'aws',
    'AWSport',
    'ssm-port',
    '/Aws/x',
    '/SSM',
    'a\n',
    `${'a'.repeat(1012)}`,
  ])('may not be %j', (name) => {
    expect(codesOf({ name })).toEqual(['ValidationException name']);
  });

  test('has at most 15 levels', () => {
    expect(codesOf({ name: `/${Array(16).fill('a').join('/')}` })).toEqual(['HierarchyLevelLimitExceededException name']);
  });
});

describe('a parameter’s value', () => {
  test.each(['', 'x'.repeat(4097), 'a\0b', 'a\ud800b', '{{ssm:other}}', 'before {{ name }} after', '{{}}'])('may not be %j', (value) => {
    expect(codesOf({ value })).toEqual(['ValidationException value']);
  });

  test.each(['x', 'x'.repeat(4096), 'line\nline', '{"a":{"b":1}}', '{{', 'a,b,c'])('may be %j', (value) => {
    expect(codesOf({ value })).toEqual([]);
  });

  test('is held to the allowed pattern, which is searched', () => {
    expect(codesOf({ value: 'abc', allowedPattern: '^[0-9]+$' })).toEqual(['ParameterPatternMismatchException value']);
    expect(codesOf({ value: 'port 80', allowedPattern: '[0-9]' })).toEqual([]);
    expect(codesOf({ value: `${'a'.repeat(4000)}!`, allowedPattern: '^(a+)+$' })).toEqual(['ParameterPatternMismatchException value']);
  });

  test('is in no sentence about what is wrong with it', () => {
    const broken = parameterProblems(aDraft({ type: 'SecureString', value: 'hunter2-{{x}}', allowedPattern: '^[0-9]+$' }));
    expect(JSON.stringify([broken, parameterProblems(aDraft({ value: 'hunter2', allowedPattern: '^[0-9]+$' }))])).not.toContain('hunter2');
  });
});

test.each(['', '(a', '(?=a)', '\\1', 'a'.repeat(1025)])('an allowed pattern may not be %j', (allowedPattern) => {
  expect(codesOf({ allowedPattern })).toEqual(['InvalidAllowedPatternException allowedPattern']);
});

test('a type that there is not, and a description that is too long or hides something, are refused by name', () => {
  expect(codesOf({ type: 'Number' })).toEqual(['UnsupportedParameterType type']);
  expect(codesOf({ description: 'x'.repeat(1025) })).toEqual(['ValidationException description']);
  expect(codesOf({ description: 'a\u001b[31m' })).toEqual(['ValidationException description']);
});

test('hierarchies are listed level by level, with how many parameters are below each', () => {
  expect(parameterPaths(['plain', '/lab/port', '/lab/web/port', '/lab/web/host', '/top'])).toEqual([
    { path: '/lab', parameters: 3 },
    { path: '/lab/web', parameters: 2 },
  ]);
});
