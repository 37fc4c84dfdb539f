import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../protocol/failures.ts';
import { ExecutionId } from '../protocol/ids.ts';
import type { StreamRef } from '../protocol/messages.ts';
import type { Report } from '../protocol/reports.ts';
import { type AgentDatabase, openAgentDatabase } from './agent-database.ts';
import type { DataFolder } from './data-folder.ts';
import { Journal } from './journal.ts';
import { Outbox } from './outbox.ts';
import { OutputSpool } from './output-spool.ts';

/** Beyond its expiry, so that a clock which is set back does not let an order run again. */
const REMEMBERED_DAYS = 7;
/** Beyond the expiry of its order: a controller that has not fetched output by then does not want it. */
const OUTPUT_KEPT_DAYS = 30;

/** Everything that an agent keeps on disk, and the one rule that needs all of it: when output may go. */
export class AgentStore {
  readonly journal: Journal;
  readonly outbox: Outbox;
  readonly spool: OutputSpool;
  readonly #database: AgentDatabase;
  readonly #work: string;
  readonly #going = new Set<Promise<void>>();
  /** Where actions keep what they remember from one run to the next. */
  readonly stateFolder: string;

  constructor(folder: DataFolder, database: AgentDatabase) {
    this.#database = database;
    this.#work = folder.work;
    this.stateFolder = folder.state;
    this.journal = new Journal(database);
    this.outbox = new Outbox(database);
    this.spool = new OutputSpool({ folder: folder.output, database });
  }

  transaction<Result>(work: () => Result): Result {
    return this.#database.transaction(work);
  }

  relaxed<Result>(work: () => Result): Result {
    return this.#database.relaxed(work);
  }

  /** Remembers what happened and queues it for the controller; belongs into a transaction of the caller. */
  record(report: Report): void {
    switch (report.kind) {
      case 'execution-started':
        this.journal.setRunning(report.executionId);
        break;
      case 'step-started':
        this.journal.startStep(report);
        break;
      case 'step-finished':
        this.journal.finishStep(report);
        break;
      case 'execution-finished':
      case 'execution-refused':
        this.journal.finish(report);
        break;
    }
    this.outbox.append(report);
  }

  /**
   * Says again what is known of an occurrence, for a controller that asks for it a second time. What waits in the outbox is told
   * anyway; what is not there has been stored once, perhaps by a controller that was set back to an older copy since. Belongs into
   * a transaction of the caller.
   */
  repeatReports(executionId: ExecutionId): void {
    if (this.outbox.hasReportsOf(executionId)) return;
    const steps = this.journal.steps(executionId);
    const last = this.journal.lastReport(executionId);
    const started: Report[] = steps[0] === undefined ? [] : [{ kind: 'execution-started', executionId, at: steps[0].startedAt }];
    const told = steps.map(({ finished, startedAt, stepIndex, attempt }): Report => {
      return finished ?? { kind: 'step-started', executionId, stepIndex, attempt, at: startedAt };
    });
    for (const report of [...started, ...told, ...(last === null ? [] : [last])]) this.outbox.append(report);
  }

  /** The controller has stored every report up to here. */
  reportsStored(sequence: number): void {
    this.#ifThereIsRoom(() => {
      for (const executionId of this.outbox.forgetUpTo(sequence)) this.#releaseOutput(executionId);
    });
  }

  /** The controller has stored a stream up to here. */
  outputStored(ref: StreamRef, storedTo: number): void {
    const stream = this.spool.find(ref);
    if (stream === null) return;
    this.#ifThereIsRoom(() => {
      this.spool.credit(stream, storedTo);
      if (stream.isComplete && stream.storedTo >= stream.size) this.#releaseOutput(ref.executionId);
    });
  }

  /** Where the scripts and downloads of one occurrence are. */
  workFolder(executionId: ExecutionId): string {
    return join(this.#work, ExecutionId.parse(executionId));
  }

  /** Its name is free at once; what is in it goes in the background, however much a step has put there. */
  removeWorkFolder(executionId: ExecutionId): void {
    const folder = this.workFolder(executionId);
    if (existsSync(folder)) this.#discard(folder);
  }

  /** Resolves when the work folders of the past are gone. */
  async workRemoved(): Promise<void> {
    await Promise.all(this.#going);
  }

  /** What is left of occurrences that are over: of those that were cancelled, or that an agent was killed in. */
  #tidyWork(): void {
    const unfinished = new Set<string>(this.journal.unfinished().map(({ executionId }) => executionId));
    for (const name of readdirSync(this.#work)) if (!unfinished.has(name)) this.#discard(join(this.#work, name));
  }

  #discard(folder: string): void {
    const waste = join(this.#work, `waste-${randomUUID()}`);
    try {
      renameSync(folder, waste);
    } catch {
      // The disk refuses, or something of the step holds it: the next start of the agent tries again.
      return;
    }
    const going = rm(waste, { recursive: true, force: true })
      .catch(() => undefined)
      .finally(() => this.#going.delete(going));
    this.#going.add(going);
  }

  /** Lets go of occurrences whose order cannot come again, and of output that belongs to none. */
  tidy(now: Date): void {
    this.#tidyWork();
    const hasExpired = daysBefore(now, REMEMBERED_DAYS);
    const isGivenUp = new Set(this.journal.expired(daysBefore(now, OUTPUT_KEPT_DAYS)));
    for (const executionId of this.journal.expired(hasExpired)) {
      if (isGivenUp.has(executionId) || this.spool.isSettled(executionId)) this.relaxed(() => this.journal.forget(executionId));
    }
    for (const executionId of this.spool.executions()) {
      if (this.journal.find(executionId) === null) this.spool.remove(executionId);
      else this.#releaseOutput(executionId);
    }
  }

  close(): void {
    this.#database.close();
  }

  /** A full disk refuses even to forget; what is not forgotten now is sent again one day, and then it is. */
  #ifThereIsRoom(forget: () => void): void {
    try {
      forget();
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'E-DISK') throw error;
    }
  }

  /** Output goes when nothing of the execution waits to be told: it is over, its reports are stored, and so is all it printed. */
  #releaseOutput(executionId: ExecutionId): void {
    const isOver = this.journal.find(executionId)?.state === 'finished';
    if (isOver && !this.outbox.hasReportsOf(executionId) && this.spool.isSettled(executionId)) this.spool.remove(executionId);
  }
}

export async function openAgentStore(folder: DataFolder): Promise<AgentStore> {
  return new AgentStore(folder, await openAgentDatabase(folder.database));
}

function daysBefore(moment: Date, days: number): Date {
  return new Date(moment.getTime() - days * 24 * 60 * 60 * 1000);
}
