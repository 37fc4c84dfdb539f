import type { KeyObject } from 'node:crypto';
import { killLeftover } from '../platform/process-tree.ts';
import { Failure } from '../protocol/failures.ts';
import type { ExecutionId } from '../protocol/ids.ts';
import type { Report } from '../protocol/reports.ts';
import type { RunOrder } from '../protocol/run-order.ts';
import type { JournaledOccurrence, OccurrenceState } from '../storage/journal.ts';
import { MachineRestart } from './machine-restart.ts';
import { Occurrence } from './occurrence.ts';
import { checkOrder, type SignedOrder } from './order-check.ts';
import { type Begin, Performer, type PerformerTools } from './performer.ts';
import { planOccurrence } from './plan.ts';
import { restoreOccurrence } from './resume.ts';
import { markerOf, stepFolder } from './step-attempt.ts';

export interface RunnerTools extends PerformerTools {
  /** The site's, pinned at enrollment: whoever has its other half may command this machine. */
  readonly signingKey: KeyObject;
  /** For an error that is none of a step or an order: the agent cannot go on. */
  readonly fatal: (error: unknown) => void;
}

/** What waits for its turn. The journal has it; while the disk refuses that, only the memory. */
interface Waiting {
  readonly executionId: ExecutionId;
  readonly unwritten: Occurrence | null;
}

interface Turn {
  readonly occurrence: Occurrence;
  readonly begin: Begin;
}

const LEFTOVER_GRACE_MILLISECONDS = 1000;
const MOST_UNWRITTEN = 100;
/** A cancel for an occurrence that never came is remembered so long: its order would have expired by then. */
const CANCEL_REMEMBERED_MILLISECONDS = 30 * 24 * 60 * 60 * 1000;

/** One occurrence at a time, in the order of their arrival, and each at most once. */
export class Runner {
  readonly #tools: RunnerTools;
  readonly #performer: Performer;
  readonly #stopping = new AbortController();
  readonly #queue: Waiting[] = [];
  readonly #restart: MachineRestart | null;
  #current: Occurrence | null = null;
  #isIdle = true;
  #awaitsRestart = false;
  #working: Promise<void> = Promise.resolve();

  constructor(tools: RunnerTools) {
    this.#tools = tools;
    this.#performer = new Performer(tools, this.#stopping.signal);
    const { restarter, store, clock, log } = tools;
    this.#restart = restarter === null ? null : new MachineRestart({ restarter, outbox: store.outbox, clock, log });
  }

  /** Takes up what the journal says is not finished. To be awaited before anything is accepted. */
  async resume(): Promise<void> {
    const parked = this.#parked();
    this.#awaitsRestart = parked.length > 0;
    for (const { executionId, state } of this.#tools.store.journal.unfinished()) {
      if (parked.some((waiting) => waiting.executionId === executionId)) continue;
      if (state === 'running') await this.#endLeftovers(executionId);
      this.#queue.push({ executionId, unwritten: null });
    }
    this.#work(null);
  }

  accept(signed: SignedOrder): void {
    const { signingKey, nodeId, log } = this.#tools;
    const checked = checkOrder(signed, { signingKey, nodeId });
    switch (checked.verdict) {
      case 'genuine':
        this.#acceptGenuine(checked.order);
        return;
      case 'forged':
        log.error('order refused', { code: checked.failure.code, cause: checked.failure.message });
        return;
      case 'unfit':
        log.error('order refused', { code: checked.failure.code, cause: checked.failure.message, executionId: checked.executionId });
        // Told, but not remembered: the execution is another node's as well, and this node's own order for it may still come.
        if (checked.executionId !== null) this.#tellOnly(refusal(checked.executionId, checked.failure, this.#now()));
        return;
    }
  }

