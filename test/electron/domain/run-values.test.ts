import { describe, expect, test } from 'vitest';
import type { DocumentContent } from '../../../agent/document/document.ts';
import { parseDocumentSource } from '../../../agent/document/source.ts';
import { referenceProblem } from '../../../electron/domain/reference-check.ts';
import type { StoreLookup } from '../../../electron/domain/run-values.ts';
import { referencesOfRun, runValues } from '../../../electron/domain/run-values.ts';

const stored: Record<string, { type: 'String' | 'StringList' | 'SecureString'; value: string }> = {
  '/lab/port': { type: 'String', value: '8080' },
  hosts: { type: 'StringList', value: 'a,b' },
  password: { type: 'SecureString', value: 'hunter2' },
  long: { type: 'String', value: 'x'.repeat(4096) },
};

/** Each parameter has versions 1 and 2. Secrets that were opened are written down. */
function aStore(): { lookup: StoreLookup; opened: string[] } {
  const opened: string[] = [];
  return {
    opened,
    lookup: ({ name, version }) => {
      const found = stored[name];
      if (found === undefined || (version !== null && ![1, 2].includes(version))) return null;
      const value = () => {
        if (found.type === 'SecureString') opened.push(name);
        return found.value;
      };
      return { type: found.type, value };
    },
  };
}

const { lookup } = aStore();

const aDocument = (parameters: DocumentContent['parameters'], runCommand: string[] = ['true'], more: object = {}): DocumentContent => ({
  schemaVersion: '2.2',
  parameters,
  mainSteps: [{ action: 'aws:runShellScript', name: 'run', inputs: { runCommand, ...more } }],
});

const PASSWORD = { type: 'String', interpolationType: 'ENV_VAR' } as const;

