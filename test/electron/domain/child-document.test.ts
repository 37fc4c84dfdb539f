import { describe, expect, test } from 'vitest';
import type { DocumentContent } from '../../../agent/document/document.ts';
import type { FindChild } from '../../../electron/domain/child-document.ts';
import { childValues, refersByItself, runsDocument } from '../../../electron/domain/child-document.ts';
import type { StoreLookup } from '../../../electron/domain/run-values.ts';

const stored: Record<string, { type: 'String' | 'SecureString'; value: string }> = {
  port: { type: 'String', value: '8080' },
  password: { type: 'SecureString', value: 'hunter2' },
};

const lookup: StoreLookup = ({ name }) => {
  const found = stored[name];
  return found === undefined ? null : { type: found.type, value: () => found.value };
};

const aDocument = (steps: DocumentContent['mainSteps'], parameters: DocumentContent['parameters'] = {}): DocumentContent => ({
  schemaVersion: '2.2',
  parameters,
  mainSteps: steps,
});

const runs = (documentPath: string, more: object = {}): DocumentContent['mainSteps'][number] => ({
  action: 'aws:runDocument',
  name: 'child',
  inputs: { documentType: 'SSMDocument', documentPath, ...more },
});
const says = (script: string): DocumentContent['mainSteps'][number] => ({
  action: 'aws:runShellScript',
  name: 'says',
  inputs: { runCommand: [script] },
});

describe('a document that a step runs', () => {
  const documents: Record<string, DocumentContent> = {
    Leaf: aDocument([says('true')]),
    Second: aDocument([runs('{{ next }}')], { next: { type: 'String', default: 'Other' } }),
    First: aDocument([runs('Second', { documentParameters: { next: 'Leaf' } })]),
    Zeroth: aDocument([runs('First')]),
    Loop: aDocument([runs('Loop')]),
  };
  const find: FindChild = ({ name, version }) => {
    const content = documents[name];
    return content === undefined ? null : { key: `${name}:${version === '$DEFAULT' ? '1' : version}`, content };
  };
  const reaches = (steps: DocumentContent['mainSteps'], wanted: string, values: Record<string, string> = {}) =>
    runsDocument({ mainSteps: steps, parameters: { name: { type: 'String' } }, values }, wanted, find);

  test('is found by its name, also where a parameter or a document between them brings it', () => {
    expect(reaches([runs('Leaf')], 'Leaf:1')).toBe(true);
    expect(reaches([runs('{{ name }}')], 'Leaf:1', { name: 'Leaf' })).toBe(true);
    expect(reaches([runs('First')], 'Leaf:1')).toBe(true);
  });

  test.each([
    ['of another version', [runs('Leaf:2')], 'Leaf:1'],
    ['that no step names', [says('true')], 'Leaf:1'],
    ['that a file names', [runs('Leaf', { documentType: 'LocalPath' })], 'Leaf:1'],
    ['that is named with other parameters', [runs('Second')], 'Leaf:1'],
    ['that is too deep', [runs('Zeroth')], 'Leaf:1'],
    ['in a circle', [runs('Loop')], 'Leaf:1'],
    ['that there is not', [runs('None')], 'None:1'],
  ])('is not one %s', (_what, steps, wanted) => {
    expect(reaches(steps, wanted)).toBe(false);
  });
});

describe('what a node gets of a document that a step runs', () => {
  const document = aDocument([says('echo {{ Port }} {{ Name }} {{ Password }} {{ssm:port}}')], {
    Port: { type: 'String', default: '{{ssm:port}}' },
    Name: { type: 'String' },
    Password: { type: 'String', interpolationType: 'ENV_VAR', default: '{{ssm-secure:password}}' },
  });

  test('is what its steps and its defaults refer to, with its secrets apart', () => {
    expect(childValues(document, ['Name'], lookup)).toMatchObject({
      ok: true,
      document: {
        mainSteps: [{ inputs: { runCommand: ['echo {{ Port }} {{ Name }} {{ Password }} 8080'] } }],
        parameters: { Name: { type: 'String' }, Port: { type: 'String' }, Password: { type: 'String' } },
      },
      parameters: { Port: ['8080'] },
      secrets: { Password: 'hunter2' },
    });
  });

  test('is nothing of a default for which the step gives a value', () => {
    const values = childValues(document, ['Name', 'Port', 'Password'], () => null);
    expect(values).toMatchObject({ ok: false, errorCode: 'ParameterNotFound' });
    const withoutStep = { ...document, mainSteps: [says('true')] };
    expect(childValues(withoutStep, ['Name', 'Port', 'Password'], lookup)).toMatchObject({ ok: true, parameters: {}, secrets: {} });
    expect(refersByItself(withoutStep, ['Port', 'Password'])).toBe(false);
    expect(refersByItself(withoutStep, ['Port'])).toBe(true);
  });
});
