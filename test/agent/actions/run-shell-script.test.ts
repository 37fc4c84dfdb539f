import { chmodSync, mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runShellScript } from '../../../agent/actions/run-shell-script.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { isRunning } from '../../builders/living-processes.ts';
import { aScriptContext, scriptInputs } from '../steps/script-context.ts';

describe.skipIf(process.platform === 'win32')('aws:runShellScript', () => {
  test('runs its lines as one script and keeps the two streams apart', async () => {
    const context = aScriptContext();
    const outcome = await runShellScript.run(scriptInputs(['greeting=hello', 'echo "$greeting"', 'echo trouble >&2']), context);
    expect(outcome).toEqual({ kind: 'exited', exitCode: 0 });
    expect([context.stdout.text, context.stderr.text]).toEqual(['hello\n', 'trouble\n']);
  });

  test.each([0, 1, 42, 168, 169, 194, 255])('tells exit code %i', async (exitCode) => {
    expect(await runShellScript.run(scriptInputs(`exit ${exitCode}`), aScriptContext())).toEqual({ kind: 'exited', exitCode });
  });

  test('has the code of its last command', async () => {
    expect(await runShellScript.run(scriptInputs(['false', 'true']), aScriptContext())).toEqual({ kind: 'exited', exitCode: 0 });
    expect(await runShellScript.run(scriptInputs(['true', 'false']), aScriptContext())).toEqual({ kind: 'exited', exitCode: 1 });
  });

  test('that a signal ends has the code that a shell would show', async () => {
    expect(await runShellScript.run(scriptInputs('kill -KILL $$'), aScriptContext())).toEqual({ kind: 'exited', exitCode: 137 });
    expect(await runShellScript.run(scriptInputs('kill -TERM $$'), aScriptContext())).toEqual({ kind: 'exited', exitCode: 143 });
  });

  test('is read by the interpreter that its first line names', async () => {
    const context = aScriptContext();
    const script = [`#!${process.execPath}`, 'console.log(6 * 7, process.argv.length)'];
    expect(await runShellScript.run(scriptInputs(script), context)).toEqual({ kind: 'exited', exitCode: 0 });
    expect(context.stdout.text).toBe('42 2\n');
  });

  test('leaves its script to this user only', async () => {
    const context = aScriptContext();
    await runShellScript.run(scriptInputs('true'), context);
    expect(statSync(context.stepFolder).mode & 0o777).toBe(0o700);
    expect(statSync(join(context.stepFolder, '_script.sh')).mode & 0o777).toBe(0o700);
  });

  test('works in its downloads, in a folder below them, or where it is told to', async () => {
    const context = aScriptContext();
    await runShellScript.run(scriptInputs('pwd'), context);
    expect(context.stdout.text.trim()).toBe(realpathSync(context.downloads));

    const relative = aScriptContext();
    mkdirSync(join(relative.downloads, 'tools'), { recursive: true });
    await runShellScript.run(scriptInputs('pwd', { workingDirectory: 'tools' }), relative);
    expect(relative.stdout.text.trim()).toBe(realpathSync(join(relative.downloads, 'tools')));

    const absolute = aScriptContext();
    await runShellScript.run(scriptInputs('pwd', { workingDirectory: '/' }), absolute);
    expect(absolute.stdout.text.trim()).toBe('/');
  });

  test.each(['/no/such/folder', 'no-such-folder', '../..', '/etc/hostname'])('does not start in %s', async (workingDirectory) => {
    const context = aScriptContext();
    const outcome = await runShellScript.run(scriptInputs('echo ran', { workingDirectory }), context);
    expect(outcome.kind).toBe('failed');
    expect(context.stdout.text).toBe('');
  });

  test('gets a clean environment, and nothing that only the agent may know', async () => {
    process.env.AGENT_SECRET = 'do not tell';
    const context = aScriptContext();
    await runShellScript.run(scriptInputs('env', { environment: { COLOUR: 'green' } }), context);
    delete process.env.AGENT_SECRET;
    const names = context.stdout.text
      .split('\n')
      .map((line) => line.split('=')[0])
      .filter((name) => name !== '');
    // PWD, OLDPWD, SHLVL and _ are the shell's own.
    expect(names.filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name ?? '')).sort()).toEqual([
      'COLOUR',
      'HOLDFAST_STEP',
      'HOME',
      'LANG',
      'PATH',
    ]);
  });

  test('gets a parameter in the environment as it is, whatever it holds, and inputs cannot replace it', async () => {
    const value = `"; touch /tmp/should-not-exist; $(id) \`id\` '\n second line`;
    const context = aScriptContext({ parameterEnvironment: { SSM_Text: value } });
    await runShellScript.run(scriptInputs(`printf '[%s]' "\${SSM_Text}"`, { environment: { SSM_Text: 'other' } }), context);
    expect(context.stdout.text).toBe(`[${value}]`);
  });

  test('has nothing to read on standard input', async () => {
    expect(await runShellScript.run(scriptInputs(['read line', 'test -z "$line"']), aScriptContext())).toEqual({
      kind: 'exited',
      exitCode: 0,
    });
  });

  test('is over when its process is, although one in the background holds its output open', async () => {
    const context = aScriptContext();
    const outcome = await runShellScript.run(scriptInputs(['sleep 1000 &', 'echo $!', 'exit 3']), context);
    expect(outcome).toEqual({ kind: 'exited', exitCode: 3 });
    const [background = 0] = context.stdout.numbers();
    expect(isRunning(background)).toBe(true);
    process.kill(background, 'SIGKILL');
  });

  test('is heard to the end when it prints a lot just before it exits', async () => {
    const context = aScriptContext();
    await runShellScript.run(
      scriptInputs(`i=0; while [ $i -lt 2000 ]; do echo "line $i of a good length for a line"; i=$((i+1)); done`),
      context,
    );
    expect(context.stdout.text.trimEnd().split('\n')).toHaveLength(2000);
  });

  test('ends when its time is over, with everything that it started', async () => {
    const context = aScriptContext();
    const script = ['sleep 1000 & echo $!', '(sleep 1000 & echo $!; wait) &', 'echo $!', 'echo ready', 'wait'];
    const running = runShellScript.run(scriptInputs(script, { timeoutSeconds: 30 }), context);
    await context.stdout.said('ready');
    context.clock.advance(29);
    expect(context.processes.every(isRunning)).toBe(true);
    context.clock.advance(1);
    expect(await running).toMatchObject({ kind: 'timed-out', afterSeconds: 30 });
    expect([...context.processes, ...context.stdout.numbers()].filter(isRunning)).toEqual([]);
  });

  test('ends when its time is over, also when it ignores being asked to', async () => {
    const context = aScriptContext();
    const running = runShellScript.run(scriptInputs([`trap '' TERM`, 'echo ready', 'while :; do sleep 1; done']), context);
    await context.stdout.said('ready');
    context.clock.advance(3600);
    expect(await running).toEqual({ kind: 'timed-out', afterSeconds: 3600, exitCode: 137 });
    expect(context.processes.filter(isRunning)).toEqual([]);
  });

  test('that cleans up when its time is over has still run out of time', async () => {
    const context = aScriptContext();
    const running = runShellScript.run(
      scriptInputs([`trap 'echo cleaned; exit 0' TERM`, 'echo ready', 'while :; do sleep 0.05; done']),
      context,
    );
    await context.stdout.said('ready');
    context.clock.advance(3600);
    expect(await running).toEqual({ kind: 'timed-out', afterSeconds: 3600, exitCode: 0 });
    expect(context.stdout.text).toContain('cleaned');
  });

  test('ends when it is stopped, with everything that it started', async () => {
    const context = aScriptContext();
    const running = runShellScript.run(scriptInputs(['sleep 1000 & echo $!', 'echo ready', 'wait']), context);
    await context.stdout.said('ready');
    context.stopping.abort();
    expect(await running).toEqual({ kind: 'stopped' });
    expect([...context.processes, ...context.stdout.numbers()].filter(isRunning)).toEqual([]);
  });

  test('that was ended together with the agent was stopped, whichever of the two noticed first', async () => {
    const context = aScriptContext();
    const running = runShellScript.run(scriptInputs(['echo ready', 'kill -TERM $$']), context);
    await context.stdout.said('ready');
    context.stopping.abort();
    expect(await running).toEqual({ kind: 'stopped' });
  });

  test('does not start when it is stopped before', async () => {
    const context = aScriptContext();
    context.stopping.abort();
    expect(await runShellScript.run(scriptInputs('echo ran'), context)).toEqual({ kind: 'stopped' });
    expect(context.processes).toEqual([]);
  });

  test('holds nothing of 300 MB of output in memory', async () => {
    const context = aScriptContext();
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 10);
    await runShellScript.run(scriptInputs('head -c 300000000 /dev/zero'), context);
    clearInterval(watch);
    expect(context.stdout.bytes).toBe(300_000_000);
    // Chunks that wait to be collected are in it: on a busy machine up to some 100 MB, and never what was written.
    expect(peak - before).toBeLessThan(150_000_000);
  });
});

