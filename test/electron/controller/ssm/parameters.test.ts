import { expect, test } from 'vitest';
import * as z from 'zod';
import { openSsmSite, refusal } from './ssm-site.ts';

type Call = ReturnType<typeof openSsmSite>['call'];

const Names = z.object({ Parameters: z.array(z.object({ Name: z.string() })), NextToken: z.string().optional() });
const named = (answer: object): string[] => Names.parse(answer).Parameters.map(({ Name }) => Name);

const put = (call: Call, Name: string, members: object = {}) => call('PutParameter', { Name, Type: 'String', Value: 'x', ...members });

test('a parameter is created once, and overwritten only when that is asked for', () => {
  const { call } = openSsmSite();
  expect(put(call, 'greeting', { Value: 'hello' })).toEqual({ Version: 1, Tier: 'Standard' });
  expect(() => put(call, 'greeting', { Value: 'good day' })).toThrow(refusal('ParameterAlreadyExists', 'Name'));
  expect(put(call, 'greeting', { Value: 'good day', Overwrite: true, Type: undefined })).toEqual({ Version: 2, Tier: 'Standard' });
  expect(put(call, 'other', { Overwrite: true })).toEqual({ Version: 1, Tier: 'Standard' });
  expect(call('GetParameter', { Name: 'greeting' })).toEqual({
    Parameter: {
      Name: 'greeting',
      Type: 'String',
      Value: 'good day',
      Version: 2,
      LastModifiedDate: new Date('2026-03-01T02:00:00Z'),
      DataType: 'text',
    },
  });
  expect(call('GetParameter', { Name: 'greeting:1' })).toMatchObject({ Parameter: { Value: 'hello', Version: 1, Selector: ':1' } });
});

test('what is wrong with a parameter is refused on its member', () => {
  const { call } = openSsmSite();
  put(call, 'taken');
  const wrong: [object, string, string][] = [
    [{ Name: 'aws-reserved' }, 'ValidationException', 'Name'],
    [{ Name: '/a'.repeat(16) }, 'HierarchyLevelLimitExceededException', 'Name'],
    [{ Type: 'Number' }, 'UnsupportedParameterType', 'Type'],
    [{ Type: undefined }, 'ValidationException', 'Type'],
    [{ Value: '' }, 'ValidationException', 'Value'],
    [{ Value: 5 }, 'SerializationException', 'Value'],
    [{ Value: 'ten', AllowedPattern: '^\\d+$' }, 'ParameterPatternMismatchException', 'Value'],
    [{ AllowedPattern: '(' }, 'InvalidAllowedPatternException', 'AllowedPattern'],
    [{ Name: 'taken', Type: 'StringList', Overwrite: true }, 'HierarchyTypeMismatchException', 'Type'],
    [{ KeyId: 'alias/mine' }, 'ValidationException', 'KeyId'],
    [{ Policies: '[{}]' }, 'ValidationException', 'Policies'],
    [{ Tier: 'Advanced' }, 'ValidationException', 'Tier'],
    [{ DataType: 'aws:ec2:image' }, 'ValidationException', 'DataType'],
    [{ Colour: 'red' }, 'ValidationException', 'Colour'],
  ];
  for (const [members, code, member] of wrong) {
    expect(() => put(call, 'new', members), JSON.stringify(members)).toThrow(refusal(code, member));
  }
  expect(named(call('DescribeParameters'))).toEqual(['taken']);
});

test('of a secure value there is nothing to see, unless it is asked for in the clear', () => {
  const { site, call } = openSsmSite();
  const secret = 'correct horse battery';
  put(call, 'secret', { Type: 'SecureString', Value: secret });
  put(call, 'secret', { Type: 'SecureString', Value: `${secret} 2`, Overwrite: true });
  const answers = [
    call('GetParameter', { Name: 'secret' }),
    call('GetParameters', { Names: ['secret'] }),
    call('GetParameterHistory', { Name: 'secret' }),
    call('DescribeParameters'),
    site.context.stores.parameters.versions('secret'),
  ];
  for (const answer of answers) expect(JSON.stringify(answer)).not.toContain(secret);
  expect(call('GetParameter', { Name: 'secret', WithDecryption: true })).toMatchObject({ Parameter: { Value: `${secret} 2` } });
  expect(call('GetParameterHistory', { Name: 'secret', WithDecryption: true })).toMatchObject({
    Parameters: [{ Value: secret }, { Value: `${secret} 2` }],
  });
});

test('several are read at once, and those that there are not are told apart', () => {
  const { call } = openSsmSite();
  put(call, 'one');
  put(call, 'two', { Type: 'StringList', Value: 'a,b' });
  expect(call('GetParameters', { Names: ['two', 'three', 'one', 'one:7'] })).toMatchObject({
    Parameters: [{ Name: 'two', Type: 'StringList', Value: 'a,b' }, { Name: 'one' }],
    InvalidParameters: ['three', 'one:7'],
  });
  expect(() => call('GetParameters', { Names: Array(11).fill('one') })).toThrow(refusal('ValidationException', 'Names'));
  expect(() => call('GetParameter', { Name: 'three' })).toThrow(refusal('ParameterNotFound', 'Name'));
  expect(() => call('GetParameter', { Name: 'one:7' })).toThrow(refusal('ParameterVersionNotFound', 'Name'));
});

