import type { ExecutionId } from '../protocol/ids.ts';
import type { Report } from '../protocol/reports.ts';
import type { StepResult } from '../protocol/status.ts';
import type { Plan } from './plan.ts';
import { nextMove, resultOfFailure } from './progress.ts';

/** An occurrence as far as it has come. */
export interface OccurrenceState {
  readonly executionId: ExecutionId;
  readonly plan: Plan;
  /** Of the steps that are over. */
  readonly results: readonly StepResult[];
  /** Of the next step: more than 1 when it is run again. */
  readonly attempt: number;
  readonly cancelReason: string | null;
}

export type Next =
  | { readonly do: 'run'; readonly stepIndex: number; readonly attempt: number; readonly at: string }
  | { readonly do: 'wait-for-restart' }
  | { readonly do: 'end' };

/** Everything that follows from where an occurrence stands until a step has to run: written and reported as one. */
export interface Transition {
  readonly reports: readonly Report[];
  readonly results: readonly StepResult[];
  readonly next: Next;
}

const NOTHING_PRINTED = { bytes: 0, droppedBytes: 0, head: '' };

export function transition(state: OccurrenceState, now: Date): Transition {
  const { executionId, plan, cancelReason } = state;
  const at = now.toISOString();
  const reports: Report[] = [];
  const results = [...state.results];
  let attempt = state.attempt;
  const settle = (result: StepResult) => {
    const step = { executionId, stepIndex: results.length, attempt };
    reports.push({ kind: 'step-finished', ...step, startedAt: at, at, result, stdout: NOTHING_PRINTED, stderr: NOTHING_PRINTED });
    results.push(result);
    attempt = 1;
  };
  for (;;) {
    const move = nextMove({ steps: plan.steps, results, cancelReason });
    switch (move.do) {
      case 'run': {
        const step = plan.steps[move.stepIndex];
        if (step === undefined) throw new Error(`There is no step ${move.stepIndex}.`);
        if (step.work.do === 'skip') settle({ status: 'Skipped', because: step.work.because });
        else if (step.work.do === 'fail') settle(resultOfFailure(step.work.reason, step.flow));
        else {
          reports.push({ kind: 'step-started', executionId, stepIndex: move.stepIndex, attempt, at });
          return { reports, results, next: { do: 'run', stepIndex: move.stepIndex, attempt, at } };
        }
        break;
      }
      case 'skip':
        settle({ status: 'Skipped', because: move.because });
        break;
      case 'cancel':
        settle({ status: 'Cancelled', reason: move.reason });
        break;
      case 'wait-for-restart':
        return { reports, results, next: { do: 'wait-for-restart' } };
      case 'finish':
        reports.push({ kind: 'execution-finished', executionId, at, status: move.status });
        return { reports, results, next: { do: 'end' } };
    }
  }
}