describe('the values of a run', () => {
  test('are what is stored, in steps, in what is sent and in defaults', () => {
    const document = aDocument({ port: { type: 'Integer', default: '{{ssm:/lab/port}}' }, hosts: { type: 'StringList' } }, [
      'curl {{ssm:/lab/port:2}}',
    ]);
    expect(runValues({ document, parameters: { hosts: ['{{ssm:hosts}}', 'c'] } }, lookup)).toMatchObject({
      ok: true,
      document: { mainSteps: [{ inputs: { runCommand: ['curl 8080'] } }] },
      parameters: { port: ['8080'], hosts: ['a', 'b', 'c'] },
      secrets: {},
    });
  });

  test('without any reference are the very same', () => {
    const document = aDocument({ name: { type: 'String', default: 'x' } });
    const values = runValues({ document, parameters: { name: ['{{ ssm:bad name }}'] } }, lookup);
    expect(values).toEqual({ ok: true, document, parameters: { name: ['{{ ssm:bad name }}'] }, secrets: {} });
    expect(values.ok && values.document).toBe(document);
  });

  test('do not need a default that is overridden', () => {
    const document = aDocument({ port: { type: 'String', default: '{{ssm:none}}' } });
    expect(runValues({ document, parameters: { port: ['1'] } }, lookup)).toMatchObject({ ok: true, parameters: { port: ['1'] } });
    expect(runValues({ document, parameters: {} }, lookup)).toMatchObject({ ok: false, errorCode: 'ParameterNotFound' });
  });

  test('take the default where nothing at all is sent for what is no list', () => {
    const document = aDocument({
      constructor: { type: 'String' as const, default: '{{ssm:/lab/port}}' },
      list: { type: 'StringList', default: ['{{ssm:hosts}}'] },
    });
    expect(runValues({ document, parameters: { constructor: [], list: [] } }, lookup)).toMatchObject({
      ok: true,
      parameters: { constructor: ['8080'], list: [] },
    });
    expect(runValues({ document, parameters: {} }, lookup)).toMatchObject({
      ok: true,
      parameters: { constructor: ['8080'], list: ['a', 'b'] },
    });
  });

  const text = { text: { type: 'String' } } as const;
  const failures: { what: string; document: DocumentContent; parameters?: Record<string, string[]>; errorCode: string }[] = [
    { what: 'a parameter that there is not', document: aDocument({}, ['{{ssm:none}}']), errorCode: 'ParameterNotFound' },
    { what: 'a version that there is not', document: aDocument({}, ['{{ssm:/lab/port:7}}']), errorCode: 'ParameterVersionNotFound' },
    { what: 'a label', document: aDocument({}, ['{{ssm:/lab/port:live}}']), errorCode: 'ParameterVersionNotFound' },
    { what: 'a list inside text', document: aDocument({}, ['x {{ssm:hosts}}']), errorCode: 'InvalidParameters' },
    { what: 'a list for a text', document: aDocument(text), parameters: { text: ['{{ssm:hosts}}'] }, errorCode: 'InvalidParameters' },
    { what: 'a secret in a script', document: aDocument({}, ['{{ssm:password}}']), errorCode: 'InvalidParameters' },
    { what: 'a secret for a text', document: aDocument(text), parameters: { text: ['{{ssm:password}}'] }, errorCode: 'InvalidParameters' },
    {
      what: 'a secret for a parameter that is written into the script',
      document: aDocument(text),
      parameters: { text: ['{{ssm-secure:password}}'] },
      errorCode: 'InvalidParameters',
    },
    {
      what: 'a secret for a parameter that is also used outside scripts',
      document: aDocument({ text: PASSWORD }, ['true'], { workingDirectory: '{{ text }}' }),
      parameters: { text: ['{{ssm-secure:password}}'] },
      errorCode: 'InvalidParameters',
    },
    {
      what: 'no secret where one is asked for',
      document: aDocument({ text: PASSWORD }),
      parameters: { text: ['{{ssm-secure:/lab/port}}'] },
      errorCode: 'InvalidParameters',
    },
    {
      what: 'a value that breaks the rules of the parameter',
      document: aDocument({ text: { type: 'String', allowedValues: ['1'] } }),
      parameters: { text: ['{{ssm:/lab/port}}'] },
      errorCode: 'InvalidParameters',
    },
    {
      what: 'a document that becomes too large',
      document: aDocument({}, Array(100).fill('{{ssm:long}}')),
      errorCode: 'MaxDocumentSizeExceeded',
    },
  ];

  test.each(failures)('are none with $what', ({ document, parameters = {}, errorCode }) => {
    const values = runValues({ document, parameters }, lookup);
    expect(values).toMatchObject({ ok: false, errorCode, message: expect.stringMatching(/\.$/) });
    expect(JSON.stringify(values)).not.toContain('hunter2');
  });
});

describe('a secret of a run', () => {
  const document = aDocument({ Password: PASSWORD, port: { type: 'String' } }, ['echo {{ Password }} {{ port }}']);

  test('is kept apart from everything that is readable', () => {
    const values = runValues({ document, parameters: { Password: ['{{ ssm-secure:password }}'], port: ['{{ssm:/lab/port}}'] } }, lookup);
    expect(values).toMatchObject({ ok: true, parameters: { port: ['8080'] }, secrets: { Password: 'hunter2' } });
    expect(values.ok && JSON.stringify([values.document, values.parameters])).not.toContain('hunter2');
  });

  test('may be a default', () => {
    const withDefault = aDocument({ Password: { ...PASSWORD, default: '{{ssm-secure:password:1}}' } });
    expect(runValues({ document: withDefault, parameters: {} }, lookup)).toMatchObject({
      ok: true,
      parameters: {},
      secrets: { Password: 'hunter2' },
    });
  });

  test('is held to the rules of its parameter, and is in no sentence about them', () => {
    const strict = aDocument({ Password: { ...PASSWORD, allowedPattern: '^[0-9]+$' } });
    const values = runValues({ document: strict, parameters: { Password: ['{{ssm-secure:password}}'] } }, lookup);
    expect(values).toMatchObject({ ok: false, errorCode: 'InvalidParameters' });
    expect(JSON.stringify(values)).not.toContain('hunter2');
  });

  test('is opened for nothing else', () => {
    const store = aStore();
    runValues(
      { document: aDocument({ text: { type: 'String' } }, ['{{ssm:password}}']), parameters: { text: ['{{ssm:password}}'] } },
      store.lookup,
    );
    runValues({ document, parameters: { Password: ['x'], port: ['{{ssm:/lab/port}}'] } }, store.lookup);
    expect(store.opened).toEqual([]);
  });
});

