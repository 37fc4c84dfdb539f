import { type Clock, pause } from '../platform/clock.ts';
import type { MachineFacts } from '../platform/facts.ts';
import type { Log } from '../platform/log.ts';
import { processStart } from '../platform/process-identity.ts';
import type { Restarter } from '../platform/restart-machine.ts';
import { Failure } from '../protocol/failures.ts';
import type { NodeId } from '../protocol/ids.ts';
import type { FromAgent, RefreshAnswer } from '../protocol/messages.ts';
import { STREAM_CAP_BYTES } from '../protocol/output-limits.ts';
import type { Report } from '../protocol/reports.ts';
import type { ControllerDesk } from '../steps/action.ts';
import { type OwnEnvironment, scriptEnvironment } from '../steps/script-environment.ts';
import type { AgentStore } from '../storage/agent-store.ts';
import type { StepFinished } from '../storage/journal.ts';
import type { Occurrence } from './occurrence.ts';
import { openSecrets } from './secrets.ts';
import { attemptStep, type RunningStep } from './step-attempt.ts';
import { type Next, type Transition, transition } from './transition.ts';

/** As often as the SSM agent takes up a document that was interrupted or asked for a restart. */
export const MAX_RESUMES = 15;

type RefreshRequest = Omit<Extract<FromAgent, { type: 'refresh' }>, 'type'>;

const DISK_RETRY_MILLISECONDS = 5000;

export interface PerformerTools {
  readonly store: AgentStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly facts: MachineFacts;
  readonly bootId: string;
  /** The agent's own environment variables. */
  readonly environment: OwnEnvironment;
  readonly nodeId: NodeId;
  readonly siteName: string;
  /** In PEM, the newest first. Asked for when a step starts that has secrets: they are renewed meanwhile. */
  readonly privateKeys: () => readonly string[];
  /** Asks the controller, as soon as it can be reached. */
  readonly refresh: (request: RefreshRequest, signal: AbortSignal) => Promise<RefreshAnswer | null>;
  /** For steps that need something of the controller while they run. */
  readonly controller: ControllerDesk;
  /** Null where the machine is not the agent's to restart: then its steps wait until somebody does it. */
  readonly restarter: Restarter | null;
  /** Something new is in the outbox. */
  readonly reportsAdded: () => void;
}

/** What the journal knows of an occurrence as its turn comes. */
export type Begin = 'unknown' | 'queued' | 'interrupted';

/** Runs one occurrence: decides by `transition`, writes, then does; so that whatever happens in between, the journal is right. */
export class Performer {
  readonly #tools: PerformerTools;
  readonly #stopped: AbortSignal;

  constructor(tools: PerformerTools, stopped: AbortSignal) {
    this.#tools = tools;
    this.#stopped = stopped;
  }

  /** Whether it waits for a restart of the machine now. */
  async perform(occurrence: Occurrence, begin: Begin): Promise<boolean> {
    this.#tools.log.info('occurrence begins', { executionId: occurrence.executionId, document: occurrence.order.documentName, begin });
    let next = await this.#persist(() => this.begin(occurrence, begin));
    while (next?.do === 'run') {
      const finished = await this.#attempt(occurrence, next);
      if (finished === null) {
        this.#tools.log.info('step interrupted', { executionId: occurrence.executionId, stepIndex: next.stepIndex });
        return false;
      }
      next = await this.#persist(() => this.#advance(occurrence, { finished }));
    }
    if (next?.do === 'end') this.#tools.store.removeWorkFolder(occurrence.executionId);
    return next?.do === 'wait-for-restart';
  }

