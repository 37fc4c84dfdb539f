import { describe, expect, test } from 'vitest';
import type { DocumentContent } from '../../../agent/document/document.ts';
import type { ParameterLookup, StoredParameter } from '../../../agent/document/parameter-references.ts';
import { referenceOf, referencesIn, resolveParameterReferences } from '../../../agent/document/parameter-references.ts';
import { resolveRunReferences } from '../../../agent/document/run-references.ts';

const store: Readonly<Record<string, StoredParameter>> = {
  port: { type: 'String', value: '8080' },
  quoted: { type: 'String', value: 'a "b" \\ $1 $$' },
  list: { type: 'StringList', value: 'one,two' },
  secret: { type: 'SecureString', value: 'hush' },
};
const lookup: ParameterLookup = ({ name, version }) => (version === null || version === 2 ? (store[name] ?? null) : null);

const resolved = (value: unknown) => resolveParameterReferences(value, lookup);

describe('references to Parameter Store', () => {
  test('are found once each, in the order of the text, and not in keys', () => {
    const value = { '{{ssm:key}}': ['{{ssm:/lab/port:3}} {{ ssm:port }}', { inner: '{{ssm:port}}' }, 7], last: '{{ ssm:z }}' };
    expect(referencesIn(value)).toEqual(['/lab/port:3', 'port', 'z']);
    expect(referenceOf('/lab/port:3')).toEqual({ name: '/lab/port', version: 3 });
    expect(referenceOf('port')).toEqual({ name: 'port', version: null });
    expect(referenceOf('port:label')).toEqual({ name: 'port', version: 0 });
  });

  test('become what is stored, as it is, in nested values too', () => {
    expect(resolved({ a: ['p={{ssm:port}}', { b: '{{ ssm:quoted }}' }], '{{ssm:port}}': 1 })).toEqual({
      ok: true,
      value: { a: ['p=8080', { b: 'a "b" \\ $1 $$' }], '{{ssm:port}}': 1 },
    });
    expect(resolved('{{ssm:port:2}}')).toEqual({ ok: true, value: '8080' });
  });

  test('a list is spliced where it is a whole element of a list, and refused elsewhere', () => {
    expect(resolved(['a', '{{ssm:list}}', 'b'])).toEqual({ ok: true, value: ['a', 'one', 'two', 'b'] });
    for (const value of ['{{ssm:list}}', ['x {{ssm:list}}'], { key: '{{ssm:list}}' }]) {
      expect(resolved(value)).toMatchObject({ ok: false, code: 'STRING_LIST' });
    }
  });

  test('secrets and what is not there are refused, without a value in the sentence', () => {
    const secret = resolved(['{{ssm:secret}}']);
    expect(secret).toMatchObject({ ok: false, code: 'SECURE_STRING' });
    expect(JSON.stringify(secret)).not.toContain('hush');
    expect(resolved('{{ssm:port:3}}')).toEqual({
      ok: false,
      code: 'UNKNOWN',
      problem: 'There is no parameter port:3, to which {{ssm:port:3}} refers.',
    });
  });
});

describe('the references of a run', () => {
  const document: DocumentContent = {
    schemaVersion: '2.2',
    parameters: {
      text: { type: 'String', default: '{{ssm:port}}' },
      lines: { type: 'StringList' },
      map: { type: 'StringMap' },
      count: { type: 'Integer' },
    },
    mainSteps: [{ action: 'aws:runShellScript', name: 'run', inputs: { runCommand: ['{{ssm:list}}', 'echo {{ text }} {{ssm:port}}'] } }],
  };
  const run = (parameters: Record<string, string[]>) => resolveRunReferences({ document, parameters }, lookup);

  test('are resolved in steps, defaults and values, by the type of the parameter', () => {
    const outcome = run({
      lines: ['{{ssm:list}}', 'x'],
      map: ['{"a":"{{ssm:quoted}}"}'],
      count: ['{{ ssm:port }}'],
      text: ['{{ssm:port}}'],
    });
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        document: {
          parameters: { text: { default: '8080' } },
          mainSteps: [{ inputs: { runCommand: ['one', 'two', 'echo {{ text }} 8080'] } }],
        },
        parameters: { lines: ['one', 'two', 'x'], map: [JSON.stringify({ a: store.quoted?.value })], count: ['8080'], text: ['8080'] },
      },
    });
  });

  test('a list is no text, although values travel in lists', () => {
    expect(run({ text: ['{{ssm:list}}'] })).toMatchObject({ ok: false, code: 'STRING_LIST' });
  });
});
