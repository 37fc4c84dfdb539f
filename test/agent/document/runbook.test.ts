import { describe, expect, test } from 'vitest';
import { parseRunbookSource } from '../../../agent/document/runbook-source.ts';

const sleep = { action: 'aws:sleep', inputs: { Duration: 'PT1S' } };

function problemsOf(mainSteps: readonly object[], rest: object = {}): string[] {
  const parsed = parseRunbookSource({ format: 'JSON', text: JSON.stringify({ schemaVersion: '0.3', ...rest, mainSteps }) });
  return parsed.ok ? [] : parsed.problems.map(({ message }) => message);
}

describe('a runbook', () => {
  test('may go on, end and fail as its keywords say', () => {
    const steps = [
      { name: 'one', ...sleep, onFailure: 'step:three', nextStep: 'two', isCritical: 'false', maxAttempts: 3, timeoutSeconds: 60 },
      { name: 'two', ...sleep, onFailure: 'Continue', onCancel: 'Abort', isEnd: true },
      { name: 'three', action: 'aws:runCommand', onFailure: 'Abort', onCancel: 'step:four', inputs: {} },
      {
        name: 'four',
        action: 'aws:executeScript',
        description: 'clean',
        inputs: {},
        outputs: [{ Name: 'a', Selector: '$.x', Type: 'String' }],
      },
    ];
    expect(problemsOf(steps, { outputs: ['four.a'], variables: { v: { type: 'String' } } })).toEqual([]);
  });

  test.each([
    [{ nextStep: 'gone' }, 'mainSteps[0].nextStep leads to "gone", but there is no such step.'],
    [{ onFailure: 'step:gone' }, 'mainSteps[0].onFailure leads to "gone", but there is no such step.'],
    [{ onCancel: 'step:gone' }, 'mainSteps[0].onCancel leads to "gone", but there is no such step.'],
    [{ onCancel: 'step:last' }, 'mainSteps[0].onCancel leads to a step of aws:sleep, which cannot run while a runbook is cancelled.'],
    [{ onFailure: 'exit' }, 'mainSteps[0].onFailure must be "Abort", "Continue" or "step:" with the name of a step.'],
    [{ onCancel: 'Continue' }, 'mainSteps[0].onCancel must be "Abort" or "step:" with the name of a step.'],
    [{ isEnd: true, nextStep: 'last' }, 'mainSteps[0].nextStep cannot be followed: isEnd says that the runbook ends with this step.'],
    [{ isEnd: 'yes' }, 'mainSteps[0].isEnd must be true or false.'],
    [{ name: 'with-dash' }, 'mainSteps[0].name may have letters, digits and "_" only.'],
    [{ name: 'last' }, 'mainSteps[1].name repeats the name of mainSteps[0]; step names are unique.'],
    [{ action: 'sleep' }, 'mainSteps[0].action must be the name of an action, such as "aws:sleep".'],
    [{ precondition: {} }, 'has an unknown key "precondition"'],
    [{ inputs: { a: '{{ nothing }}' } }, 'uses the parameter "nothing", which the document does not declare.'],
    [{ inputs: { a: '{{ gone.Output }}' } }, 'uses an output of the step "gone", but there is no such step.'],
  ])('%j is refused', (part, message) => {
    expect(
      problemsOf([
        { name: 'first', ...sleep, ...part },
        { name: 'last', ...sleep },
      ]),
    ).toEqual([expect.stringContaining(message)]);
  });

  test('tokens may name parameters, outputs of steps, steps in loops, and what the service knows', () => {
    const inputs = { a: '{{ Node }} {{ first.Output }} {{ global:DATE }} {{ automation:EXECUTION_ID }} {{ inner.Out }}' };
    const loop = { name: 'loop', action: 'aws:loop', inputs: { Steps: [{ name: 'inner', ...sleep }] } };
    expect(
      problemsOf([{ name: 'first', ...sleep }, loop, { name: 'last', ...sleep, inputs }], { parameters: { Node: { type: 'String' } } }),
    ).toEqual([]);
  });

  test.each([
    [{ Choices: [{ NextStep: 'last', Variable: 'x', StringEquals: 'y' }], Default: 'first' }, []],
    [{ Choices: [{ NextStep: 'gone' }] }, ['mainSteps[0].inputs.Choices[0].NextStep leads to "gone", but there is no such step.']],
    [{ Choices: [{ NextStep: 'last' }], Default: 'gone' }, ['mainSteps[0].inputs.Default leads to "gone", but there is no such step.']],
    [{ Choices: [{}] }, ['mainSteps[0].inputs.Choices[0] must have NextStep, the name of a step.']],
    [{}, ['mainSteps[0].inputs.Choices must be a list with at least one choice.']],
  ])('a branch with %j leads where it says', (inputs, problems) => {
    expect(
      problemsOf([
        { name: 'first', action: 'aws:branch', inputs },
        { name: 'last', ...sleep },
      ]),
    ).toEqual(problems);
  });

  test('its parameters follow the rules of all documents, and may have the types of resources', () => {
    const parameters = { ids: { type: 'List<AWS::EC2::Instance::Id>' }, mode: { type: 'String', default: 'b', allowedValues: ['a'] } };
    const problems = problemsOf([{ name: 'a', ...sleep }], { parameters: { ...parameters, bad: { type: 'Date' } } });
    expect(problems).toEqual([expect.stringContaining('parameters.bad.type must be String, ')]);
    expect(problemsOf([{ name: 'a', ...sleep }], { parameters })).toEqual([
      expect.stringContaining('parameters.mode.default must be one of "a"'),
    ]);
  });

  test('a token that never ends is looked through once', () => {
    const startedAt = performance.now();
    expect(problemsOf([{ name: 'a', action: 'aws:sleep', inputs: { Duration: `{{a.${' '.repeat(64_000)}` } }])).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
