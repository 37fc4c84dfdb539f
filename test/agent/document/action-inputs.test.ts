import { describe, expect, test } from 'vitest';
import { parseActionInputs } from '../../../agent/document/action-inputs.ts';
import type { ScriptInputs } from '../../../agent/document/script-inputs.ts';

function inputsOf(inputs: unknown): ScriptInputs {
  const parsed = parseActionInputs('aws:runShellScript', inputs);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '));
  return parsed.inputs;
}

function messagesOf(inputs: unknown): string[] {
  const parsed = parseActionInputs('aws:runPowerShellScript', inputs);
  return parsed.ok ? [] : parsed.problems.map(({ message }) => message);
}

describe('the inputs of a script step', () => {
  test('are complete once they are read, whatever was left out', () => {
    expect(inputsOf({ runCommand: 'true' })).toEqual({ runCommand: ['true'], timeoutSeconds: 3600, environment: {}, finallyStep: false });
  });

  test('keep what was given', () => {
    const inputs = {
      runCommand: ['a', 'b'],
      timeoutSeconds: 60,
      workingDirectory: '/tmp',
      environment: { PORT: '80' },
      onFailure: 'successAndExit',
      onSuccess: 'exit',
      finallyStep: true,
    };
    expect(inputsOf(inputs)).toEqual(inputs);
  });

  test.for([
    [5, 5],
    ['5', 5],
    [' 60 ', 60],
    [172_800, 172_800],
    [90.7, 90],
    [4, 3600],
    ['0', 3600],
    [172_801, 3600],
    [-60, 3600],
    ['soon', 3600],
    ['60s', 3600],
    ['', 3600],
    ['1e3', 3600],
  ] as const)('a timeout of %j is %i seconds', ([given, seconds]) => {
    expect(inputsOf({ runCommand: [], timeoutSeconds: given }).timeoutSeconds).toBe(seconds);
  });

  test('variables may be numbers and booleans in the document; a process gets text', () => {
    expect(inputsOf({ runCommand: [], environment: { PORT: 8080, DEBUG: true } }).environment).toEqual({ PORT: '8080', DEBUG: 'true' });
  });

  test.for([
    [{}, 'inputs.runCommand is missing.'],
    [{ runCommand: 5 }, 'inputs.runCommand must be a list, but is 5.'],
    [{ runCommand: ['a', true] }, 'inputs.runCommand[1] must be text, but is true.'],
    [{ runCommand: ['a\0'] }, 'inputs.runCommand[0] may not have NUL characters.'],
    [{ runCommand: [], workingDirectory: '\0' }, 'inputs.workingDirectory may not have NUL characters.'],
    [{ runCommand: [], environment: { 'A B': '' } }, 'inputs.environment."A B" must be the name of an environment variable.'],
    [{ runCommand: [], environment: { A: [] } }, 'inputs.environment.A must be text.'],
    [{ runCommand: [], timeoutSeconds: null }, 'inputs.timeoutSeconds must be a number of seconds.'],
    [{ runCommand: [], onFailure: 'stop' }, 'inputs.onFailure must be "exit" or "successAndExit".'],
    [{ runCommand: [], onSuccess: 'successAndExit' }, 'inputs.onSuccess must be "exit".'],
    [{ runCommand: [], finallyStep: 'maybe' }, 'inputs.finallyStep must be true or false.'],
    [null, 'inputs must be a map, but is empty.'],
  ] as const)('%j are refused: %s', ([inputs, message]) => {
    expect(messagesOf(inputs)).toEqual([message]);
  });

  test('that the action does not have are left out, as the SSM agent does', () => {
    expect(inputsOf({ runCommand: 'true', maxAttempts: 1 })).toEqual(inputsOf({ runCommand: 'true' }));
    expect(messagesOf({ maxAttempts: 1 })).toEqual(['inputs.runCommand is missing.']);
    expect(messagesOf({ runCommand: [], environment: { A: { b: 1 } } })).toEqual(['inputs.environment.A must be text.']);
  });
});

describe('the inputs of a step that refreshes associations', () => {
  const id = '0192a1b2-0000-7000-8000-00000000000a';
  const parsed = (inputs: unknown) => parseActionInputs('aws:refreshAssociation', inputs);

  test.each([
    [{}, []],
    [{ associationIds: [] }, []],
    [{ associationIds: '' }, []],
    [{ associationIds: id }, [id]],
    [{ associationIds: [id, id.toUpperCase()] }, [id, id.toUpperCase()]],
  ])('%j', (inputs, associationIds) => {
    expect(parsed(inputs)).toEqual({ ok: true, inputs: { associationIds, finallyStep: false } });
  });

  test.each([[''], ['../../etc/passwd'], [`${id}\n${id}`], [7], { id }, null, 'all'])(
    'refuse %j, which names no association',
    (associationIds) => {
      expect(parsed({ associationIds })).toMatchObject({ ok: false });
    },
  );

  test('leave out what the action does not take', () => {
    expect(parsed({ runCommand: 'true' })).toEqual(parsed({}));
  });
});