  cancel(executionId: ExecutionId, reason: string): void {
    this.#tools.log.info('cancel', { executionId });
    const state = this.#tools.store.journal.find(executionId)?.state ?? 'unknown';
    if (this.#current?.executionId === executionId && state !== 'parked' && state !== 'finished') this.#current.cancel(reason);
    else this.#cancelWaiting(executionId, { state, reason });
  }

  /** Ends what runs and leaves it in the journal as interrupted; resolves when nothing of it is left. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#current?.interrupt();
    await this.#working;
    await this.#tools.store.workRemoved();
  }

  #acceptGenuine(order: RunOrder): void {
    const { executionId } = order;
    if (this.#stopping.signal.aborted || this.#isUnwritten(executionId)) return;
    if (this.#tools.store.journal.find(executionId) === null) this.#acceptNew(order);
    else this.#repeat(executionId);
  }

  #acceptNew(order: RunOrder): void {
    const planned = planOccurrence(order, this.#tools.facts.platformType);
    if (new Date(order.expiresAt) <= this.#now()) this.#refuse(order, new Failure('E-ORDER-EXPIRED', { expiresAt: order.expiresAt }));
    else if (!planned.ok) this.#refuse(order, planned.failure);
    else this.#acceptFit(new Occurrence({ order, plan: planned.plan, resumes: 0, results: [], attempt: 1 }));
  }

  /** One whose turn it is at once is written together with its first step. */
  #acceptFit(occurrence: Occurrence): void {
    if (this.#isIdle && this.#queue.length === 0) this.#work({ occurrence, begin: 'unknown' });
    else this.#enqueue(occurrence);
  }

  /** Beyond a few, what the disk refuses is let go: the controller sends it again. */
  #enqueue(occurrence: Occurrence): void {
    const { executionId, order } = occurrence;
    const isWritten = this.#write(() => this.#tools.store.journal.add({ ...journaled(order), orderText: JSON.stringify(order) }));
    if (!isWritten && this.#queue.filter(({ unwritten }) => unwritten !== null).length >= MOST_UNWRITTEN) return;
    this.#queue.push({ executionId, unwritten: isWritten ? null : occurrence });
  }

  /** For good: the same order gets the same answer. */
  #refuse(order: RunOrder, failure: Failure): void {
    const { executionId } = order;
    this.#tools.log.error('order refused', { code: failure.code, cause: failure.message, executionId });
    this.#write(() => {
      this.#tools.store.journal.add({ ...journaled(order), orderText: null });
      this.#tools.store.record(refusal(executionId, failure, this.#now()));
    });
  }

  #tellOnly(report: Report): void {
    this.#write(() => void this.#tools.store.outbox.append(report));
  }

  #repeat(executionId: ExecutionId): void {
    this.#write(() => this.#tools.store.repeatReports(executionId));
  }

  #cancelWaiting(executionId: ExecutionId, { state, reason }: { state: OccurrenceState | 'unknown'; reason: string }): void {
    this.#dequeue(executionId);
    switch (state) {
      case 'unknown':
      case 'queued':
        this.#cancelUnstarted(executionId, state);
        return;
      case 'running':
      case 'parked':
        this.#cancelStarted(executionId, reason);
        return;
      case 'finished':
        this.#repeat(executionId);
        return;
    }
  }

  /** Also one that has not come yet: when it does, it is known and does not run. */
  #cancelUnstarted(executionId: ExecutionId, state: 'unknown' | 'queued'): void {
    const { journal } = this.#tools.store;
    const now = this.#now();
    this.#write(() => {
      const expiresAt = new Date(now.getTime() + CANCEL_REMEMBERED_MILLISECONDS);
      if (state === 'unknown') journal.add({ executionId, state: 'queued', orderText: null, expiresAt });
      this.#tools.store.record({ kind: 'execution-finished', executionId, at: now.toISOString(), status: 'Cancelled' });
    });
  }

  /** One that was interrupted and waits to go on, for its turn or for a restart of the machine. */
  #cancelStarted(executionId: ExecutionId, reason: string): void {
    const restored = restoreOccurrence(this.#tools.store, executionId, this.#tools.facts.platformType);
    if (!restored.ok) return;
    restored.occurrence.cancel(reason);
    this.#whileThereIsRoom(() => this.#performer.begin(restored.occurrence, 'interrupted'));
    this.#tools.store.removeWorkFolder(executionId);
    if (this.#parked().length === 0) this.#restart?.callOff();
  }

  #work(first: Turn | null): void {
    this.#isIdle = false;
    this.#current = first?.occurrence ?? null;
    this.#working = this.#takeTurns(first).catch((error: unknown) => this.#tools.fatal(error));
  }

  /** Until nothing waits any more. What came while the machine was to restart is in the queue, and has its turn when it did not. */
  async #takeTurns(first: Turn | null): Promise<void> {
    if (this.#awaitsRestart) await this.#restartMachine();
    for (let turn = first ?? this.#nextTurn(); turn !== null; turn = this.#nextTurn()) {
      this.#current = turn.occurrence;
      this.#awaitsRestart = await this.#performer.perform(turn.occurrence, turn.begin);
      this.#current = null;
      if (this.#awaitsRestart) await this.#restartMachine();
    }
    this.#isIdle = true;
  }

  /** Nothing begins meanwhile. When it fails, what waits for it goes on waiting, and says why. */
  async #restartMachine(): Promise<void> {
    this.#awaitsRestart = false;
    const because = (await this.#restart?.begin(this.#stopping.signal)) ?? null;
    if (because === null) return;
    this.#tools.log.error('machine not restarted', { cause: because });
    this.#write(() => {
      for (const { executionId } of this.#parked()) {
        const asked = this.#tools.store.journal
          .steps(executionId)
          .findLast(({ finished }) => finished?.result.status === 'SuccessAndReboot');
        if (asked?.finished?.result.status !== 'SuccessAndReboot') continue;
        this.#tools.store.record({ ...asked.finished, result: { ...asked.finished.result, notRestarted: because } });
      }
    });
  }

  /** Those that wait for the machine to be restarted. */
  #parked(): JournaledOccurrence[] {
    const { store, bootId } = this.#tools;
    return store.journal.unfinished().filter((occurrence) => occurrence.state === 'parked' && occurrence.bootId === bootId);
  }

  #nextTurn(): Turn | null {
    while (!this.#stopping.signal.aborted) {
      const waiting = this.#queue.shift();
      if (waiting === undefined) return null;
      const turn =
        waiting.unwritten === null ? this.#restore(waiting.executionId) : { occurrence: waiting.unwritten, begin: 'unknown' as const };
      if (turn !== null) return turn;
    }
    return null;
  }

  #restore(executionId: ExecutionId): Turn | null {
    const { store, facts, log } = this.#tools;
    const begin = store.journal.find(executionId)?.state === 'queued' ? 'queued' : 'interrupted';
    const restored = restoreOccurrence(store, executionId, facts.platformType);
    if (restored.ok) return { occurrence: restored.occurrence, begin };
    // An older version of the agent took it, and this one does not understand it any more.
    log.error('order refused', { code: restored.failure.code, cause: restored.failure.message, executionId });
    this.#write(() => store.record(refusal(executionId, restored.failure, this.#now())));
    return null;
  }

  /** The scripts of a killed agent run on without it: they end before the step runs again. */
  async #endLeftovers(executionId: ExecutionId): Promise<void> {
    const { store, clock, log } = this.#tools;
    const step = store.journal.steps(executionId).find(({ finished }) => finished === null);
    if (step === undefined) return;
    log.info('interrupted occurrence found', { executionId, stepIndex: step.stepIndex, attempt: step.attempt });
    const leftover = { pid: step.process?.pid ?? null, startedAs: step.process?.startedAs ?? null };
    const marker = markerOf(stepFolder(store, { executionId, stepIndex: step.stepIndex, attempt: step.attempt }));
    await killLeftover({ ...leftover, marker }, { clock, graceMilliseconds: LEFTOVER_GRACE_MILLISECONDS });
  }

  #isUnwritten(executionId: ExecutionId): boolean {
    return (
      this.#current?.executionId === executionId || this.#queue.some((waiting) => waiting.executionId === executionId && waiting.unwritten)
    );
  }

  #dequeue(executionId: ExecutionId): void {
    const position = this.#queue.findIndex((waiting) => waiting.executionId === executionId);
    if (position !== -1) this.#queue.splice(position, 1);
  }

  #write(work: () => void): boolean {
    const isWritten = this.#whileThereIsRoom(() => this.#tools.store.transaction(work));
    if (isWritten) this.#tools.reportsAdded();
    return isWritten;
  }

  /** False when the disk is full: then nothing of it is written, and the controller asks again. */
  #whileThereIsRoom(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'E-DISK') throw error;
      this.#tools.log.error('disk refuses to write', { code: error.code, cause: error.message, remedy: error.remedy });
      return false;
    }
  }

  #now(): Date {
    return this.#tools.clock.now();
  }
}

function journaled(order: RunOrder): { executionId: ExecutionId; state: 'queued'; expiresAt: Date } {
  return { executionId: order.executionId, state: 'queued', expiresAt: new Date(order.expiresAt) };
}

function refusal(executionId: ExecutionId, failure: Failure, now: Date): Report {
  return { kind: 'execution-refused', executionId, at: now.toISOString(), code: failure.code, message: failure.message.slice(0, 2000) };
}
