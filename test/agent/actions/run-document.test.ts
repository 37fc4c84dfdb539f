import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runDocument } from '../../../agent/actions/run-document.ts';
import { RunDocumentInputs } from '../../../agent/document/run-document-inputs.ts';
import type { Question } from '../../../agent/protocol/questions.ts';
import type { ActionContext } from '../../../agent/steps/action.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { A_NODE } from '../../builders/run-order.ts';
import { aScriptContext, type TestContext } from '../steps/script-context.ts';

const run = (inputs: Record<string, unknown>, context: ActionContext) => runDocument.run(RunDocumentInputs.parse(inputs), context);

const aDocument = (script: string | string[], parameters: Record<string, unknown> = {}) => ({
  schemaVersion: '2.2',
  parameters,
  mainSteps: [{ action: 'aws:runShellScript', name: 'says', inputs: { runCommand: [script].flat() } }],
});

/** A file below the downloads of a context of its own. */
function withFile(text: string, name = 'document.yaml', settings: Parameters<typeof aScriptContext>[0] = {}): TestContext {
  const context = aScriptContext(settings);
  const file = join(context.downloads, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return context;
}

const local = (documentPath: string, more: Record<string, unknown> = {}) => ({ documentType: 'LocalPath', documentPath, ...more });

const BANNER = {
  Banner: { type: 'String', default: 'none' },
  Lines: { type: 'StringList', default: [] },
};

describe('a document from a file', () => {
  test.each([
    ['a map', { Banner: 'hello', Lines: ['echo a', 'echo b'] }],
    ['JSON text', '{"Banner":"hello","Lines":["echo a","echo b"]}'],
    ['YAML text', 'Banner: hello\nLines: [echo a, echo b]\n'],
  ])('runs in the place of the step, with its parameters as %s', async (_what, documentParameters) => {
    const source = JSON.stringify(aDocument(['echo "{{ Banner }}"', '{{ Lines }}'], BANNER));
    const context = withFile(source, 'documents/hello.json');
    expect(await run(local('documents/hello.json', { documentParameters }), context)).toMatchObject({ kind: 'exited', exitCode: 0 });
    expect(context.stdout.text).toBe('[hello.json] step says\nhello\na\nb\n[hello.json] step says: Success\n');
  });

  test('is read as YAML, with the names of its own environment and not those of the document around it', async () => {
    const yaml = `schemaVersion: "2.2"
parameters:
  Own: { type: String, interpolationType: ENV_VAR }
mainSteps:
  - action: aws:runShellScript
    name: says
    inputs: { runCommand: ['echo "$SSM_Own [$SSM_Outer]" {{ Own }}'] }
`;
    const context = withFile(yaml, 'document.yaml', { parameterEnvironment: { SSM_Outer: 'outer' } });
    await run(local('document.yaml', { documentParameters: { Own: 'own' } }), context);
    expect(context.stdout.text).toContain('own [] own\n');
  });

  test('ends the step as it ends itself, with its own flow', async () => {
    const steps = (...scripts: [string, object?][]) =>
      JSON.stringify({
        schemaVersion: '2.2',
        mainSteps: scripts.map(([script, more], position) => ({
          action: 'aws:runShellScript',
          name: `step${position}`,
          inputs: { runCommand: [script], ...more },
        })),
      });
    const failing = withFile(steps(['exit 3', { onFailure: 'exit' }], ['echo never'], ['echo finally', { finallyStep: true }]));
    expect(await run(local('document.yaml'), failing)).toMatchObject({
      kind: 'failed',
      reason: 'document.yaml: the step step0 failed: The step ended with exit code 3.',
    });
    expect(failing.stdout.text).not.toContain('never');
    expect(failing.stdout.text).toContain('finally');
    expect(await run(local('document.yaml'), withFile(steps(['exit 168'], ['exit 1'])))).toMatchObject({ kind: 'exited', exitCode: 0 });
    expect(await run(local('document.yaml'), withFile(steps(['exit 194'])))).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('restart'),
    });
  });

  test('is stopped with its step, and leaves no process', async () => {
    const context = withFile(JSON.stringify(aDocument(['echo begun', 'sleep 60'])));
    const ended = run(local('document.yaml'), context);
    await context.stdout.said('begun');
    context.stopping.abort();
    expect(await ended).toEqual({ kind: 'stopped' });
  });

  test('runs others at most three levels deep', async () => {
    const next = (to: string) =>
      JSON.stringify({
        schemaVersion: '2.2',
        mainSteps: [{ action: 'aws:runDocument', name: 'deeper', inputs: local(to) }],
      });
    const context = withFile(next('b.json'), 'a.json');
    writeFileSync(join(context.downloads, 'b.json'), next('c.json'));
    writeFileSync(join(context.downloads, 'c.json'), JSON.stringify(aDocument('echo deep')));
    expect(await run(local('a.json'), context)).toMatchObject({ kind: 'exited' });
    expect(context.stdout.text).toContain('[c.json] step says\ndeep\n');
    writeFileSync(join(context.downloads, 'c.json'), next('a.json'));
    expect(await run(local('a.json'), context)).toMatchObject({ kind: 'failed', reason: expect.stringContaining('at most 3 levels deep') });
  });

  test.each([
    ['that is not there', 'none.yaml', 'E-LOCAL-DOCUMENT'],
    ['that is outside of the run', '../secret.yaml', 'E-LOCAL-DOCUMENT'],
    ['that is a link', 'link.yaml', 'E-LOCAL-DOCUMENT'],
    ['that is a folder', '.', 'E-LOCAL-DOCUMENT'],
    ['that is too large', 'large.yaml', 'E-LOCAL-DOCUMENT'],
    ['that is no document', 'text.yaml', 'E-CHILD-DOCUMENT'],
    ['that is a runbook', 'runbook.yaml', 'E-CHILD-DOCUMENT'],
    ['that refers to Parameter Store', 'refers.yaml', 'E-CHILD-DOCUMENT'],
    ['that refers to a secret', 'secret.yaml', 'E-CHILD-DOCUMENT'],
    ['that updates the agent', 'update.yaml', 'E-CHILD-DOCUMENT'],
    ['that is not given what it needs', 'needs.yaml', 'E-CHILD-DOCUMENT'],
  ])('%s is refused with a code', async (_what, path, code) => {
    const context = withFile('x: y', 'text.yaml');
    const write = (name: string, document: unknown) => writeFileSync(join(context.downloads, name), JSON.stringify(document));
    writeFileSync(join(context.downloads, '../secret.yaml'), JSON.stringify(aDocument('true')));
    symlinkSync(join(context.downloads, 'text.yaml'), join(context.downloads, 'link.yaml'));
    writeFileSync(join(context.downloads, 'large.yaml'), `#${'x'.repeat(70_000)}`);
    write('runbook.yaml', { schemaVersion: '0.3', mainSteps: [{ action: 'aws:sleep', name: 'a', inputs: { Duration: 'PT1S' } }] });
    write('refers.yaml', aDocument('echo {{ssm:/lab/port}}'));
    const secret = { sourceType: 'HTTP', sourceInfo: { url: 'https://x', password: '{{ssm-secure:p}}' } };
    write('secret.yaml', { schemaVersion: '2.2', mainSteps: [{ action: 'aws:downloadContent', name: 'a', inputs: secret }] });
    const update = { agentName: 'amazon-ssm-agent', source: 'https://x', allowDowngrade: 'false' };
    write('update.yaml', { schemaVersion: '2.2', mainSteps: [{ action: 'aws:updateSsmAgent', name: 'a', inputs: update }] });
    write('needs.yaml', aDocument('echo {{ Need }}', { Need: { type: 'String' } }));
    await expect(run(local(path), context)).rejects.toMatchObject({ code });
    expect(context.processes).toEqual([]);
  });

  test('in Audit mode checks, where its steps can', async () => {
    const wanted = aTemporaryPath('motd');
    const document = {
      schemaVersion: '2.2',
      mainSteps: [{ action: 'holdfast:file', name: 'motd', inputs: { path: wanted, content: 'hello' } }],
    };
    const context = withFile(JSON.stringify(document), 'document.yaml', { mode: 'Audit' });
    expect(await runDocument.check?.(RunDocumentInputs.parse(local('document.yaml')), context)).toMatchObject({
      kind: 'checked',
      drift: [{ resource: expect.stringContaining(wanted) }],
    });
  });
});

