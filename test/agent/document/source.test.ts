import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DocumentContent } from '../../../agent/document/document.ts';
import type { SourceFormat } from '../../../agent/document/located-problem.ts';
import { convertedSource, parseDocumentSource } from '../../../agent/document/source.ts';
import { warnedBy } from '../../builders/document-report.ts';

/** `line:column path: message` of every problem. */
function problemsOf(text: string, format: SourceFormat = 'YAML'): string[] {
  const parsed = parseDocumentSource({ text, format });
  return parsed.ok ? [] : parsed.problems.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`);
}

/** `line:column message` of every warning about a document that is taken. */
function warningsOf(text: string): string[] {
  return warnedBy(parseDocumentSource({ text, format: 'YAML' })).map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** A document with one step, whose first line is line 6 of the text. */
function stepText(...lines: string[]): string {
  const head = ['schemaVersion: "2.2"', 'parameters:', '  Name: {type: String}', '  Count: {type: Integer, default: 1}', 'mainSteps:'];
  return [...head, ...lines.map((line, position) => `${position === 0 ? '  - ' : '    '}${line}`)].join('\n');
}

const aStep = 'mainSteps: [{action: aws:runShellScript, name: a, inputs: {runCommand: x}}]';
const problemsOfStep = (...lines: string[]): string[] => problemsOf(stepText(...lines));
const warningsOfStep = (...lines: string[]): string[] => warningsOf(stepText(...lines));

function problemsOfParameter(definition: string): string[] {
  return problemsOf(
    `schemaVersion: "2.2"\nparameters:\n  P: ${definition}\nmainSteps: [{action: aws:runShellScript, name: a, inputs: {runCommand: x}}]`,
  );
}

describe('what an author hears about a YAML document', () => {
  test('a syntax error is at its line and column', () => {
    expect(problemsOf('schemaVersion: "2.2"\nmainSteps:\n  - action: a\n   name: b\n')).toEqual([
      '4:1 : The YAML cannot be read here: Sequence item without - indicator.',
    ]);
  });

  test('a key that occurs twice is at its second place', () => {
    expect(problemsOf('schemaVersion: "2.2"\ndescription: a\ndescription: b\n')).toEqual([
      '3:1 : The key "description" occurs twice in the same map.',
    ]);
  });

  test('a key with nothing behind it is as if it were not there, as in documents that a service wrote out', () => {
    const text = JSON.stringify({
      schemaVersion: '1.2',
      description: null,
      parameters: { P: { type: 'String', default: null, allowedPattern: '', allowedValues: null } },
      runtimeConfig: {
        'aws:runShellScript': {
          settings: null,
          properties: [{ id: '0.aws:runShellScript', runCommand: ['echo'], workingDirectory: null }],
        },
      },
      mainSteps: null,
    });
    const parsed = parseDocumentSource({ text, format: 'JSON' });
    expect(parsed).toMatchObject({ ok: true, document: { parameters: { P: { type: 'String' } } } });
    expect(warningsOf(`schemaVersion: "2.2"\nparameters: {P: {type: String, default: }}\n${aStep}`)).toEqual([
      '2:32 parameters.P.default has no effect: there is nothing behind it, so the parameter is required.',
    ]);
  });

  test('what has no effect is said at its key, and is no reason to refuse the document', () => {
    const step = 'mainSteps: [{action: aws:runShellScript, name: a, inputs: {runCommand: x}}]';
    expect(warningsOf(`schemaVersion: "2.2"\nruntimeConfig: {}\n${step}`)).toEqual([
      '2:1 runtimeConfig has no effect: the SSM agent does not read it either.',
    ]);
    expect(warningsOfStep('action: aws:runShellScript', 'name: a', 'timeout: 5', 'inputs: {runCommand: x}')).toEqual([
      '8:5 mainSteps[0].timeout has no effect: the SSM agent does not read it either.',
    ]);
    expect(warningsOfStep('action: aws:runShellScript', 'name: a', 'isEnd: true', 'onFailure: exit', 'inputs: {runCommand: x}')).toEqual([
      '8:5 mainSteps[0].isEnd has no effect: it is a keyword of runbooks.',
      '9:5 mainSteps[0].onFailure has no effect: it belongs among the inputs of the step.',
    ]);
    expect(warningsOfStep('action: aws:runShellScript', 'name: a', 'description: b', 'inputs: {runCommand: x}')).toEqual([]);
  });

  test('what is missing is where it should have been', () => {
    expect(problemsOfStep('action: aws:runShellScript', 'inputs: {runCommand: x}')).toEqual([
      '6:5 mainSteps[0].name: mainSteps[0].name is missing.',
    ]);
    expect(problemsOf('description: nothing else')).toEqual([
      '1:1 schemaVersion: schemaVersion is missing; it must be "2.0" or "2.2".',
      '1:1 mainSteps: mainSteps is missing.',
    ]);
  });

  test('all problems of a document come at once', () => {
    expect(problemsOfStep('action: aws:runShellScript', 'name: "a b"', 'inputs: []', 'precondition: x').length).toBe(3);
  });

  test('an unknown action is named, with those that there are', () => {
    expect(problemsOfStep('action: aws:application', 'name: a')).toEqual([
      expect.stringMatching(
        /^6:13 mainSteps\[0\]\.action: .* is "aws:application", which is no action; there are aws:runShellScript, .*aws:applications/,
      ),
    ]);
  });

  test('an input that the action does not have has no effect, also where its value is only a token', () => {
    const inputs = ['inputs:', '  runCommand: x', '  commands: "{{ Name }}"'];
    expect(warningsOfStep('action: aws:runShellScript', 'name: a', ...inputs)).toEqual([
      '10:7 mainSteps[0].inputs.commands has no effect: aws:runShellScript has no such input.',
    ]);
  });

  test('the lines of a script may be named as in schema 1.2', () => {
    const parsed = parseDocumentSource({
      format: 'YAML',
      text: stepText('action: aws:runShellScript', 'name: a', 'inputs: {commands: [x]}'),
    });
    expect(parsed).toMatchObject({ ok: true, document: { mainSteps: [{ inputs: { runCommand: ['x'] } }] } });
    expect(warnedBy(parsed)).toEqual([]);
  });

  test('flow keywords take their own values only, and no parameters', () => {
    const inputs = ['inputs:', '  runCommand: x', '  onFailure: stop', '  onSuccess: "{{ Name }}"', '  finallyStep: maybe'];
    expect(problemsOfStep('action: aws:runShellScript', 'name: a', ...inputs)).toEqual([
      '10:18 mainSteps[0].inputs.onFailure: mainSteps[0].inputs.onFailure must be "exit" or "successAndExit".',
      '11:18 mainSteps[0].inputs.onSuccess: mainSteps[0].inputs.onSuccess must be written out: a parameter cannot stand here.',
      '12:20 mainSteps[0].inputs.finallyStep: mainSteps[0].inputs.finallyStep must be true or false.',
    ]);
  });

  test('undeclared tokens are refused wherever they are read', () => {
    const lines = ['precondition: {StringEquals: ["{{ Where }}", x]}', 'inputs: {runCommand: ["{{ Nope }} {{Nope}}", "{{ .Names }}"]}'];
    expect(problemsOfStep('action: aws:runShellScript', 'name: a', ...lines)).toEqual([
      '8:35 mainSteps[0].precondition.StringEquals[0]: mainSteps[0].precondition.StringEquals[0] uses the parameter "Where", which the document does not declare.',
      '9:27 mainSteps[0].inputs.runCommand[0]: mainSteps[0].inputs.runCommand[0] uses the parameter "Nope", which the document does not declare.',
    ]);
  });

  test('a parameter is refused where its type does not fit', () => {
    const inputs = [
      'inputs:',
      '  runCommand: ["{{ Count }}", "n={{Count}}"]',
      '  workingDirectory: "{{ Count }}"',
      '  timeoutSeconds: "{{ Count }}"',
    ];
    expect(problemsOfStep('action: aws:runShellScript', 'name: a', ...inputs)).toEqual([
      '9:20 mainSteps[0].inputs.runCommand[0]: mainSteps[0].inputs.runCommand[0] uses the parameter "Count" of type Integer, but only type String or StringList fits here.',
      '9:35 mainSteps[0].inputs.runCommand[1]: mainSteps[0].inputs.runCommand[1] uses the parameter "Count" of type Integer, but only type String fits inside text.',
      '10:25 mainSteps[0].inputs.workingDirectory: mainSteps[0].inputs.workingDirectory uses the parameter "Count" of type Integer, but only type String fits here.',
    ]);
  });

  test('references to Parameter Store may stand in inputs and defaults, where a default keeps its type', () => {
    expect(
      problemsOfStep('action: aws:runShellScript', 'name: a', 'inputs: {runCommand: ["echo {{ssm:/app/port}}", "{{ ssm:l:2 }}"]}'),
    ).toEqual([]);
    expect(problemsOfParameter('{type: String, default: "{{ ssm:x }}", allowedValues: [a]}')).toEqual([]);
    expect(problemsOfParameter('{type: StringList, default: ["{{ ssm:x }}"]}')).toEqual([]);
    expect(problemsOfParameter('{type: Integer, default: "{{ ssm:x }}"}')[0]).toMatch(/^3:31 parameters\.P\.default: .* must be a whole/);
  });

  test('references to secrets may stand where a step takes credentials, and nowhere else', () => {
    const [problem] = problemsOfStep('action: aws:runShellScript', 'name: a', 'inputs: {runCommand: "echo {{ssm-secure:key}}"}');
    expect(problem).toMatch(
      /^8:26 mainSteps\[0\]\.inputs\.runCommand: .* has \{\{ssm-secure:key\}\}: a reference to a secret can stand alone where/,
    );
    const download = (field: string) =>
      problemsOfStep(
        'action: aws:downloadContent',
        'name: a',
        `inputs: {sourceType: HTTP, sourceInfo: {url: x, ${field}: "{{ssm-secure:key}}"}}`,
      );
    expect([download('password'), download('privateSSHKey'), download('owner').length]).toEqual([[], [], 1]);
    expect(problemsOfParameter('{type: String, default: "{{ ssm-secure:x }}"}').length).toBe(1);
  });

  test.for([
    ['[platformType, Ubuntu]', 'must compare platformType with Linux, Windows, MacOS, not with "Ubuntu"'],
    ['[platformType, "{{ Name }}"]', 'cannot compare platformType with a parameter'],
    ['[a, b]', 'must compare platformType or at least one {{ parameter }}'],
    ['["{{ Name }}", "{{ Name }}"]', 'compares two arguments that are the same'],
    ['["{{ ssm:x }}", b]', 'refers to Parameter Store, which a precondition cannot do'],
  ] as const)('a precondition %s %s', ([argument, reason]) => {
    const problems = problemsOfStep(
      'action: aws:runShellScript',
      'name: a',
      `precondition: {StringEquals: ${argument}}`,
      'inputs: {runCommand: x}',
    );
    expect(problems).toEqual([`8:34 mainSteps[0].precondition.StringEquals: mainSteps[0].precondition.StringEquals ${reason}.`]);
  });

  test('a precondition has exactly two arguments', () => {
    const step = (given: string) =>
      problemsOfStep('action: aws:runShellScript', 'name: a', `precondition: {StringEquals: ${given}}`, 'inputs: {runCommand: x}');
    expect(step('[platformType]').length).toBe(1);
    expect(step('[platformType, Linux, Windows]').length).toBe(1);
  });

  test.for([
    ['{type: Integer, interpolationType: ENV_VAR}', 'interpolationType', 'can be ENV_VAR for type String only, not for Integer'],
    ['{type: String, interpolationType: TEXT}', 'interpolationType', 'must be "ENV_VAR"'],
    ['{type: String, allowedPattern: "("}', 'allowedPattern', 'has a group that is not closed'],
    ['{type: String, minChars: 3, maxChars: 2}', 'minChars', 'is larger than maxChars'],
    ['{type: StringList, minItems: 3, maxItems: 2}', 'minItems', 'is larger than maxItems'],
    ['{type: String, maxChars: -1}', 'maxChars', 'must be at least 0'],
    ['{type: String, allowedValues: [a, true]}', 'allowedValues[1]', 'is true, which is not of type String'],
    ['{type: Boolean, default: "true"}', 'default', 'must be true or false, without quotes'],
    ['{type: String, default: ab, maxChars: 1}', 'default', 'may have at most 1 character, but has 2'],
    ['{type: Text}', 'type', 'must be "String" or "StringList" or "Integer" or "Boolean" or "StringMap" or "MapList"'],
    ['{}', 'type', 'is missing; it must be "String" or "StringList" or "Integer" or "Boolean" or "StringMap" or "MapList"'],
  ] as const)('a parameter %s: its %s %s', ([definition, key, reason]) => {
    expect(problemsOfParameter(definition).map((problem) => problem.replace(/^3:\d+ /, ''))).toEqual([
      `parameters.P.${key}: parameters.P.${key} ${reason}.`,
    ]);
  });

  test('a schema version without quotes is a number, which is said', () => {
    expect(problemsOf('schemaVersion: 2.2\nmainSteps: []')).toEqual([
      '1:16 schemaVersion: schemaVersion must be text: write it in quotes, "2.2".',
    ]);
  });

  test('an alias points at what it stands for', () => {
    const text =
      'schemaVersion: "2.2"\nmainSteps:\n  - &step\n    action: aws:runShellScript\n    name: a\n    inputs: {runCommand: x}\n  - *step\n';
    expect(problemsOf(text)).toEqual([
      '5:11 mainSteps[1].name: mainSteps[1].name repeats the name of mainSteps[0]; step names are unique.',
    ]);
  });

  test('lines that end as on Windows are counted the same', () => {
    expect(problemsOf('schemaVersion: "2.2"\r\nmainSteps:\r\n  - 5\r\n')).toEqual([
      '3:5 mainSteps[0]: mainSteps[0] must be a map, but is 5.',
    ]);
  });

  test.for(['', '# only a comment\n', '---\n', 'just text', '[]', '5'])('%j is no document', (text) => {
    expect(problemsOf(text)[0]).toMatch(/^\d+:\d+ : The document must be a map, but is /);
  });
});

describe('what an author hears about a JSON document', () => {
  const body = (inner: string) => `{\n  "schemaVersion": "2.2",\n  ${inner}\n}`;

  test.for([
    ['{"a": tru}', '1:7', 'A value is due here'],
    ['{"a": 01}', '1:7', 'A value is due here'],
    ['{"a": 1,}', '1:9', 'A key in double quotes is due here; found "}"'],
    ['{a: 1}', '1:2', 'A key in double quotes is due here; found "a"'],
    ['{"a" 1}', '1:6', 'A colon is due after the key "a"; found "1"'],
    ['[1 2]', '1:4', 'A list needs a comma or a closing bracket "]" here; found "2"'],
    ['{"a": 1 "b": 2}', '1:9', 'A map needs a comma or a closing brace "}" here; found "\\""'],
    ['{"a":\n "b\nc"}', '2:2', 'This text is not closed'],
    ['{"a": "\\d"}', '1:7', 'This text is not closed, or has a line break, a control character or an escape that JSON does not know'],
    ['{"a": 1', '1:8', 'found the end of the document'],
    ['', '1:1', 'found the end of the document'],
    ['{} {}', '1:4', 'The document goes on after its end'],
    ['{"a": 1, "a": 2}', '1:10', 'The key "a" occurs twice in the same map'],
    ['// no\n{}', '1:1', 'A value is due here'],
  ] as const)('%j: at %s, %s', ([text, place, message]) => {
    const problems = problemsOf(text, 'JSON');
    expect(problems).toEqual([expect.stringContaining(message)]);
    expect(problems[0]?.startsWith(`${place} : `)).toBe(true);
  });

  test('problems with the content are at their value or key', () => {
    expect(
      problemsOf(
        body(
          '"mainSteps": [\n    {"action": "aws:runShellScript", "name": "a/b",\n     "onFailure": "exit", "inputs": {"runCommand": []}}]',
        ),
        'JSON',
      ),
    ).toEqual(['4:46 mainSteps[0].name: mainSteps[0].name may have letters, digits, ".", "_" and "-" only, and no "..".']);
    expect(problemsOf(body('"mainSteps": []'), 'JSON')).toEqual(['3:16 mainSteps: mainSteps must have at least 1 entry.']);
  });

  test('YAML is not JSON', () => {
    expect(problemsOf('schemaVersion: "2.2"', 'JSON').length).toBe(1);
  });

  test('a byte order mark at the beginning is not in the way', () => {
    const text =
      '\ufeff{"schemaVersion": "2.2", "mainSteps": [{"action": "aws:runShellScript", "name": "a", "inputs": {"runCommand": "x"}}]}';
    expect(problemsOf(text, 'JSON')).toEqual([]);
    expect(problemsOf(text, 'YAML')).toEqual([]);
  });
});

describe('a document written out as text', () => {
  const anyText = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('{{', '{'));
  const anyDocument = fc
    .record({
      description: fc.option(anyText, { nil: undefined }),
      commands: fc.array(anyText),
      names: fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/), { minLength: 1, maxLength: 4 }),
      defaults: fc.array(fc.oneof(anyText, fc.integer(), fc.boolean()), { maxLength: 4 }),
    })
    .map(({ description, commands, names, defaults }) =>
      DocumentContent.parse({
        schemaVersion: '2.2',
        ...(description === undefined ? {} : { description }),
        parameters: Object.fromEntries(
          defaults.map((value, position) => [
            `P${position}`,
            { type: { string: 'String', number: 'Integer', boolean: 'Boolean' }[String(typeof value)], default: value },
          ]),
        ),
        mainSteps: names.map((name) => ({ action: 'aws:runShellScript', name, inputs: { runCommand: commands } })),
      }),
    );

  test.for(['YAML', 'JSON'] as const)('is the same document when its %s is read again', (format) => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const isSound = !JSON.stringify(document).includes('\\u0000');
        fc.pre(isSound);
        const text = convertedSource({ text: JSON.stringify(document), format: 'JSON' }, format) ?? '';
        const parsed = parseDocumentSource({ text, format });
        expect(parsed.ok ? parsed.document : parsed.problems).toEqual(document);
      }),
    );
  });
});
