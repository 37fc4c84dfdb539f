import type { PlatformType } from '../platform/facts.ts';
import type { Failure } from '../protocol/failures.ts';
import { type DocumentStatus, MOST_CHANGES, type PluginStatus, type ResourceChange, type StepResult } from '../protocol/status.ts';
import type { ActionOutcome } from '../steps/action.ts';

/** What a step's inputs say about the steps after it (spec.md 6.5). */
export interface StepFlow {
  readonly onFailure: 'exit' | 'successAndExit' | null;
  readonly onSuccess: 'exit' | null;
  readonly finallyStep: boolean;
}

/** What the exit codes of spec.md 6.4 mean. */
const EXIT_WITH_SUCCESS = 168;
const EXIT_WITH_FAILURE = 169;
const RESTART_AND_RUN_AGAIN: Record<PlatformType, number> = { Linux: 194, MacOS: 194, Windows: 3010 };
const STOPPED: Record<PlatformType, number> = { Linux: 137, MacOS: 137, Windows: -1 };

/** The exit code of a step that failed without having run, as the SSM agent gives it. */
const FAILED_WITHOUT_RUNNING = 1;

export interface Attempt {
  readonly platform: PlatformType;
  readonly flow: StepFlow;
  readonly outcome: ActionOutcome;
  readonly elapsedSeconds: number;
  /** Set when somebody asked to cancel the occurrence. */
  readonly cancelReason: string | null;
  /** The agent itself was ending meanwhile. */
  readonly isAgentStopping: boolean;
}

/** How the step ended. A stopped attempt without a cancel has no result: it was interrupted and will run again. */
export function stepResult(attempt: Attempt): StepResult | null {
  const { outcome, flow, cancelReason } = attempt;
  switch (outcome.kind) {
    case 'exited':
      return withChanges(resultOfExit(attempt, outcome.exitCode), outcome.changes);
    case 'checked':
      return { status: 'Success', exitCode: 0, drift: listed(outcome.drift) };
    case 'needs-restart':
      return withChanges({ status: 'SuccessAndReboot', exitCode: RESTART_AND_RUN_AGAIN[attempt.platform] }, outcome.changes);
    case 'timed-out':
      return { status: 'TimedOut', afterSeconds: outcome.afterSeconds, exitCode: outcome.exitCode };
    case 'stopped':
      return cancelReason === null ? null : { status: 'Cancelled', reason: cancelReason };
    case 'failed':
      return withChanges(resultOfFailure(outcome.reason, flow, outcome.exitCode), outcome.changes);
  }
}

function withChanges(result: StepResult, changes: readonly ResourceChange[] = []): StepResult {
  if (changes.length === 0) return result;
  switch (result.status) {
    case 'Success':
    case 'SuccessAndReboot':
    case 'Failed':
      return { ...result, changes: listed(changes) };
    case 'TimedOut':
    case 'Cancelled':
    case 'Skipped':
      return result;
  }
}

const LONGEST_CHANGED_TEXT = 500;

const cutText = (text: string | null): string | null => text?.slice(0, LONGEST_CHANGED_TEXT) ?? null;

/** As many changes as a report has room for, in their order, each text cut; the last says how many there are beside these. */
function listed(changes: readonly ResourceChange[]): ResourceChange[] {
  const shown = changes.slice(0, changes.length > MOST_CHANGES ? MOST_CHANGES - 1 : MOST_CHANGES).map((change) => ({
    resource: change.resource.slice(0, LONGEST_CHANGED_TEXT),
    property: change.property.slice(0, LONGEST_CHANGED_TEXT),
    before: cutText(change.before),
    after: cutText(change.after),
  }));
  const more = changes.length - shown.length;
  return more === 0 ? shown : [...shown, { resource: `${more} more`, property: '', before: null, after: null }];
}

/** A step that could not be run, or whose action says itself why it failed. */
export function resultOfFailure(reason: string, { onFailure }: Pick<StepFlow, 'onFailure'>, exitCode?: number): StepResult {
  if (onFailure === 'successAndExit') return { status: 'Success', exitCode: exitCode ?? FAILED_WITHOUT_RUNNING };
  return { status: 'Failed', exitCode: exitCode ?? null, reason: sentence(reason) };
}

