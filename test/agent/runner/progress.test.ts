import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { ActionOutcome } from '../../../agent/actions/action.ts';
import { DocumentStatus, type StepResult, StepStatus } from '../../../agent/protocol/status.ts';
import { documentProgress, nextMove, type Progress, type StepFlow, stepResult } from '../../../agent/runner/progress.ts';
import { vectorFile } from '../../vectors.ts';

const Platform = z.enum(['Linux', 'MacOS', 'Windows']);
const FlowVector = z.object({ onFailure: z.string().optional(), onSuccess: z.string().optional(), finallyStep: z.boolean().optional() });
const Vectors = z.object({
  documentFromSteps: z.array(z.object({ id: z.string(), steps: z.array(StepStatus), document: z.string() })),
  stepFromExitCode: z.array(
    z.object({
      id: z.string(),
      platform: Platform,
      exitCode: z.number(),
      timedOut: z.boolean(),
      cancelRequested: z.boolean(),
      stepStatus: StepStatus,
      remainingSteps: z.enum(['continue', 'skipped', 'paused until reboot']),
    }),
  ),
  controlFlow: z.array(
    z.object({
      id: z.string(),
      steps: z.array(FlowVector.extend({ result: z.enum(['Success', 'Failed', 'TimedOut', 'Skipped']), exitCode: z.number().optional() })),
      stepStatuses: z.array(StepStatus),
      document: DocumentStatus,
    }),
  ),
});
const vectors = Vectors.parse(vectorFile('status-aggregation-vectors.json'));

const NO_FLOW: StepFlow = { onFailure: null, onSuccess: null, finallyStep: false };

function flowOf({ onFailure, onSuccess, finallyStep }: z.infer<typeof FlowVector>): StepFlow {
  return {
    onFailure: onFailure === 'exit' || onFailure === 'successAndExit' ? onFailure : null,
    onSuccess: onSuccess === 'exit' ? onSuccess : null,
    finallyStep: finallyStep ?? false,
  };
}

function resultOf(outcome: ActionOutcome, flow = NO_FLOW): StepResult | null {
  return stepResult({ platform: 'Linux', flow, outcome, elapsedSeconds: 0, cancelReason: null, isAgentStopping: false });
}

describe('exit codes', () => {
  test.each(vectors.stepFromExitCode)('$id: $exitCode on $platform is $stepStatus', (vector) => {
    const { platform, exitCode, timedOut, cancelRequested } = vector;
    const outcome: ActionOutcome = timedOut ? { kind: 'timed-out', afterSeconds: 60, exitCode } : { kind: 'exited', exitCode };
    const cancelReason = cancelRequested ? 'asked to' : null;
    const result = stepResult({ platform, flow: NO_FLOW, outcome, elapsedSeconds: 1, cancelReason, isAgentStopping: false });
    expect(result?.status).toBe(vector.stepStatus);
    const steps = [
      { name: 'first', flow: NO_FLOW },
      { name: 'second', flow: NO_FLOW },
    ];
    const move = nextMove({ steps, results: result === null ? [] : [result], cancelReason: null });
    const meaning = { continue: 'run', skipped: 'skip', 'paused until reboot': 'wait-for-restart' };
    expect(move.do).toBe(meaning[vector.remainingSteps]);
  });

  test('that ask for a restart on one system are ordinary failures on the other', () => {
    const of = (platform: z.infer<typeof Platform>, exitCode: number) =>
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
  test.each(vectors.controlFlow)('$id', ({ steps, stepStatuses, document }) => {
    const planned = steps.map((step, position) => ({ name: `step${position}`, flow: flowOf(step) }));
    const results: StepResult[] = [];
    for (;;) {
      const move = nextMove({ steps: planned, results, cancelReason: null });
      if (move.do === 'finish') {
        expect(results.map(({ status }) => status)).toEqual(stepStatuses);
        expect(move.status).toBe(document);
        return;
      }
      results.push(
        move.do === 'skip' ? { status: 'Skipped', because: move.because } : play(steps[results.length]!, planned[results.length]!.flow),
      );
    }
  });

  function play(step: { result: string; exitCode?: number }, flow: StepFlow): StepResult {
    switch (step.result) {
      case 'Success':
        return resultOf({ kind: 'exited', exitCode: step.exitCode ?? 0 }, flow)!;
      case 'TimedOut':
        return resultOf({ kind: 'timed-out', afterSeconds: 1, exitCode: 137 }, flow)!;
      case 'Skipped':
        return { status: 'Skipped', because: 'of the platform' };
      default:
        return resultOf({ kind: 'exited', exitCode: step.exitCode ?? 1 }, flow)!;
    }
  }

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

test.each(vectors.documentFromSteps)('$id: a document with the steps $steps is $document', ({ steps, document }) => {
  expect(documentProgress(steps)).toBe(document);
});
