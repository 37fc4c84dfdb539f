import { describe, expect, test } from 'vitest';
import { findProgram, runCommand } from '../../../agent/steps/command.ts';
import { aScriptContext } from './script-context.ts';

const sh = (script: string, more: { input?: string; isShown?: boolean } = {}) => ({
  program: '/bin/sh',
  argumentList: ['-c', script],
  ...more,
});

describe('a command of an action', () => {
  test('answers with its exit code and with what it printed', async () => {
    const answer = await runCommand(sh('echo out; echo err >&2; exit 3'), aScriptContext());
    expect(answer).toEqual({ kind: 'exited', exitCode: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  test('reads the input that it is given, and nothing where there is none', async () => {
    expect(await runCommand(sh('cat', { input: 'from the action' }), aScriptContext())).toMatchObject({ stdout: 'from the action' });
    expect(await runCommand(sh('cat'), aScriptContext())).toMatchObject({ exitCode: 0, stdout: '' });
  });

  test('ends well when it does not read its input', async () => {
    const answer = await runCommand(sh('exit 0', { input: 'x'.repeat(1_000_000) }), aScriptContext());
    expect(answer).toMatchObject({ kind: 'exited', exitCode: 0 });
  });

  test('prints into the output of the step only when that is asked for', async () => {
    const context = aScriptContext();
    await runCommand(sh('echo hidden'), context);
    await runCommand(sh('echo shown', { isShown: true }), context);
    expect(context.stdout.text).toBe('shown\n');
  });

  test('that is not on the node is a failure which names it', async () => {
    const answer = await runCommand({ program: 'no-such-program', argumentList: [] }, aScriptContext());
    expect(answer).toEqual({ kind: 'failed', reason: 'no-such-program is not on this node.' });
  });
});

test('a program is found by the search path of the step', () => {
  expect(findProgram('sh', aScriptContext())).toMatch(/\/sh$/);
  expect(findProgram('no-such-program', aScriptContext())).toBeNull();
});
