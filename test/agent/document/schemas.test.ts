import { describe, expect, test } from 'vitest';
import type { DocumentContent } from '../../../agent/document/document.ts';
import { parseDocumentSource } from '../../../agent/document/source.ts';
import { warnedBy } from '../../builders/document-report.ts';

type Type = 'Command' | 'Policy';

const parse = (content: object, documentType: Type = 'Command') =>
  parseDocumentSource({ documentType, format: 'JSON', text: JSON.stringify(content) });

function documentOf(content: object): DocumentContent {
  const parsed = parse(content);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '));
  return parsed.document;
}

function problemsOf(content: object, documentType: Type = 'Command'): string[] {
  const parsed = parse(content, documentType);
  return parsed.ok ? [] : parsed.problems.map(({ code, message }) => `${code} ${message}`);
}

const step = { action: 'aws:runShellScript', name: 'run', inputs: { runCommand: ['true'] } };
const runtimeConfig = { 'aws:runShellScript': { properties: [{ id: '0.aws:runShellScript', runCommand: ['true'] }] } };

describe('schema versions', () => {
  test.each([
    ['Command', '2.2', true],
    ['Command', '2.0', true],
    ['Policy', '2.0', true],
    ['Policy', '2.2', true],
    ['Command', '0.3', false],
    ['Command', '2.1', false],
    ['Command', '2.3', false],
    ['Command', '1.1', false],
    ['Command', '2.0.4', false],
    ['Policy', '1.0', false],
    ['Policy', '1.2', false],
  ] as const)('a document of type %s of schema %s: %s', (documentType, schemaVersion, isFine) => {
    const problems = problemsOf({ schemaVersion, mainSteps: [step] }, documentType);
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(isFine ? [] : ['InvalidDocumentSchemaVersion']);
  });

  test('1.2 is for commands', () => {
    expect(problemsOf({ schemaVersion: '1.2', runtimeConfig })).toEqual([]);
  });

  test('each has its own layout', () => {
    expect(problemsOf({ schemaVersion: '1.2', mainSteps: [step] })).toEqual(['InvalidDocumentContent runtimeConfig is missing.']);
    expect(problemsOf({ schemaVersion: '2.0', runtimeConfig })).toEqual(['InvalidDocumentContent mainSteps is missing.']);
  });

  test.each(['2.0.1', '2.0.2', '2.0.3'])('%s, which the SSM agent takes, is read as 2.0', (schemaVersion) => {
    const parsed = parse({ schemaVersion, mainSteps: [step] });
    expect(parsed).toMatchObject({ ok: true, document: { schemaVersion: '2.0' } });
    expect(warnedBy(parsed)).toMatchObject([{ path: 'schemaVersion' }]);
  });

  test('1.0, which the SSM agent takes, is read as 1.2', () => {
    const parsed = parse({ schemaVersion: '1.0', runtimeConfig });
    expect(parsed).toMatchObject({ ok: true, document: { schemaVersion: '1.2' } });
    expect(warnedBy(parsed)).toMatchObject([{ path: 'schemaVersion' }]);
  });

  test('the form that steps have on the wire means nothing in a source', () => {
    const parsed = parse({ schemaVersion: '2.2', mainSteps: [{ ...step, moreInputs: [{ runCommand: ['false'] }] }] });
    expect(parsed).toMatchObject({ ok: true, document: { mainSteps: [step] } });
    expect(warnedBy(parsed)).toMatchObject([{ path: 'mainSteps[0].moreInputs' }]);
    expect(parsed.ok && parsed.document.mainSteps[0]).not.toHaveProperty('moreInputs');
  });

  test('a precondition below 2.2 is a warning: the step will fail', () => {
    const parsed = parse({ schemaVersion: '2.0', mainSteps: [{ ...step, precondition: { StringEquals: ['platformType', 'Linux'] } }] });
    expect(warnedBy(parsed)).toMatchObject([{ path: 'mainSteps[0].precondition' }]);
  });
});

describe('schema 1.2', () => {
  test('plugins become steps, and further properties further parts of them', () => {
    const document = documentOf({
      schemaVersion: '1.2',
      description: 'old',
      parameters: { lines: { type: 'StringList' } },
      runtimeConfig: {
        'aws:runShellScript': {
          properties: [
            { id: '0', runCommand: '{{ lines }}' },
            { commands: ['b'], timeoutSeconds: '60' },
          ],
        },
        'aws:runPowerShellScript': { properties: { runCommand: ['c'] } },
      },
    });
    expect(document.mainSteps).toEqual([
      {
        action: 'aws:runShellScript',
        name: 'runShellScript',
        inputs: { runCommand: '{{ lines }}' },
        moreInputs: [{ runCommand: ['b'], timeoutSeconds: '60' }],
      },
      { action: 'aws:runPowerShellScript', name: 'runPowerShellScript', inputs: { runCommand: ['c'] } },
    ]);
    expect(document).toMatchObject({ schemaVersion: '1.2', description: 'old', parameters: { lines: { type: 'StringList' } } });
  });

  test.each([
    ['an unknown plugin', { 'aws:no': { properties: [{}] } }, 'runtimeConfig."aws:no" is "aws:no", which is no action;'],
    [
      'an undeclared parameter',
      { 'aws:runShellScript': { properties: [{ runCommand: ['{{ x }}'] }] } },
      'runtimeConfig."aws:runShellScript".properties[0].runCommand[0] uses the parameter "x"',
    ],
    [
      'a missing input of a second part',
      { 'aws:runShellScript': { properties: [{ runCommand: 'a' }, {}] } },
      'runtimeConfig."aws:runShellScript".properties[1].runCommand',
    ],
    ['no plugin', {}, 'runtimeConfig must have at least one plugin'],
    [
      'no properties',
      { 'aws:runShellScript': { properties: [] } },
      'runtimeConfig."aws:runShellScript".properties must have at least 1 entry',
    ],
  ])('%s is refused where it stands', (_what, plugins, message) => {
    const problems = problemsOf({ schemaVersion: '1.2', runtimeConfig: plugins });
    expect(problems).toEqual([expect.stringContaining(message)]);
  });
});

describe('actions', () => {
  const stepOf = (action: string, inputs: object) => ({
    schemaVersion: '2.2',
    parameters: { Lines: { type: 'StringList' }, Count: { type: 'Integer' }, Map: { type: 'StringMap' } },
    mainSteps: [{ action, name: 'a', inputs }],
  });

  test.each(['aws:runShellscript', 'aws:runCommand', 'runShellScript', 'aws:toString', 'toString'])('%s is none', (action) => {
    expect(problemsOf(stepOf(action, {}))).toEqual([expect.stringContaining('which is no action; there are aws:runShellScript, ')]);
  });

  test('of later versions are taken, with the types that fit their inputs', () => {
    expect(
      problemsOf(stepOf('aws:runDocument', { documentType: 'SSMDocument', documentPath: 'x', documentParameters: '{{ Map }}' })),
    ).toEqual([]);
    expect(
      problemsOf(
        stepOf('aws:runDocument', { documentType: 'LocalPath', documentPath: 'x', documentParameters: { lines: '{{ Lines }}' } }),
      )[0],
    ).toContain('of type StringList');
    expect(
      problemsOf(stepOf('aws:downloadContent', { sourceType: 'Git', sourceInfo: '{{ Map }}', destinationPath: 'x{{ Count }}' }))[0],
    ).toContain('only type String fits inside text');
    expect(problemsOf(stepOf('aws:updateAgent', { onFailure: 'abort' }))[0]).toContain('onFailure must be "exit" or "successAndExit"');
  });
});
