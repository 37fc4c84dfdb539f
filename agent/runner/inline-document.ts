import { join } from 'node:path';
import { Failure } from '../protocol/failures.ts';
import type { DocumentStatus, StepResult } from '../protocol/status.ts';
import type { ActionContext } from '../steps/action.ts';
import type { Plan, PlannedStep } from './plan.ts';
import { failureReason, nextMove, resultOfFailure, sentence, stepResult } from './progress.ts';

/** What came of a document that was run without a journal. */
export interface InlineRun {
  readonly status: DocumentStatus | 'SuccessAndReboot';
  /** As many as were reached, in the order of the steps. */
  readonly results: readonly StepResult[];
}

export interface InlineListener {
  /** Only of a step that is run. */
  stepStarts?(step: PlannedStep, stepIndex: number): void;
  stepEnds?(step: PlannedStep, ended: { stepIndex: number; result: StepResult }): void;
}

/** What an aborted signal stands for, as steps tell it. */
const CANCELLED = 'The run was cancelled.';

/** Runs the steps of a plan here and now, each in a folder of its own below the context's: as a runner does, and kept nowhere. */
export async function runInline(plan: Plan, context: ActionContext, listener: InlineListener = {}): Promise<InlineRun> {
  const results: StepResult[] = [];
  for (;;) {
    const cancelReason = context.signal.aborted ? CANCELLED : null;
    const move = nextMove({ steps: plan.steps, results, cancelReason });
    if (move.do === 'finish') return { status: move.status, results };
    if (move.do === 'wait-for-restart') return { status: 'SuccessAndReboot', results };
    const { stepIndex } = move;
    const step = plan.steps[stepIndex];
    if (step === undefined) throw new Error(`There is no step ${stepIndex}.`);
    const result = move.do === 'run' ? await resultOf(step, { context, stepIndex, listener }) : withoutRunning(move);
    results.push(result);
    listener.stepEnds?.(step, { stepIndex, result });
  }
}

function withoutRunning(move: { do: 'skip'; because: string } | { do: 'cancel'; reason: string }): StepResult {
  return move.do === 'skip' ? { status: 'Skipped', because: move.because } : { status: 'Cancelled', reason: move.reason };
}

interface Turn {
  readonly context: ActionContext;
  readonly stepIndex: number;
  readonly listener: InlineListener;
}

async function resultOf(step: PlannedStep, { context, stepIndex, listener }: Turn): Promise<StepResult> {
  const { work, flow } = step;
  if (work.do === 'skip') return { status: 'Skipped', because: work.because };
  if (work.do === 'fail') return resultOfFailure(work.reason, flow);
  listener.stepStarts?.(step, stepIndex);
  const startedAt = context.clock.now().getTime();
  const outcome = await work
    .run({ ...context, stepFolder: join(context.stepFolder, String(stepIndex)) })
    .catch((error: unknown) => ({ kind: 'failed' as const, reason: sentence(reasonOf(error)) }));
  const elapsedSeconds = (context.clock.now().getTime() - startedAt) / 1000;
  const { aborted } = context.signal;
  const attempt = { platform: context.platform, flow, outcome, elapsedSeconds, isAgentStopping: false };
  return stepResult({ ...attempt, cancelReason: aborted ? CANCELLED : null }) ?? { status: 'Cancelled', reason: CANCELLED };
}

function reasonOf(error: unknown): string {
  if (error instanceof Failure) return failureReason(error);
  return error instanceof Error ? error.message : String(error);
}