test('what a run refers to is what it would read: sent values, steps, and defaults that are not overridden', () => {
  const document = aDocument(
    { a: { type: 'String', default: '{{ssm:over}}' }, b: { type: 'String', default: '{{ssm:used}}' }, c: PASSWORD },
    ['{{ssm:step:3}} {{ssm:step:3}}'],
  );
  const references = referencesOfRun({ document, parameters: { a: ['x {{ssm:sent}}'], c: ['{{ssm-secure:secret}}'] } });
  expect(references).toEqual([
    { name: 'step', version: 3 },
    { name: 'sent', version: null },
    { name: 'secret', version: null },
    { name: 'used', version: null },
  ]);
});

describe('a reference in a value that is saved', () => {
  const document = aDocument({ text: { type: 'String' }, list: { type: 'StringList' }, Password: PASSWORD, map: { type: 'StringMap' } });
  const typeOf: Parameters<typeof referenceProblem>[2] = (reference) => lookup(reference)?.type ?? null;
  const problem = (parameter: string, ...texts: string[]) => referenceProblem(document, { parameter, texts }, typeOf);

  test.each([
    ['text', '{{ssm:/lab/port}}'],
    ['text', 'a {{ ssm:/lab/port:1 }} b'],
    ['list', '{{ssm:hosts}}'],
    ['Password', '{{ssm-secure:password}}'],
    ['Password', '{{ssm:/lab/port}}'],
    ['map', '{"a":"{{ssm:/lab/port}}"}'],
  ])('for %s may be %s', (parameter, text) => {
    expect(problem(parameter, text)).toBeNull();
  });

  test.each([
    ['text', '{{ssm:none}}', /There is no parameter none/],
    ['text', '{{ssm:/lab/port:9}}', /There is no parameter \/lab\/port:9/],
    ['text', '{{ssm:hosts}}', /StringList/],
    ['text', '{{ssm:password}}', /SecureString/],
    ['text', '{{ssm-secure:password}}', /does not take a secret/],
    ['Password', 'x {{ssm-secure:password}}', /whole value/],
    ['Password', '{{ssm-secure:none}}', /There is no parameter none/],
    ['Password', '{{ssm-secure:/lab/port}}', /is no secret/],
  ])('for %s may not be %s', (parameter, text, sentence) => {
    expect(problem(parameter, text)).toMatch(sentence);
  });
});

test('a document whose tokens only look like references is left to itself', () => {
  const source = parseDocumentSource({ documentType: 'Command', format: 'JSON', text: JSON.stringify(aDocument({}, ['{{ .Names }}'])) });
  if (!source.ok) throw new Error('the document does not parse');
  expect(runValues({ document: source.document, parameters: {} }, lookup)).toMatchObject({ ok: true });
});

describe('a secret as the default of a parameter', () => {
  const problemsOf = (definition: object) => {
    const document = { schemaVersion: '2.2', parameters: { Password: definition }, mainSteps: aDocument({}).mainSteps };
    const source = parseDocumentSource({ documentType: 'Command', format: 'JSON', text: JSON.stringify(document) });
    return source.ok ? [] : source.problems.map(({ path }) => path);
  };

  test('is taken by one that travels in the environment, whatever rules its value will be held to', () => {
    expect(problemsOf({ ...PASSWORD, default: '{{ssm-secure:password}}', allowedPattern: '^[0-9]+$' })).toEqual([]);
  });

  test('is refused by every other, and in the middle of a text', () => {
    expect(problemsOf({ type: 'String', default: '{{ssm-secure:password}}' })).toEqual(['parameters.Password.default']);
    expect(problemsOf({ ...PASSWORD, default: 'x{{ssm-secure:password}}' })).toEqual(['parameters.Password.default']);
  });
});

