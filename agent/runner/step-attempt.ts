import { join } from 'node:path';
import { variableOf } from '../document/interpolation.ts';
import { isSecretKey } from '../document/secret-places.ts';
import type { Clock } from '../platform/clock.ts';
import type { PlatformType } from '../platform/facts.ts';
import { Failure } from '../protocol/failures.ts';
import type { ExecutionId } from '../protocol/ids.ts';
import type { ApplyMode } from '../protocol/run-order.ts';
import type { StepResult } from '../protocol/status.ts';
import type { ActionContext, ActionOutcome, ControllerDesk, RunFacts } from '../steps/action.ts';
import type { AgentStore } from '../storage/agent-store.ts';
import type { StepFinished } from '../storage/journal.ts';
import type { OpenSealed } from './child-document.ts';
import type { PlannedStep } from './plan.ts';
import { failureReason, sentence, stepResult } from './progress.ts';
import { type Redaction, redactionOf } from './redaction.ts';
import type { OpenedSecrets } from './secrets.ts';
import type { Next } from './transition.ts';

export type RunningStep = Extract<Next, { do: 'run' }>;

export interface StepAttempt {
  readonly executionId: ExecutionId;
  readonly running: RunningStep;
  readonly step: PlannedStep;
  readonly signal: AbortSignal;
  /** Asked for when the attempt is over: a cancel may come at any time. */
  readonly cancelReason: () => string | null;
  /** A step that asks for a restart once more after the last one allowed has failed. */
  readonly mayRunAgain: boolean;
  /** Whether this agent restarts its machine by itself when a step asks for that. */
  readonly restartsMachine: boolean;
  readonly environment: Readonly<Record<string, string>>;
  readonly parameterEnvironment: Readonly<Record<string, string>>;
  /** Opened for this attempt: they go into its environment and its inputs, and are masked in whatever it says. */
  readonly secrets: OpenedSecrets;
  /** For the secrets of a document that the step runs. */
  readonly open: OpenSealed;
  readonly run: RunFacts;
  readonly mode: ApplyMode;
  /** Bytes of each stream that are kept. */
  readonly streamCapBytes: number;
  readonly controller: ControllerDesk | null;
  readonly onProcess: (pid: number) => void;
  readonly refresh: ActionContext['refresh'];
}

export interface AttemptTools {
  readonly store: AgentStore;
  readonly clock: Clock;
  readonly platform: PlatformType;
}

/** Runs a step once and says how it ended; null when it was interrupted and has to run again. */
export async function attemptStep(tools: AttemptTools, attempt: StepAttempt): Promise<StepFinished | null> {
  const { store, clock, platform } = tools;
  const { executionId, running, step } = attempt;
  const ref = { executionId, stepIndex: running.stepIndex, attempt: running.attempt };
  const { secrets } = attempt;
  const stdout = store.spool.open({ ...ref, stream: 'stdout' }, attempt.streamCapBytes);
  const stderr = store.spool.open({ ...ref, stream: 'stderr' }, attempt.streamCapBytes);
  const redaction = redactionOf(secrets.ok ? Object.values(secrets.values) : []);
  const masked = { stdout: redaction.before(stdout), stderr: redaction.before(stderr) };
  const outcome = secrets.ok
    ? await outcomeOf(step, { ...contextOf(tools, attempt, secrets.values), ...masked }, redaction)
    : { kind: 'failed' as const, reason: secrets.failure.message };
  masked.stdout.end();
  masked.stderr.end();
  const now = clock.now();
  const elapsedSeconds = (now.getTime() - Date.parse(running.at)) / 1000;
  const cancelReason = attempt.cancelReason();
  const isAgentStopping = attempt.signal.aborted && cancelReason === null;
  const ended = stepResult({ platform, flow: step.flow, outcome, elapsedSeconds, cancelReason, isAgentStopping });
  const result = ended?.status === 'SuccessAndReboot' && !attempt.mayRunAgain ? tooManyRestarts(ended) : ended;
  if (result?.status === 'SuccessAndReboot') stderr.write(Buffer.from(restartNotice(result.exitCode, attempt.restartsMachine)));
  const summaries = { stdout: stdout.end(), stderr: stderr.end() };
  return result === null ? null : { kind: 'step-finished', ...ref, startedAt: running.at, at: now.toISOString(), result, ...summaries };
}

/** Where an attempt works: a folder of this agent alone, also where several agents of one machine run the same occurrence. */
export function stepFolder(
  store: Pick<AgentStore, 'workFolder'>,
  attempt: { executionId: ExecutionId; stepIndex: number; attempt: number },
): string {
  return join(store.workFolder(attempt.executionId), `${attempt.stepIndex}-${attempt.attempt}`);
}

/** NAME=VALUE that every process of the attempt has in its environment, and no process of another attempt or another agent. */
export const markerOf = (folder: string): string => `HOLDFAST_STEP=${folder}`;

function contextOf(
  { store, clock, platform }: AttemptTools,
  attempt: StepAttempt,
  secrets: Readonly<Record<string, string>>,
): Omit<ActionContext, 'stdout' | 'stderr'> {
  const { executionId, running, step, signal, environment, run, mode, controller, onProcess, refresh } = attempt;
  const opened = Object.entries(secrets);
  const variables = opened.filter(([key]) => !isSecretKey(key)).map(([name, value]) => [variableOf(name), value]);
  const folder = stepFolder(store, { executionId, stepIndex: running.stepIndex, attempt: running.attempt });
  return {
    clock,
    platform,
    run,
    mode,
    depth: 0,
    signal,
    environment,
    parameterEnvironment: { ...attempt.parameterEnvironment, ...Object.fromEntries(variables) },
    secrets: Object.fromEntries(opened.filter(([key]) => step.secretKeys.includes(key))),
    controller,
    onProcess,
    refresh,
    // Loaded when a step runs another document: what reads documents as they are written is large.
    runDocument: async (child, childContext) => (await import('./child-document.ts')).runChildDocument(child, childContext, attempt.open),
    stepFolder: folder,
    stateFolder: store.stateFolder,
    downloads: join(store.workFolder(executionId), 'downloads'),
    marker: markerOf(folder),
  };
}

async function outcomeOf({ work, name }: PlannedStep, context: ActionContext, redaction: Redaction): Promise<ActionOutcome> {
  if (work.do !== 'run') throw new Error(`The step ${name} has nothing to run.`);
  try {
    return redaction.outcome(await work.run(context));
  } catch (error) {
    if (error instanceof Failure) return { kind: 'failed', reason: sentence(redaction.text(failureReason(error))) };
    // A bug or a trouble of the node in one action is that step's failure, never the agent's.
    return {
      kind: 'failed',
      reason: sentence(redaction.text(`The agent could not run the step: ${error instanceof Error ? error.message : String(error)}`)),
    };
  }
}

function restartNotice(exitCode: number, restartsMachine: boolean): string {
  const asked = `holdfast-agent: exit code ${exitCode} asks for a restart of the machine. `;
  if (restartsMachine) return `${asked}The agent restarts it now, and the step runs again then.\n`;
  return `${asked}This agent was not started with --restart-machine: restart it when it suits, and the step runs again then.\n`;
}

function tooManyRestarts({ exitCode }: { exitCode: number }): StepResult {
  return { status: 'Failed', exitCode, reason: 'The step asked for a restart again and again; it was run as often as is allowed.' };
}