test('a history tells every version, the oldest first', () => {
  const { call } = openSsmSite();
  put(call, 'word', { Value: 'veni', Description: 'first' });
  put(call, 'word', { Value: 'vidi', Overwrite: true });
  put(call, 'word', { Value: 'vici', Overwrite: true, Description: 'third' });
  expect(call('GetParameterHistory', { Name: 'word' })).toMatchObject({
    Parameters: [
      { Name: 'word', Version: 1, Value: 'veni', Description: 'first', Tier: 'Standard', Labels: [] },
      { Name: 'word', Version: 2, Value: 'vidi', Description: 'first' },
      { Name: 'word', Version: 3, Value: 'vici', Description: 'third' },
    ],
  });
});

test('a path finds the level below it, and all levels when that is asked for', () => {
  const { call } = openSsmSite();
  for (const name of ['/site/a/one', '/site/a/two', '/site/a/deep/three', '/site/ab/four', 'loose']) put(call, name);
  put(call, '/site/a/list', { Type: 'StringList' });
  expect(named(call('GetParametersByPath', { Path: '/site/a' }))).toEqual(['/site/a/list', '/site/a/one', '/site/a/two']);
  expect(named(call('GetParametersByPath', { Path: '/site/a/', Recursive: true }))).toEqual([
    '/site/a/deep/three',
    '/site/a/list',
    '/site/a/one',
    '/site/a/two',
  ]);
  expect(named(call('GetParametersByPath', { Path: '/', Recursive: true }))).toHaveLength(5);
  const ParameterFilters = [{ Key: 'Type', Option: 'Equals', Values: ['StringList'] }];
  expect(named(call('GetParametersByPath', { Path: '/site', Recursive: true, ParameterFilters }))).toEqual(['/site/a/list']);
  expect(() => call('GetParametersByPath', { Path: 'site' })).toThrow(refusal('ValidationException', 'Path'));
});

test('parameters are found by name, type and path, in pages', () => {
  const { call } = openSsmSite();
  for (const name of ['/lab/port', '/lab/web/port', 'port', 'greeting']) put(call, name);
  const found = (...ParameterFilters: object[]) => named(call('DescribeParameters', { ParameterFilters }));
  expect(found({ Key: 'Name', Option: 'Contains', Values: ['port'] })).toEqual(['/lab/port', '/lab/web/port', 'port']);
  expect(found({ Key: 'Name', Values: ['port'] })).toEqual(['port']);
  expect(found({ Key: 'Path', Option: 'Recursive', Values: ['/lab'] }, { Key: 'Name', Option: 'BeginsWith', Values: ['/lab/w'] })).toEqual([
    '/lab/web/port',
  ]);
  expect(found({ Key: 'Type', Values: ['SecureString'] })).toEqual([]);
  expect(named(call('DescribeParameters', { Filters: [{ Key: 'Name', Values: ['gree'] }] }))).toEqual(['greeting']);
  expect(() => found({ Key: 'Colour', Values: ['red'] })).toThrow(refusal('InvalidFilterKey', 'ParameterFilters.0.Key'));
  expect(() => found({ Key: 'Name', Option: 'SoundsLike', Values: ['x'] })).toThrow(
    refusal('InvalidFilterOption', 'ParameterFilters.0.Option'),
  );
  const first = Names.parse(call('DescribeParameters', { MaxResults: 3 }));
  expect(named(call('DescribeParameters', { MaxResults: 3, NextToken: first.NextToken }))).toEqual(['port']);
});

test('one is deleted, or several, of which those that there are not are told', () => {
  const { call } = openSsmSite();
  for (const name of ['one', 'two']) put(call, name);
  expect(call('DeleteParameter', { Name: 'one' })).toEqual({});
  expect(() => call('DeleteParameter', { Name: 'one' })).toThrow(refusal('ParameterNotFound', 'Name'));
  expect(call('DeleteParameters', { Names: ['one', 'two'] })).toEqual({ DeletedParameters: ['two'], InvalidParameters: ['one'] });
});

test('a new value starts what refers to it, once, and nothing else', () => {
  const { site, call, create } = openSsmSite();
  site.addNode();
  put(call, 'greeting');
  const referring = create({ Parameters: { commands: ['echo {{ssm:greeting}}'] } });
  const other = create();
  site.advance({ minutes: 1 });
  put(call, 'greeting', { Value: 'good day', Overwrite: true });
  expect(site.history(referring).map(({ trigger }) => trigger)).toEqual(['Created', 'ParameterChanged']);
  expect(site.history(other).map(({ trigger }) => trigger)).toEqual(['Created']);
});