describe.skipIf(process.platform === 'win32')('aws:runPowerShellScript', () => {
  test('says when PowerShell is not on the node', async () => {
    const { runPowerShellScript } = await import('../../../agent/actions/run-powershell-script.ts');
    const context = aScriptContext({ environment: { PATH: aTemporaryPath() } });
    const outcome = await runPowerShellScript.run(scriptInputs('Write-Output hello'), context);
    expect(outcome).toEqual({ kind: 'failed', reason: 'pwsh is not on this node.' });
  });

  test('gives its lines to pwsh as a file', async () => {
    const { runPowerShellScript } = await import('../../../agent/actions/run-powershell-script.ts');
    const folder = aTemporaryPath('bin');
    mkdirSync(folder);
    writeFileSync(join(folder, 'pwsh'), '#!/bin/sh\necho "$@"\nfor last; do :; done\ncat "$last"\nexit 7\n');
    chmodSync(join(folder, 'pwsh'), 0o755);
    const context = aScriptContext({ environment: { PATH: `${folder}:${process.env.PATH}` } });
    const outcome = await runPowerShellScript.run(scriptInputs(['Write-Output one', 'exit 7']), context);
    expect(outcome).toEqual({ kind: 'exited', exitCode: 7 });
    expect(context.stdout.text).toContain('-NonInteractive');
    expect(context.stdout.text).toContain('Write-Output one\nexit 7\n');
  });
});