describe('a secret among the credentials of a step', () => {
  const aDownload = (sourceInfo: unknown, parameters: DocumentContent['parameters'] = {}): DocumentContent => ({
    schemaVersion: '2.2',
    parameters,
    mainSteps: [{ action: 'aws:downloadContent', name: 'fetch', inputs: { sourceType: 'HTTP', sourceInfo } }],
  });
  const token = '{{ssm-secure:password}}';
  const info = { info: { type: 'StringMap' } } as const;

  test('stays a reference in all that is readable, and is kept apart by the name of that reference', () => {
    const document = aDownload({ url: 'https://x:{{ssm:/lab/port}}', password: token });
    const values = runValues({ document, parameters: {} }, lookup);
    expect(values).toMatchObject({ ok: true, secrets: { 'ssm-secure:password': 'hunter2' } });
    expect(values.ok && values.document.mainSteps[0]?.inputs.sourceInfo).toEqual({ url: 'https://x:8080', password: token });
    expect(referencesOfRun({ document, parameters: {} }).map(({ name }) => name)).toEqual(['/lab/port', 'password']);
  });

  test('may come in the value of a parameter, as AWS’s documents take it', () => {
    const parameters = { info: [JSON.stringify({ url: 'https://x', password: '{{ ssm-secure:password:2 }}' })] };
    const values = runValues({ document: aDownload('{{ info }}', info), parameters }, lookup);
    expect(values).toMatchObject({ ok: true, parameters, secrets: { 'ssm-secure:password:2': 'hunter2' } });
    const one = runValues(
      { document: aDownload({ url: 'x', password: '{{ p }}' }, { p: { type: 'String' } }), parameters: { p: [token] } },
      lookup,
    );
    expect(one).toMatchObject({ ok: true, secrets: { 'ssm-secure:password': 'hunter2' } });
  });

  test.each([
    ['anywhere but in a credential', { url: token }, 'InvalidParameters'],
    ['that there is not', { url: 'x', password: '{{ssm-secure:none}}' }, 'ParameterNotFound'],
    ['in a version that there is not', { url: 'x', password: '{{ssm-secure:password:9}}' }, 'ParameterVersionNotFound'],
    ['that is no secret', { url: 'x', password: '{{ssm-secure:/lab/port}}' }, 'InvalidParameters'],
  ])('is refused %s', (_what, sourceInfo, errorCode) => {
    const values = runValues({ document: aDownload('{{ info }}', info), parameters: { info: [JSON.stringify(sourceInfo)] } }, lookup);
    expect(values).toMatchObject({ ok: false, errorCode });
    expect(JSON.stringify(values)).not.toContain('hunter2');
  });

  test('is not chosen by what a readable parameter holds', () => {
    const disguised: StoreLookup = (reference) =>
      reference.name === 'info' ? { type: 'String', value: () => `{"url":"https://evil","password":"${token}"}` } : lookup(reference);
    const values = runValues({ document: aDownload('{{ info }}', info), parameters: { info: ['{{ssm:info}}'] } }, disguised);
    expect(values).toMatchObject({ ok: false, errorCode: 'InvalidParameters' });
  });

  test('is checked when an association is saved', () => {
    const document = aDownload('{{ info }}', info);
    const problem = (value: unknown) =>
      referenceProblem(document, { parameter: 'info', texts: [JSON.stringify(value)] }, (reference) => lookup(reference)?.type ?? null);
    expect(problem({ url: 'x', password: token })).toBeNull();
    expect(problem({ url: token })).toMatch(/alone where a step takes credentials/);
    expect(problem({ url: 'x', password: '{{ssm-secure:none}}' })).toMatch(/There is no parameter none/);
    expect(problem({ url: 'x', password: '{{ssm-secure:/lab/port}}' })).toMatch(/is no secret/);
  });
});