  /** Writes all that comes before the first step that has to run. Throws when the disk refuses. */
  begin(occurrence: Occurrence, begin: Begin): Next {
    const { executionId, order } = occurrence;
    const { store, clock } = this.#tools;
    const started: Report = { kind: 'execution-started', executionId, at: clock.now().toISOString() };
    switch (begin) {
      case 'unknown':
        return this.#advance(occurrence, {
          before: () =>
            store.journal.add({ executionId, state: 'queued', orderText: JSON.stringify(order), expiresAt: new Date(order.expiresAt) }),
          reports: [started],
        });
      case 'queued':
        return this.#advance(occurrence, { reports: [started] });
      case 'interrupted':
        return this.#takeUp(occurrence);
    }
  }

  #takeUp(occurrence: Occurrence): Next {
    const mayRunAgain = occurrence.resumes < MAX_RESUMES || occurrence.cancelReason !== null;
    const next = this.#advance(occurrence, {
      before: () => this.#tools.store.journal.countResume(occurrence.executionId),
      ...(mayRunAgain ? {} : { finished: this.#givenUp(occurrence) }),
    });
    occurrence.resumes += 1;
    return next;
  }

  #advance(occurrence: Occurrence, { before, reports = [], finished }: Advance): Next {
    const { store, clock, bootId, log, reportsAdded } = this.#tools;
    const { executionId, plan, cancelReason } = occurrence;
    const results = finished === undefined ? occurrence.results : [...occurrence.results, finished.result];
    const attempt = finished === undefined ? occurrence.attempt : 1;
    const moved = transition({ executionId, plan, cancelReason, results, attempt }, clock.now());
    store.transaction(() => {
      before?.();
      for (const report of [...reports, ...(finished === undefined ? [] : [finished]), ...moved.reports]) store.record(report);
      if (moved.next.do === 'wait-for-restart') store.journal.park(executionId, bootId);
    });
    occurrence.results = moved.results;
    occurrence.attempt = 1;
    reportsAdded();
    if (moved.next.do !== 'run') log.info('occurrence ends', { executionId, status: statusOf(moved) });
    return moved.next;
  }

  #attempt(occurrence: Occurrence, running: RunningStep): Promise<StepFinished | null> {
    const { store, clock, facts, nodeId, siteName, environment, privateKeys, refresh, controller, restarter } = this.#tools;
    const { executionId, order, plan, signal } = occurrence;
    const step = plan.steps[running.stepIndex];
    if (step === undefined) throw new Error(`There is no step ${running.stepIndex}.`);
    const script = { nodeId, siteName, ...facts, executionId, associationId: order.associationId };
    return attemptStep(
      { store, clock, platform: facts.platformType },
      {
        executionId,
        running,
        step,
        signal,
        cancelReason: () => occurrence.cancelReason,
        mayRunAgain: occurrence.resumes < MAX_RESUMES,
        restartsMachine: restarter !== null,
        environment: scriptEnvironment(environment, script),
        parameterEnvironment: plan.parameterEnvironment,
        secrets: openSecrets(order, privateKeys()),
        open: (sealed) => openSecrets({ executionId, nodeId, sealed }, privateKeys()),
        run: { nodeId, executionId, associationId: order.associationId, stepIndex: running.stepIndex, documentName: order.documentName },
        mode: order.mode ?? 'Enforce',
        streamCapBytes: order.streamCapBytes ?? STREAM_CAP_BYTES,
        controller,
        onProcess: (pid) => this.#rememberProcess(occurrence, { running, pid }),
        refresh: (associationIds, until) =>
          refresh({ executionId, stepIndex: running.stepIndex, associationIds: [...associationIds] }, until),
      },
    );
  }

  /** In the journal, so that an agent which was killed finds what it left. That one record is not worth failing a step. */
  #rememberProcess({ executionId }: Occurrence, { running, pid }: { running: RunningStep; pid: number }): void {
    const { store, log } = this.#tools;
    processStart(pid)
      .then((startedAs) => {
        if (startedAs === null) return;
        store.relaxed(() => store.journal.recordProcess({ executionId, ...running }, { pid, startedAs }));
      })
      .catch((error: unknown) => log.warn('process not journaled', { executionId, cause: String(error) }));
  }

  #givenUp({ executionId, results, attempt }: Occurrence): StepFinished {
    const at = this.#tools.clock.now().toISOString();
    const nothing = { bytes: 0, droppedBytes: 0, head: '' };
    return {
      kind: 'step-finished',
      executionId,
      stepIndex: results.length,
      attempt: Math.max(1, attempt - 1),
      startedAt: at,
      at,
      result: {
        status: 'Failed',
        exitCode: null,
        reason: `The step was interrupted again and again; it was taken up ${MAX_RESUMES} times.`,
      },
      stdout: nothing,
      stderr: nothing,
    };
  }

  /** Waits for room on a full disk, as long as it takes; null when the agent stops meanwhile. */
  async #persist(write: () => Next): Promise<Next | null> {
    const { clock, log } = this.#tools;
    for (let tries = 0; !this.#stopped.aborted || tries === 0; tries += 1) {
      try {
        return write();
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== 'E-DISK') throw error;
        if (tries === 0) log.error('disk refuses to write', { code: error.code, cause: error.message, remedy: error.remedy });
        await pause({ clock, milliseconds: DISK_RETRY_MILLISECONDS, signal: this.#stopped });
      }
    }
    return null;
  }
}

interface Advance {
  /** Written first, in the same transaction. */
  readonly before?: () => void;
  readonly reports?: readonly Report[];
  readonly finished?: StepFinished;
}

function statusOf({ reports }: Transition): string {
  const last = reports.at(-1);
  return last?.kind === 'execution-finished' ? last.status : 'waits for a restart of the machine';
}
