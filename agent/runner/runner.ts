import type { KeyObject } from 'node:crypto';
import { killLeftover } from '../platform/process-tree.ts';
import { Failure } from '../protocol/failures.ts';
import type { ExecutionId } from '../protocol/ids.ts';
import type { Report } from '../protocol/reports.ts';
import type { RunOrder } from '../protocol/run-order.ts';
import { Occurrence } from './occurrence.ts';
import { checkOrder, type SignedOrder } from './order-check.ts';
import { type Begin, Performer, type PerformerTools } from './performer.ts';
import { planOccurrence } from './plan.ts';
import { restoreOccurrence } from './resume.ts';
import { markerOf } from './step-attempt.ts';

export interface RunnerTools extends PerformerTools {
  /** The site's, pinned at enrollment: whoever has its other half may command this machine. */
  readonly signingKey: KeyObject;
  /** For an error that is none of a step or an order: the agent cannot go on. */
  readonly fatal: (error: unknown) => void;
}

/** An order that waits for its turn. Kept in memory only while the disk refuses it; the journal has it else. */
interface Waiting {
  readonly executionId: ExecutionId;
  readonly unwritten: RunOrder | null;
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
  #current: Occurrence | null = null;
  #working: Promise<void> = Promise.resolve();

  constructor(tools: RunnerTools) {
    this.#tools = tools;
    this.#performer = new Performer(tools, this.#stopping.signal);
  }

  /** Takes up what the journal says is not finished. To be awaited before anything is accepted. */
  async resume(): Promise<void> {
    const { store, bootId } = this.#tools;
    for (const { executionId, state, bootId: parkedIn } of store.journal.unfinished()) {
      if (state === 'parked' && parkedIn === bootId) continue;
      if (state === 'running') await this.#endLeftovers(executionId);
      this.#queue.push({ executionId, unwritten: null });
    }
    this.#takeNextTurn();
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
        if (checked.executionId !== null) this.#tell(refusal(checked.executionId, checked.failure, this.#now()), 'in-outbox-only');
        return;
    }
  }

  cancel(executionId: ExecutionId, reason: string): void {
    this.#tools.log.info('cancel', { executionId });
    if (this.#current?.executionId === executionId) {
      this.#current.cancel(reason);
      return;
    }
    const { journal } = this.#tools.store;
    const known = journal.find(executionId);
    if (known?.state === 'finished') return this.#repeat(executionId);
    if (known?.state === 'parked') return this.#cancelParked(executionId, reason);
    this.#dequeue(executionId);
    const expiresAt = new Date(this.#now().getTime() + CANCEL_REMEMBERED_MILLISECONDS);
    const finished: Report = { kind: 'execution-finished', executionId, at: this.#now().toISOString(), status: 'Cancelled' };
    this.#write(() => {
      if (known === null) journal.add({ executionId, state: 'queued', orderText: null, expiresAt });
      this.#tools.store.record(finished);
    });
  }

  /** Ends what runs and leaves it in the journal as interrupted; resolves when nothing of it is left. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#current?.interrupt();
    await this.#working;
  }

  #acceptGenuine(order: RunOrder): void {
    const { executionId } = order;
    if (this.#stopping.signal.aborted) return;
    if (this.#isUnwritten(executionId)) return;
    if (this.#tools.store.journal.find(executionId) !== null) return this.#repeat(executionId);
    if (new Date(order.expiresAt) <= this.#now()) {
      return this.#refuse(order, new Failure('E-ORDER-EXPIRED', { expiresAt: order.expiresAt }));
    }
    const planned = planOccurrence(order, this.#tools.facts.platformType);
    if (!planned.ok) return this.#refuse(order, new Failure('InvalidParameters', { problem: planned.problem }));
    if (this.#current !== null || this.#queue.length > 0) return this.#enqueue(order);
    this.#take({ occurrence: new Occurrence({ order, plan: planned.plan, resumes: 0, results: [], attempt: 1 }), begin: 'unknown' });
  }

  #enqueue(order: RunOrder): void {
    const { executionId } = order;
    const added = { executionId, state: 'queued', orderText: JSON.stringify(order), expiresAt: new Date(order.expiresAt) } as const;
    const isWritten = this.#write(() => this.#tools.store.journal.add(added));
    if (!isWritten && this.#queue.filter(({ unwritten }) => unwritten !== null).length >= MOST_UNWRITTEN) return;
    this.#queue.push({ executionId, unwritten: isWritten ? null : order });
  }

  /** For good: the same order gets the same answer. */
  #refuse(order: RunOrder, failure: Failure): void {
    const { executionId } = order;
    this.#tools.log.error('order refused', { code: failure.code, cause: failure.message, executionId });
    this.#write(() => {
      this.#tools.store.journal.add({ executionId, state: 'queued', orderText: null, expiresAt: new Date(order.expiresAt) });
      this.#tools.store.record(refusal(executionId, failure, this.#now()));
    });
  }

  #repeat(executionId: ExecutionId): void {
    this.#tools.store.repeatReports(executionId);
    this.#tools.reportsAdded();
  }

  #cancelParked(executionId: ExecutionId, reason: string): void {
    const restored = restoreOccurrence(this.#tools.store, executionId, this.#tools.facts.platformType);
    if (!restored.ok) return;
    restored.occurrence.cancel(reason);
    this.#performer.begin(restored.occurrence, 'interrupted');
    this.#tools.store.removeWorkFolder(executionId);
  }

  #take(turn: Turn): void {
    this.#current = turn.occurrence;
    this.#working = this.#work(turn).catch((error: unknown) => this.#tools.fatal(error));
  }

  #takeNextTurn(): void {
    const turn = this.#nextTurn();
    if (turn !== null) this.#take(turn);
  }

  async #work(first: Turn): Promise<void> {
    for (let turn: Turn | null = first; turn !== null; turn = this.#nextTurn()) {
      this.#current = turn.occurrence;
      await this.#performer.perform(turn.occurrence, turn.begin);
      this.#current = null;
    }
  }

  #nextTurn(): Turn | null {
    const { store, facts } = this.#tools;
    while (!this.#stopping.signal.aborted) {
      const waiting = this.#queue.shift();
      if (waiting === undefined) return null;
      const { executionId, unwritten } = waiting;
      const begin = unwritten !== null ? 'unknown' : store.journal.find(executionId)?.state === 'queued' ? 'queued' : 'interrupted';
      const restored = unwritten === null ? restoreOccurrence(store, executionId, facts.platformType) : this.#fresh(unwritten);
      if (restored.ok) return { occurrence: restored.occurrence, begin };
      this.#tell(refusal(executionId, restored.failure, this.#now()), 'in-journal-too');
    }
    return null;
  }
}

function refusal(executionId: ExecutionId, failure: Failure, now: Date): Report {
  return { kind: 'execution-refused', executionId, at: now.toISOString(), code: failure.code, message: failure.message.slice(0, 2000) };
}
