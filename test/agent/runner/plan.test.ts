import { describe, expect, test } from 'vitest';
import { planOccurrence } from '../../../agent/runner/plan.ts';
import { anOrder, type OrderSettings } from '../../builders/run-order.ts';

function planOn(platform: 'Linux' | 'MacOS' | 'Windows', settings: OrderSettings) {
  const planned = planOccurrence(anOrder(settings), platform);
  if (!planned.ok) throw new Error(planned.failure.message);
  return planned.plan;
}

const works = (platform: 'Linux' | 'MacOS' | 'Windows', settings: OrderSettings) =>
  planOn(platform, settings).steps.map(({ work }) => work.do);

describe('a step', () => {
  test('whose action does not run on the platform is skipped', () => {
    expect(works('Windows', { steps: [{ action: 'aws:runShellScript' }, { action: 'aws:runPowerShellScript' }] })).toEqual(['skip', 'run']);
  });

  test('whose precondition is not met is skipped', () => {
    const precondition = { StringEquals: ['platformType', 'Windows'] };
    expect(works('Linux', { steps: [{ precondition }, {}] })).toEqual(['skip', 'run']);
  });

  test('whose precondition depends on a parameter is decided by its value', () => {
    const steps = [{ precondition: { StringEquals: ['{{ Notify }}', 'yes'] } }];
    const parameters = { Notify: { type: 'String', default: 'no' } };
    expect(works('Linux', { steps, parameters })).toEqual(['skip']);
    expect(works('Linux', { steps, parameters, values: { Notify: ['yes'] } })).toEqual(['run']);
  });

  test('with an action that there is not fails, whatever its precondition says', () => {
    const precondition = { StringEquals: ['platformType', 'Windows'] };
    expect(works('Linux', { steps: [{ action: 'acme:unknown', precondition }] })).toEqual(['fail']);
  });

  test('with an action that is known and not run here fails only where it would have its turn', () => {
    const step = { action: 'aws:cloudWatch', inputs: { properties: 'x' } };
    expect(works('Linux', { steps: [step] })).toEqual(['skip']);
    expect(works('Windows', { steps: [step] })).toEqual(['fail']);
    expect(works('Windows', { steps: [{ ...step, precondition: { StringEquals: ['platformType', 'Linux'] } }] })).toEqual(['skip']);
  });

  test.each(['1.2', '2.0'] as const)('below schema 2.2, in %s, fails where it would be skipped', (schemaVersion) => {
    expect(works('Windows', { schemaVersion, steps: [{ action: 'aws:runShellScript' }] })).toEqual(['fail']);
    const precondition = { StringEquals: ['platformType', 'Linux'] };
    expect(works('Linux', { schemaVersion, steps: [{ precondition }, {}] })).toEqual(['fail', 'run']);
  });

  test('fails as a whole when one of its parts has inputs that its action does not take', () => {
    expect(works('Linux', { schemaVersion: '1.2', steps: [{ moreInputs: [{ runCommand: 42 }] }] })).toEqual(['fail']);
  });

  test('with inputs that its action does not take fails', () => {
    expect(works('Linux', { steps: [{ inputs: { runCommand: 42 } }] })).toEqual(['fail']);
  });

  test('says what follows from it, also when its other inputs are wrong', () => {
    const [step] = planOn('Linux', { steps: [{ inputs: { runCommand: 42, onFailure: 'exit', finallyStep: 'true' } }] }).steps;
    expect(step?.flow).toEqual({ onFailure: 'exit', onSuccess: null, finallyStep: true });
  });
});

test('a parameter that the document does not take refuses the whole occurrence', () => {
  const settings = { parameters: { Count: { type: 'Integer', default: 1 } } };
  expect(planOccurrence(anOrder({ ...settings, values: { Count: ['many'] } }), 'Linux').ok).toBe(false);
  expect(planOccurrence(anOrder({ ...settings, values: { Unknown: ['x'] } }), 'Linux').ok).toBe(false);
});

test('a reference that nobody resolved refuses the whole occurrence', () => {
  const inSteps = planOccurrence(anOrder({ script: 'echo {{ssm:port}}' }), 'Linux');
  expect(inSteps).toMatchObject({ ok: false, failure: { message: 'The document refers to {{ssm:port}}, which was not resolved.' } });
  const parameters = { Text: { type: 'String' } };
  expect(planOccurrence(anOrder({ parameters, values: { Text: ['{{ssm:port}}'] } }), 'Linux').ok).toBe(false);
  expect(planOccurrence(anOrder({ parameters: { Text: { type: 'String', default: '{{ssm:port}}' } } }), 'Linux').ok).toBe(false);
});

test('a parameter for the environment goes there', () => {
  const parameters = { Text: { type: 'String', interpolationType: 'ENV_VAR' } };
  expect(planOn('Linux', { parameters, values: { Text: ['a "b"'] } }).parameterEnvironment).toEqual({ SSM_Text: 'a "b"' });
});
