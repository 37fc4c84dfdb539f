import { describe, expect, test } from 'vitest';
import { renderedDocument } from '../../../agent/document/rendered-document.ts';
import { parseDocumentSource } from '../../../agent/document/source.ts';

const TOKEN = ['$', '{SSM_token}'].join('');

const parsed = parseDocumentSource({
  format: 'YAML',
  text: `schemaVersion: "2.2"
parameters:
  word: {type: String, default: a}
  token: {type: String, interpolationType: ENV_VAR, default: b}
  lines: {type: StringList, default: []}
mainSteps:
  - action: aws:runShellScript
    name: one
    inputs: {runCommand: ['echo {{ word }} {{ token }}', '{{ lines }}'], workingDirectory: '{{ word }}'}
`,
});

function rendered(parameters: Record<string, string[]>) {
  if (!parsed.ok) throw new Error('The document is not right.');
  const { problems, steps } = renderedDocument(parsed.document, parameters);
  return { problems, inputs: steps.map(({ text }) => JSON.parse(text)) };
}

describe('the steps of a document, as they would run', () => {
  test('have the parameters in their places, and no value of the environment in a script', () => {
    const { inputs } = rendered({ word: ['x'], token: ['$(id)'], lines: ['1', '2'] });
    expect(inputs).toEqual([{ runCommand: [`echo x ${TOKEN}`, '1', '2'], workingDirectory: 'x' }]);
  });

  test('name what is put in later by its reference', () => {
    const { problems, inputs } = rendered({ word: ['{{ssm:port}}'], token: ['{{ssm-secure:secret}}'] });
    expect(problems).toEqual([]);
    expect(inputs).toEqual([{ runCommand: [`echo {{ssm:port}} ${TOKEN}`], workingDirectory: '{{ssm:port}}' }]);
  });

  test('are none where a parameter is wrong', () => {
    expect(rendered({ none: ['x'] }).problems).toEqual(['The parameter "none" is not a parameter of this document.']);
  });
});