function resultOfExit({ platform, flow, elapsedSeconds, cancelReason, isAgentStopping }: Attempt, exitCode: number): StepResult {
  if (exitCode === 0 || exitCode === EXIT_WITH_SUCCESS) return { status: 'Success', exitCode };
  if (exitCode === EXIT_WITH_FAILURE)
    return { status: 'Failed', exitCode, reason: 'The step ended the document as failed (exit code 169).' };
  if (exitCode === RESTART_AND_RUN_AGAIN[platform]) return { status: 'SuccessAndReboot', exitCode };
  if (exitCode === STOPPED[platform]) {
    // Nobody can tell a script that ends so by itself from one that was ended.
    if (isAgentStopping) return { status: 'Failed', exitCode, reason: `The step was ended with the agent (exit code ${exitCode}).` };
    if (cancelReason !== null) return { status: 'Cancelled', reason: cancelReason };
    return { status: 'TimedOut', afterSeconds: Math.max(0, Math.round(elapsedSeconds)), exitCode };
  }
  if (flow.onFailure === 'successAndExit') return { status: 'Success', exitCode };
  return { status: 'Failed', exitCode, reason: `The step ended with exit code ${exitCode}.` };
}

/** Whether an outcome by itself keeps everything after it from running: exit codes 168 and 169, and one that asks for a restart. */
export function endsTheRest(outcome: ActionOutcome, platform: PlatformType): boolean {
  if (outcome.kind === 'needs-restart') return true;
  if (outcome.kind !== 'exited') return false;
  return [EXIT_WITH_SUCCESS, EXIT_WITH_FAILURE, RESTART_AND_RUN_AGAIN[platform]].includes(outcome.exitCode);
}

export type Move =
  | { readonly do: 'run'; readonly stepIndex: number }
  | { readonly do: 'skip'; readonly stepIndex: number; readonly because: string }
  | { readonly do: 'cancel'; readonly stepIndex: number; readonly reason: string }
  | { readonly do: 'wait-for-restart'; readonly stepIndex: number }
  | { readonly do: 'finish'; readonly status: DocumentStatus };

export interface Progress {
  readonly steps: readonly { readonly name: string; readonly flow: StepFlow }[];
  /** Of the steps from the first on that are over. */
  readonly results: readonly StepResult[];
  readonly cancelReason: string | null;
}

/** What comes next. After a failed step the following ones still run, unless the document says otherwise (spec.md 6.5). */
export function nextMove({ steps, results, cancelReason }: Progress): Move {
  const last = results.at(-1);
  const stepIndex = results.length;
  if (last?.status === 'SuccessAndReboot') return { do: 'wait-for-restart', stepIndex: stepIndex - 1 };
  const step = steps[stepIndex];
  if (step === undefined) return { do: 'finish', status: finalStatus(results) };
  if (cancelReason !== null) return moveAfterCancel(stepIndex, results, cancelReason);
  const exit = results.findIndex((result, position) => endsDocument(result, steps[position]?.flow));
  if (exit === -1 || (step.flow.finallyStep && stepIndex === steps.length - 1)) return { do: 'run', stepIndex };
  return { do: 'skip', stepIndex, because: `The step ${steps[exit]?.name ?? exit + 1} ended the document.` };
}

/** One step bears the cancel, the running one or else the next: a document of which only the rest was skipped would be a success. */
function moveAfterCancel(stepIndex: number, results: readonly StepResult[], reason: string): Move {
  const isBorne = results.some(({ status }) => status === 'Cancelled');
  return isBorne ? { do: 'skip', stepIndex, because: 'The occurrence was cancelled.' } : { do: 'cancel', stepIndex, reason };
}

/** A success with another code than 0 is 168 or onFailure: successAndExit, and both end the document. */
function endsDocument(result: StepResult, flow: StepFlow | undefined): boolean {
  switch (result.status) {
    case 'Success':
      return result.exitCode !== 0 || flow?.onSuccess === 'exit';
    case 'Failed':
      return result.exitCode === EXIT_WITH_FAILURE || flow?.onFailure === 'exit';
    case 'TimedOut':
    case 'Cancelled':
    case 'Skipped':
    case 'SuccessAndReboot':
      return false;
  }
}

const PRECEDENCE = ['SuccessAndReboot', 'Failed', 'TimedOut', 'Cancelled'] as const;

/** What a document has come to by its steps (spec.md 6.6); with no step that applies to the platform it is a success. */
export function documentProgress(steps: readonly PluginStatus[]): DocumentStatus | 'SuccessAndReboot' | 'InProgress' {
  const first = PRECEDENCE.find((status) => steps.includes(status));
  if (first !== undefined) return first;
  return steps.every((status) => status === 'Success' || status === 'Skipped') ? 'Success' : 'InProgress';
}

function finalStatus(results: readonly StepResult[]): DocumentStatus {
  const progress = documentProgress(results.map(({ status }) => status));
  if (progress === 'SuccessAndReboot' || progress === 'InProgress') throw new Error(`A document that is ${progress} is not over.`);
  return progress;
}

const LONGEST_SENTENCE = 2000;

export function sentence(text: string): string {
  return text.slice(0, LONGEST_SENTENCE);
}

/** A trouble that someone can act on, as a step tells it: its code, what happened, and what to do. */
export function failureReason({ code, message, remedy }: Failure): string {
  return `${code}: ${message} ${remedy}`;
}
