import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { processesWith } from '../builders/living-processes.ts';
import { projectPath } from '../project-root.ts';
import { agent } from './agent-process.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-authors-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Its runs work below a folder that only this test looks into. */
const document = (...args: string[]) => agent(['document', ...args], { env: { TMPDIR: folder } });
const leftFolders = () => readdirSync(folder).filter((name) => name.startsWith('holdfast-run-'));

const script = (...lines: string[]) => ({ action: 'aws:runShellScript', inputs: { runCommand: lines } });
function documentOf(steps: { action: string; inputs: object; precondition?: object }[], parameters: object = {}): string {
  const mainSteps = steps.map((step, position) => ({ ...step, name: `step${position}` }));
  return JSON.stringify({ schemaVersion: '2.2', parameters, mainSteps });
}

const PARAMETERS = {
  who: { type: 'String', interpolationType: 'ENV_VAR' },
  lines: { type: 'StringList', default: [] },
  count: { type: 'Integer', default: 1 },
};
const HELLO = documentOf([script('echo "hello {{ who }}"', '{{ lines }}')], PARAMETERS);

describe('document check', () => {
  test('ends with what the document comes to: as it is, with limits, not at all, not even a document', async () => {
    const hello = file('hello.json', HELLO);
    const watch = file('watch.json', documentOf([script('true'), { action: 'aws:cloudWatch', inputs: {} }]));
    const retired = file('retired.json', documentOf([{ action: 'aws:cloudWatch', inputs: {} }]));
    const wrong = file('wrong.yaml', 'schemaVersion: "2.2"\nmainSteps:\n  - action: acme:none\n    name: a\n');
    const ended = await Promise.all([hello, watch, retired, wrong].map((path) => document('check', path)));
    expect(ended.map(({ code }) => code)).toEqual([0, 3, 1, 1]);
    expect(ended[0]?.stdout).toContain('Runs as it is on Linux and macOS.');
    expect(ended[3]?.stdout).toContain(`${wrong}:3:13: mainSteps[0].action is "acme:none", which is no action`);
  });

  test('has the whole report as JSON', async () => {
    const { stdout, code } = await document('check', file('hello.json', HELLO), '--json');
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ documentType: 'Command', verdict: 'runs', dryRun: 1, audit: 'none', secretParameters: ['who'] });
  });

  test('shows the steps with parameters in their places, and runs nothing', async () => {
    const path = file('hello.json', HELLO);
    const { stdout, code } = await document('check', path, '--parameters', 'who=x', '--parameters', 'lines=echo 1', '--json');
    const { rendered } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(rendered.steps[0].text).toContain('"echo 1"');
    const wrong = await document('check', path, '--parameters', 'count=many');
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toContain('The parameter "who" is required.');
  });

  test('explains itself, and what is missing', async () => {
    expect((await document('--help')).stdout).toContain('document run FILE');
    const missing = await document('check', join(folder, 'nothing.yaml'));
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('(E-FILE)') });
    expect((await document('check')).code).toBe(2);
    expect((await document('check', file('hello.json', HELLO), '--document-type', 'Macro')).code).toBe(2);
  });
});

describe('document run', () => {
  test('runs it with values that come as they are, prints what it prints, and says how each step ended', async () => {
    const path = file('hello.json', HELLO);
    const { code, stdout, stderr } = await document('run', path, '--parameters', 'who=$(id)', '--parameters', 'lines=["echo 1", "echo 2"]');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'hello $(id)\n1\n2\n' });
    expect(stderr).toContain('[1/1] step0: Success');
    expect(leftFolders()).toEqual([]);
  });

  test('takes a file of values, and of its own text what comes in', async () => {
    const values = file('values.yaml', 'who: "x y"\nlines: [echo 1]\ncount: 3\n');
    const { code, stdout } = await agent(['document', 'run', '-', '--parameters', values], { input: HELLO, env: { TMPDIR: folder } });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'hello x y\n1\n' });
  });

  test('tells a script what happens, one JSON object a line', async () => {
    const path = file('two.json', documentOf([script('echo ü'), script('exit 4')]));
    const { code, stdout } = await document('run', path, '--json');
    const Event = z.looseObject({ event: z.string(), step: z.string().optional() });
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => Event.parse(JSON.parse(line)));
    expect(code).toBe(1);
    expect(events.map(({ event }) => event)).toEqual([
      'step-started',
      'output',
      'step-ended',
      'step-started',
      'step-ended',
      'document-ended',
    ]);
    expect(events[1]).toMatchObject({ step: 'step0', stream: 'stdout', text: 'ü\n' });
    expect(events[4]).toMatchObject({ step: 'step1', result: { status: 'Failed', exitCode: 4 } });
  });

  test('refuses what it cannot do, before any step', async () => {
    const path = file('hello.json', HELLO);
    const store = file('store.json', documentOf([script('echo {{ssm:port}}')]));
    const refused = await Promise.all([
      document('run', path),
      document('run', path, '--parameters', 'who=x', '--parameters', 'count=many'),
      document('run', path, '--parameters', 'who={{ssm-secure:token}}'),
      document('run', store),
      document('run', path, '--parameters', 'who=x', '--audit'),
    ]);
    const codes = refused.map(({ code, stdout, stderr }) => `${code} ${stdout}${/\((E-[A-Z-]+)\)/.exec(stderr)?.[1]}`);
    expect(codes).toEqual([
      '1 E-DOCUMENT-PARAMETERS',
      '1 E-DOCUMENT-PARAMETERS',
      '1 E-NO-CONTROLLER',
      '1 E-NO-CONTROLLER',
      '1 E-AUDIT-UNCHECKABLE',
    ]);
  });

  test('fails a step that needs the controller, with the reason', async () => {
    const path = file('refresh.json', documentOf([{ action: 'aws:refreshAssociation', inputs: {} }]));
    const { code, stderr } = await document('run', path);
    expect(code).toBe(1);
    expect(stderr).toContain('E-NO-CONTROLLER');
  });

  test('checks with --audit what it would change, and then changes it', async () => {
    const path = join(folder, 'kept.txt');
    const desired = file('file.json', documentOf([{ action: 'holdfast:file', inputs: { path, content: 'kept' } }]));
    const audit = await document('run', desired, '--audit', '--json');
    expect(audit.code).toBe(3);
    expect(audit.stdout).toContain('"drift":[{');
    expect(existsSync(path)).toBe(false);
    const enforced = await document('run', desired);
    expect(enforced).toMatchObject({ code: 0, stderr: expect.stringContaining('changed:') });
    expect(readFileSync(path, 'utf8')).toBe('kept');
    expect((await document('run', desired, '--audit')).code).toBe(0);
  });

  test('ends with Ctrl-C, and everything that it has started with it', async () => {
    const sleeping = `sleep 300${process.pid}`;
    const lines = [`setsid ${sleeping} &`, `${sleeping} & echo started; wait`];
    const path = file('long.json', documentOf([script(...lines)]));
    const child = spawn(process.execPath, [projectPath('agent/main.ts'), 'document', 'run', path], {
      env: { PATH: process.env.PATH, TMPDIR: folder },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(child.stdout, 'data');
    expect(processesWith(sleeping).length).toBeGreaterThan(0);
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(130);
    expect(processesWith(sleeping)).toEqual([]);
    expect(leftFolders()).toEqual([]);
  });
});
