import { describe, expect, test } from 'vitest';
import type { SourceFormat } from '../../../agent/document/located-problem.ts';
import { completionsAt, noteAt, parameterNames } from '../../../renderer/documents/source-completions.ts';

/** What is offered where `|` stands in the text. */
function offered(marked: string, format: SourceFormat = 'YAML'): string[] {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  return completionsAt(text, offset, format)?.options.map(({ label }) => label) ?? [];
}

const HEAD = 'schemaVersion: "2.2"\nparameters:\n  name:\n    type: String\n  many:\n    type: StringList\nmainSteps:\n';

describe('in YAML', () => {
  test('the keys of a document are offered, but those that it has', () => {
    expect(offered(`${HEAD}d|`)).toEqual(['description']);
    expect(offered('|')).toEqual(['schemaVersion', 'description', 'parameters', 'mainSteps']);
  });

  test('a parameter has its keywords, and they have their values', () => {
    expect(offered('parameters:\n  name:\n    type: String\n    de|')).not.toContain('type');
    expect(offered('parameters:\n  name:\n    type: String\n    de|')).toContain('default');
    expect(offered('parameters:\n  name:\n    type: S|')).toEqual(['String', 'StringList', 'Integer', 'Boolean', 'StringMap', 'MapList']);
    expect(offered('parameters:\n  n|')).toEqual([]);
  });

  test('a step has its keywords, and an action out of all that there are', () => {
    expect(offered(`${HEAD}  - action: aws:runShellScript\n    n|`)).toEqual(['name', 'inputs', 'precondition']);
    expect(offered(`${HEAD}- |`)).toEqual(['action', 'name', 'inputs', 'precondition']);
    expect(offered(`${HEAD}  - action: aws:r|`)).toContain('aws:runShellScript');
  });

  test('the inputs are those of the action of that step', () => {
    const shell = offered(
      `${HEAD}  - action: aws:runShellScript\n    name: a\n    inputs:\n      |\n  - action: aws:refreshAssociation\n    name: b`,
    );
    expect(shell).toEqual(expect.arrayContaining(['runCommand', 'timeoutSeconds', 'onFailure']));
    expect(shell).not.toContain('associationIds');
    expect(offered(`${HEAD}  - name: a\n    inputs:\n      |\n    action: aws:refreshAssociation\n`)).toContain('associationIds');
    expect(offered(`${HEAD}  - action: aws:runShellScript\n    inputs:\n      onFailure: |`)).toEqual(['exit', 'successAndExit']);
  });

  test('a token is one of the parameters of the document', () => {
    expect(offered(`${HEAD}  - inputs:\n      runCommand:\n        - echo {{ |`)).toEqual(['name', 'many']);
    expect(completionsAt(`${HEAD}x: {{ na }}`, HEAD.length + 8, 'YAML')?.options[0]?.insert).toBe('name');
  });

  test('a precondition compares the platform', () => {
    expect(offered(`${HEAD}  - precondition:\n      |`)).toEqual(['StringEquals']);
    expect(offered(`${HEAD}  - precondition:\n      StringEquals:\n        - p|`)).toContain('platformType');
  });
});

describe('in JSON', () => {
  const step = (inner: string) =>
    `{"schemaVersion": "2.2", "parameters": {"name": {"type": "String", "default": "}"}}, "mainSteps": [{${inner}`;

  test('the same is offered, in quotes where there are none', () => {
    expect(offered('{"s|', 'JSON')).toEqual(['schemaVersion', 'description', 'parameters', 'mainSteps']);
    expect(completionsAt('{', 1, 'JSON')?.options[0]?.insert).toBe('"schemaVersion": ');
    expect(offered(step('"action": "aws:r|'), 'JSON')).toContain('aws:runShellScript');
    expect(offered(step('"action": "aws:runShellScript", "n|'), 'JSON')).toEqual(['name', 'inputs', 'precondition']);
    expect(offered(step('"action": "aws:runShellScript", "inputs": {"|'), 'JSON')).toContain('runCommand');
    expect(offered(step('"action": "aws:runShellScript", "inputs": {"onFailure": "|'), 'JSON')).toEqual(['exit', 'successAndExit']);
    expect(offered(step('"action": "aws:runShellScript", "inputs": {"runCommand": ["echo {{ |'), 'JSON')).toEqual(['name']);
    expect(offered('{"parameters": {"name": {"type": "|', 'JSON')).toContain('MapList');
  });
});

test('a text of any kind can be asked anywhere', () => {
  for (const text of ['', '"', '{{', '{"a": [', '- - -', 'a: "', ':::', '{"a": "\\', `${'['.repeat(2000)}`, `${'- '.repeat(2000)}`]) {
    for (const format of ['YAML', 'JSON'] as const) {
      for (let offset = 0; offset <= Math.min(text.length, 20); offset += 1) completionsAt(text, offset, format);
      noteAt(text, text.length, format);
      parameterNames(text, format);
    }
  }
});

test('lines without end hold nobody up', () => {
  const long = ' '.repeat(60_000);
  for (const text of [`a:${long}"x"y`, `- ${long}- a`, `${'a:'.repeat(30_000)}\n  b`, `a: ${long}\r\nb`]) {
    completionsAt(text, text.length, 'YAML');
    noteAt(text, text.length, 'YAML');
    parameterNames(`parameters:\n${text}`, 'YAML');
  }
});

test('words under the pointer are explained', () => {
  const text = `${HEAD}  - action: aws:runShellScript\n    inputs:\n      onFailure: exit`;
  expect(noteAt(text, text.indexOf('runShell'), 'YAML')?.text).toBe('Runs lines of shell as one script.');
  expect(noteAt(text, text.indexOf('onFailure') + 3, 'YAML')?.text).toContain('exit ends the document');
  expect(noteAt(text, text.indexOf('schemaVersion') + 3, 'YAML')?.text).toContain('language');
  expect(noteAt(text, text.indexOf('many') + 1, 'YAML')).toBe(null);
});