test('parameters that are no map are refused', async () => {
  const context = withFile(JSON.stringify(aDocument('true')));
  expect(await run(local('document.yaml', { documentParameters: 'just text' }), context)).toMatchObject({ kind: 'failed' });
});

describe('a document of the controller', () => {
  function aDesk(answer: Record<string, unknown>) {
    const asked: Question[] = [];
    const controller = {
      ask: (question: Question) => {
        asked.push(question);
        const sent = { kind: 'child', executionId: question.executionId, nodeId: A_NODE, name: 'Lab-Child', documentVersion: 2 };
        return Promise.resolve({ ...sent, parameters: {}, sealed: {}, ...answer } as never);
      },
      fetchBlob: () => Promise.resolve(true),
      isReachable: () => Promise.resolve(true),
    };
    return { asked, context: aScriptContext({ controller }) };
  }

  test('is asked for with the parameters that the step gives, which come before what it refers to', async () => {
    const document = aDocument('echo "{{ Banner }} {{ Port }}"', { Banner: { type: 'String' }, Port: { type: 'Integer' } });
    const { asked, context } = aDesk({ document, parameters: { Port: ['8080'], Banner: ['stored'] } });
    const inputs = { documentType: 'SSMDocument', documentPath: 'Lab-Child:2', documentParameters: { Banner: 'given' } };
    expect(await run(inputs, context)).toMatchObject({ kind: 'exited' });
    expect(asked).toMatchObject([{ ask: 'child', name: 'Lab-Child', version: '2', given: ['Banner'] }]);
    expect(context.stdout.text).toBe('[Lab-Child] step says\ngiven 8080\n[Lab-Child] step says: Success\n');
  });

  test('is refused when it is for another node, and where there is no controller', async () => {
    const { context } = aDesk({ document: aDocument('true'), nodeId: 'mi-0000000000000000b' });
    const inputs = { documentType: 'SSMDocument', documentPath: 'Lab-Child' };
    await expect(run(inputs, context)).rejects.toMatchObject({ code: 'E-CONTROLLER-ANSWER' });
    await expect(run(inputs, aScriptContext())).rejects.toMatchObject({ code: 'E-NO-CONTROLLER' });
  });
});
