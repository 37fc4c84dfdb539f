import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dockerArguments } from '../../../agent/actions/docker-command.ts';
import { runDockerAction } from '../../../agent/actions/run-docker-action.ts';
import { parseActionInputs } from '../../../agent/document/action-inputs.ts';
import type { DockerInputs } from '../../../agent/document/docker-inputs.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { aScriptContext } from '../steps/script-context.ts';

function inputsOf(inputs: object): DockerInputs {
  const parsed = parseActionInputs('aws:runDockerAction', inputs);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '));
  return parsed.inputs;
}

const argumentsOf = (inputs: object, words: string[] = []) => dockerArguments(inputsOf(inputs), words).join(' ');

describe('the arguments of docker', () => {
  test.each([
    [{ action: 'Ps' }, 'ps --all'],
    [{ action: 'pull', image: 'registry.lab:5000/web:1.2' }, 'pull registry.lab:5000/web:1.2'],
    [{ action: 'Images' }, 'images'],
    [{ action: 'Rmi', image: 'web' }, 'rmi web'],
    [{ action: 'Start', container: 'web' }, 'start web'],
    [{ action: 'Stop', container: 'web' }, 'stop web'],
    [{ action: 'Rm', container: 'web' }, 'rm web'],
    [{ action: 'Logs', container: 'web' }, 'logs web'],
    [{ action: 'Inspect', image: 'web' }, 'inspect web'],
    [{ action: 'Stats' }, 'stats --no-stream'],
  ])('for %j are %s', (inputs, expected) => {
    expect(argumentsOf(inputs)).toBe(expected);
  });

  test('of a container that is run name each option with its value', () => {
    const options = { memory: '512m', cpuShares: 512, volume: ['/srv/data:/data:ro'], env: 'A=b c', user: 'www-data', publish: '8080:80' };
    expect(
      dockerArguments(inputsOf({ action: 'Run', container: 'web', image: 'nginx', ...options }), ['nginx', '-g', 'daemon off;']),
    ).toEqual([
      'run',
      '--detach',
      '--interactive',
      '--tty',
      '--name=web',
      '--volume=/srv/data:/data:ro',
      '--env=A=b c',
      '--publish=8080:80',
      '--memory=512m',
      '--cpu-shares=512',
      '--user=www-data',
      'nginx',
      'nginx',
      '-g',
      'daemon off;',
    ]);
    expect(argumentsOf({ action: 'Create', image: 'nginx', env: [], volume: '' })).toBe('create nginx');
  });

  test('of what runs in a container stand behind it', () => {
    expect(argumentsOf({ action: 'Exec', container: 'web', user: '1000:1000', cmd: 'x' }, ['ls', '--all'])).toBe(
      'exec --user=1000:1000 web ls --all',
    );
  });

  test.each([
    [{ action: 'Run', image: '--privileged' }, 'inputs.image must be the name or the id of an image.'],
    [{ action: 'Start', container: '-a' }, 'inputs.container must be the name or the id of a container.'],
    [{ action: 'Run', image: 'a b' }, 'inputs.image must be the name or the id of an image.'],
    [{ action: 'Run', image: 'a', env: ['HOLDFAST_STEP'] }, 'inputs.env[0] must be NAME=VALUE.'],
    [{ action: 'Run', image: 'a', publish: '80 --privileged' }, 'inputs.publish[0] must be a port to publish, such as 8080:80.'],
    [{ action: 'Run', image: 'a', memory: '1m --privileged' }, 'inputs.memory must be a size such as 512m.'],
    [{ action: 'Run' }, 'inputs.image must be given for the action Run.'],
    [{ action: 'Exec', container: 'web' }, 'inputs.cmd must be given for the action Exec.'],
    [{ action: 'Inspect' }, 'inputs.container must be given for the action Inspect.'],
    [{}, 'inputs.action is missing.'],
  ])('%j are refused: %s', (inputs, message) => {
    const parsed = parseActionInputs('aws:runDockerAction', inputs);
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.message)).toEqual([message]);
  });
});

describe.skipIf(process.platform === 'win32')('a step that uses docker', () => {
  /** A program of that name that prints its arguments, one a line, and ends with this code. */
  function fakeProgram(name: string, exitCode = 0): string {
    const folder = aTemporaryPath('bin');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), `#!/bin/sh\nprintf '%s\\n' "$@"\necho trouble >&2\nexit ${exitCode}\n`, { mode: 0o755 });
    return folder;
  }

  test('shows what it prints, and takes the command apart without a shell', async () => {
    const context = aScriptContext({ environment: { PATH: `${fakeProgram('docker')}:/bin:/usr/bin` } });
    const inputs = inputsOf({ action: 'Exec', container: 'web', cmd: `sh -c "echo $HOME; id"` });
    expect(await runDockerAction.run(inputs, context)).toEqual({ kind: 'exited', exitCode: 0 });
    expect(context.stdout.text).toBe('exec\nweb\nsh\n-c\necho $HOME; id\n');
    expect(context.stderr.text).toBe('trouble\n');
  });

  test('takes podman where there is no docker, and fails where there is neither', async () => {
    const podman = aScriptContext({ environment: { PATH: fakeProgram('podman') } });
    expect(await runDockerAction.run(inputsOf({ action: 'Ps' }), podman)).toMatchObject({ kind: 'exited' });
    const neither = aScriptContext({ environment: { PATH: aTemporaryPath('bin') } });
    expect(await runDockerAction.run(inputsOf({ action: 'Ps' }), neither)).toMatchObject({
      reason: expect.stringContaining('Neither docker nor podman'),
    });
  });

  test.each([1, 168, 169, 194, 137])('fails with the exit code %i, which means nothing for the document', async (exitCode) => {
    const context = aScriptContext({ environment: { PATH: `${fakeProgram('docker', exitCode)}:/bin` } });
    expect(await runDockerAction.run(inputsOf({ action: 'Ps' }), context)).toEqual({
      kind: 'failed',
      reason: `docker ps ended with exit code ${exitCode}.`,
    });
  });

  test('says which quote is not closed', async () => {
    const context = aScriptContext({ environment: { PATH: fakeProgram('docker') } });
    expect(await runDockerAction.run(inputsOf({ action: 'Exec', container: 'a', cmd: `'x` }), context)).toMatchObject({ kind: 'failed' });
    expect(() => readFileSync(join(context.stepFolder, 'anything'))).toThrow();
  });
});
