import * as z from 'zod';
import type { ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import type { FromController, RefreshAnswer } from '../../agent/protocol/messages.ts';
import type { Report, SequencedReport } from '../../agent/protocol/reports.ts';
import { RunOrder } from '../../agent/protocol/run-order.ts';
import type { DocumentStatus, StepResult } from '../../agent/protocol/status.ts';

const { nodeId, executionId, associationId, associationVersion, documentName, documentVersion, parameters } = RunOrder.shape;

/** As much of an order as is looked at here: real agents check all of it, and their own tests show that. */
const Order = z.object({ nodeId, executionId, associationId, associationVersion, documentName, documentVersion, parameters });
export type Order = z.infer<typeof Order>;

/** How a run ends on a node, and how long it takes until then. */
export type Outcome = { status: DocumentStatus; seconds: number };

/** What a run comes to: asked once, when the run begins. */
export type Script = (order: Order) => Outcome;

/** What an agent needs of the world around it. */
export type AgentWorld = {
  now(): Date;
  /** Calls `act` after so many seconds of the simulated clock. */
  after(seconds: number, act: () => void): void;
  /** The outbox has something that may be sent as soon as there is a connection. */
  hasMail(agent: SimulatedAgent): void;
  script: Script;
  /** Without them a run makes two reports in place of four. */
  reportsSteps: boolean;
};

type Run = { order: Order; startedAt: Date | null; ended: { status: DocumentStatus; at: Date } | null };

const NOTHING_PRINTED = { bytes: 0, droppedBytes: 0, head: '' };

const RESULTS: Record<DocumentStatus, StepResult> = {
  Success: { status: 'Success', exitCode: 0 },
  Failed: { status: 'Failed', exitCode: 1, reason: 'The script ended with exit code 1.' },
  TimedOut: { status: 'TimedOut', afterSeconds: 60, exitCode: null },
  Cancelled: { status: 'Cancelled', reason: 'The run was cancelled.' },
};

/**
 * An agent as the controller can know it: one run at a time in the order of arrival, each occurrence once however often it is
 * ordered, and reports that are kept until they are stored. It runs on also while it has no connection.
 */
export class SimulatedAgent {
  readonly nodeId: NodeId;
  /** Every order that began to run, in that order. */
  readonly ran: Order[] = [];
  /** What the controller answered to its refreshes. */
  readonly refreshed: RefreshAnswer[] = [];
  isConnected = false;
  readonly #world: AgentWorld;
  readonly #journal = new Map<ExecutionId, Run>();
  readonly #queue: Run[] = [];
  #current: Run | null = null;
  #outbox: SequencedReport[] = [];
  #sequence = 0;

  constructor(nodeId: NodeId, world: AgentWorld) {
    this.nodeId = nodeId;
    this.#world = world;
  }

  /** Whether something runs at this moment. */
  get isBusy(): boolean {
    return this.#current !== null;
  }

  get outboxDepth(): number {
    return this.#outbox.length;
  }

  /** The reports that are not known to be stored, in the order of their numbers. */
  get unstored(): readonly SequencedReport[] {
    return this.#outbox;
  }

  receive(message: FromController): void {
    switch (message.type) {
      case 'run':
        this.#accept(Order.parse(JSON.parse(message.order)));
        return;
      case 'cancel':
        this.#cancel(message.executionId);
        return;
      case 'stored':
        this.storedTo(message.sequence);
        return;
      case 'refreshed':
        this.refreshed.push(message.answer);
        return;
      case 'welcome':
      case 'credit':
      case 'renewed':
        return;
    }
  }

  storedTo(sequence: number): void {
    if (this.#outbox[0] !== undefined && this.#outbox[0].sequence <= sequence) {
      this.#outbox = this.#outbox.filter((report) => report.sequence > sequence);
    }
  }

  #accept(order: Order): void {
    const known = this.#journal.get(order.executionId);
    if (known !== undefined) {
      this.#repeat(known);
      return;
    }
    const run: Run = { order, startedAt: null, ended: null };
    this.#journal.set(order.executionId, run);
    this.#queue.push(run);
    this.#takeNext();
  }

  #takeNext(): void {
    if (this.#current !== null) return;
    const run = this.#queue.shift();
    if (run === undefined) return;
    this.#current = run;
    this.ran.push(run.order);
    run.startedAt = this.#world.now();
    const { status, seconds } = this.#world.script(run.order);
    this.#tell(this.#reportsOfStart(run));
    this.#world.after(seconds, () => this.#end(run, status));
  }

  #end(run: Run, status: DocumentStatus): void {
    if (run.ended !== null) return;
    run.ended = { status, at: this.#world.now() };
    this.#tell(this.#reportsOfEnd(run));
    if (this.#current !== run) return;
    this.#current = null;
    this.#takeNext();
  }

  #cancel(executionId: ExecutionId): void {
    const run = this.#journal.get(executionId);
    if (run === undefined) return;
    const waiting = this.#queue.indexOf(run);
    if (waiting >= 0) this.#queue.splice(waiting, 1);
    if (run.ended === null) this.#end(run, 'Cancelled');
    else this.#repeat(run);
  }

  #repeat(run: Run): void {
    if (run.startedAt !== null) this.#tell(this.#reportsOfStart(run));
    if (run.ended !== null) this.#tell(this.#reportsOfEnd(run));
  }

  #reportsOfStart({ order: { executionId }, startedAt }: Run): Report[] {
    if (startedAt === null) return [];
    const at = startedAt.toISOString();
    const started: Report = { kind: 'execution-started', executionId, at };
    return this.#world.reportsSteps ? [started, { kind: 'step-started', executionId, stepIndex: 0, attempt: 1, at }] : [started];
  }

  #reportsOfEnd({ order: { executionId }, startedAt, ended }: Run): Report[] {
    if (ended === null) return [];
    const at = ended.at.toISOString();
    const finished: Report = { kind: 'execution-finished', executionId, at, status: ended.status };
    if (startedAt === null || !this.#world.reportsSteps) return [finished];
    const step = { executionId, stepIndex: 0, attempt: 1, startedAt: startedAt.toISOString(), at };
    const output = { stdout: NOTHING_PRINTED, stderr: NOTHING_PRINTED };
    return [{ kind: 'step-finished', ...step, result: RESULTS[ended.status], ...output }, finished];
  }

  #tell(reports: readonly Report[]): void {
    for (const report of reports) this.#outbox.push({ sequence: ++this.#sequence, report });
    this.#world.hasMail(this);
  }
}
