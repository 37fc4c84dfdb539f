import { describe, expect, test } from 'vitest';
import type { PlatformType } from '../../../agent/document/precondition.ts';
import { StepResult } from '../../../agent/protocol/status.ts';
import { nextMove, type Progress, type StepFlow, stepResult } from '../../../agent/runner/progress.ts';
import type { ActionOutcome } from '../../../agent/steps/action.ts';

const NO_FLOW: StepFlow = { onFailure: null, onSuccess: null, finallyStep: false };

function resultOf(outcome: ActionOutcome, flow = NO_FLOW): StepResult | null {
  return stepResult({ platform: 'Linux', flow, outcome, elapsedSeconds: 0, cancelReason: null, isAgentStopping: false });
}

describe('exit codes', () => {
  test('that ask for a restart on one system are ordinary failures on the other', () => {
    const of = (platform: PlatformType, exitCode: number) =>
      stepResult({
        platform,
        flow: NO_FLOW,
        outcome: { kind: 'exited', exitCode },
        elapsedSeconds: 0,
        cancelReason: null,
        isAgentStopping: false,
      })?.status;
    expect([of('Windows', 3010), of('Windows', 194), of('Linux', 3010), of('MacOS', 194)]).toEqual([
      'SuccessAndReboot',
      'Failed',
      'Failed',
      'SuccessAndReboot',
    ]);
  });
});

describe('what follows from a step', () => {
  test('a step that could not start may still end the document as a success', () => {
    const result = resultOf({ kind: 'failed', reason: 'no such folder' }, { ...NO_FLOW, onFailure: 'successAndExit' });
    expect(result?.status).toBe('Success');
    const steps = [
      { name: 'first', flow: NO_FLOW },
      { name: 'second', flow: NO_FLOW },
    ];
    expect(nextMove({ steps, results: [result!], cancelReason: null }).do).toBe('skip');
  });

  test('an attempt that was stopped without a cancel has no result', () => {
    expect(resultOf({ kind: 'stopped' })).toBeNull();
  });
});

describe('differences', () => {
  const change = { resource: 'file /etc/motd', property: 'mode', before: '0644', after: '0600' };

  test('that a check finds are told with a success, and so is that there are none', () => {
    expect(resultOf({ kind: 'checked', drift: [change] })).toEqual({ status: 'Success', exitCode: 0, drift: [change] });
    expect(resultOf({ kind: 'checked', drift: [] })).toEqual({ status: 'Success', exitCode: 0, drift: [] });
  });

  test('that a step has mended are told also when it failed half-way', () => {
    expect(resultOf({ kind: 'exited', exitCode: 0, changes: [change] })).toMatchObject({ status: 'Success', changes: [change] });
    expect(resultOf({ kind: 'failed', reason: 'no room', changes: [change] })).toMatchObject({ status: 'Failed', changes: [change] });
    expect(resultOf({ kind: 'needs-restart', changes: [change] })).toMatchObject({ status: 'SuccessAndReboot', changes: [change] });
  });

  test('that are too many or too long for a report are counted and cut', () => {
    const many = Array.from({ length: 120 }, (_, number) => ({ ...change, resource: `file ${number}`, after: 'x'.repeat(9000) }));
    const result = StepResult.parse(resultOf({ kind: 'checked', drift: many }));
    if (result.status !== 'Success') throw new Error(result.status);
    expect(result.drift).toHaveLength(50);
    expect(result.drift?.at(-1)?.resource).toBe('71 more');
  });
});

describe('a cancel', () => {
  const steps = ['one', 'two', 'three'].map((name) => ({ name, flow: { ...NO_FLOW, finallyStep: true } }));
  const play = (results: StepResult[]): string[] => {
    const progress: Progress = { steps, results, cancelReason: 'asked to' };
    const move = nextMove(progress);
    if (move.do === 'finish') return [...results.map(({ status }) => status), move.status];
    if (move.do === 'cancel') return play([...results, { status: 'Cancelled', reason: move.reason }]);
    if (move.do === 'skip') return play([...results, { status: 'Skipped', because: move.because }]);
    throw new Error(`nothing may run after a cancel, but ${move.do}`);
  };

  test('of a running step skips the rest, also a last step that runs in spite of an exit', () => {
    expect(play([{ status: 'Cancelled', reason: 'asked to' }])).toEqual(['Cancelled', 'Skipped', 'Skipped', 'Cancelled']);
  });

  test('between two steps is borne by the next', () => {
    expect(play([{ status: 'Success', exitCode: 0 }])).toEqual(['Success', 'Cancelled', 'Skipped', 'Cancelled']);
  });

  test('after the last step changes nothing', () => {
    const success: StepResult = { status: 'Success', exitCode: 0 };
    expect(play([success, success, success])).toEqual(['Success', 'Success', 'Success', 'Success']);
  });
});
