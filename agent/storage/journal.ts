import type { StatementSync } from 'node:sqlite';
import * as z from 'zod';
import { ExecutionId } from '../protocol/ids.ts';
import { Report } from '../protocol/reports.ts';
import type { AgentDatabase } from './agent-database.ts';

const OccurrenceState = z.enum(['queued', 'running', 'parked', 'finished']);
export type OccurrenceState = z.infer<typeof OccurrenceState>;

/** What is known of one occurrence. It is written before the first step runs, so that the occurrence never runs a second time. */
const JournaledOccurrence = z
  .object({
    execution_id: ExecutionId,
    state: OccurrenceState,
    resumes: z.number(),
    boot_id: z.string().nullable(),
  })
  .transform((row) => ({ executionId: row.execution_id, state: row.state, resumes: row.resumes, bootId: row.boot_id }));
export type JournaledOccurrence = z.infer<typeof JournaledOccurrence>;

const JsonReport = z.string().transform((text) => Report.parse(JSON.parse(text)));

const JournaledStep = z
  .object({
    step_index: z.number(),
    attempt: z.number(),
    started_at: z.string(),
    pid: z.number().nullable(),
    pid_start: z.string().nullable(),
    finished: JsonReport.nullable(),
  })
  .transform((row) => ({
    stepIndex: row.step_index,
    attempt: row.attempt,
    startedAt: row.started_at,
    process: row.pid === null || row.pid_start === null ? null : { pid: row.pid, startedAs: row.pid_start },
    finished: row.finished?.kind === 'step-finished' ? row.finished : null,
  }));
export type JournaledStep = z.infer<typeof JournaledStep>;

const AnswerRow = z.object({ answer: JsonReport.nullable() });
const OrderRow = z.object({ order_text: z.string().nullable() });
const IdRow = z.object({ execution_id: ExecutionId });

export type StepFinished = Extract<Report, { kind: 'step-finished' }>;
export type LastReport = Extract<Report, { kind: 'execution-finished' | 'execution-refused' }>;

export interface NewOccurrence {
  readonly executionId: ExecutionId;
  readonly state: Exclude<OccurrenceState, 'parked'>;
  readonly orderText: string | null;
  readonly expiresAt: Date;
}

export interface StartedStep {
  readonly executionId: ExecutionId;
  readonly stepIndex: number;
  readonly attempt: number;
  readonly at: string;
}

const OCCURRENCE = 'SELECT execution_id, state, resumes, boot_id FROM occurrence';

/** What ran and what runs on this node. Everything that writes belongs into a transaction of the caller. */
export class Journal {
  readonly #database: AgentDatabase;
  readonly #add: StatementSync;
  readonly #setState: StatementSync;
  readonly #startStep: StatementSync;
  readonly #finishStep: StatementSync;
  readonly #finish: StatementSync;

  constructor(database: AgentDatabase) {
    this.#database = database;
    this.#add = database.prepare(
      `INSERT INTO occurrence (execution_id, arrival, state, order_text, expires_at)
       VALUES (?, (SELECT coalesce(max(arrival), 0) + 1 FROM occurrence), ?, ?, ?)`,
    );
    this.#setState = database.prepare('UPDATE occurrence SET state = ?, boot_id = ? WHERE execution_id = ?');
    this.#startStep = database.prepare('REPLACE INTO step (execution_id, step_index, attempt, started_at) VALUES (?, ?, ?, ?)');
    this.#finishStep = database.prepare(
      `INSERT INTO step (execution_id, step_index, attempt, started_at, finished) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET attempt = excluded.attempt, started_at = excluded.started_at, finished = excluded.finished, pid = NULL`,
    );
    this.#finish = database.prepare(`UPDATE occurrence SET state = 'finished', order_text = NULL, answer = ? WHERE execution_id = ?`);
  }

  find(executionId: ExecutionId): JournaledOccurrence | null {
    const row = this.#database.read(() => this.#database.prepare(`${OCCURRENCE} WHERE execution_id = ?`).get(executionId));
    return row === undefined ? null : JournaledOccurrence.parse(row);
  }

  /** Everything that is not finished, in order of arrival. */
  unfinished(): JournaledOccurrence[] {
    const rows = this.#database.read(() => this.#database.prepare(`${OCCURRENCE} WHERE state <> 'finished' ORDER BY arrival`).all());
    return rows.map((row) => JournaledOccurrence.parse(row));
  }

  steps(executionId: ExecutionId): JournaledStep[] {
    const sql = 'SELECT step_index, attempt, started_at, pid, pid_start, finished FROM step WHERE execution_id = ? ORDER BY step_index';
    const rows = this.#database.read(() => this.#database.prepare(sql).all(executionId));
    return rows.map((row) => JournaledStep.parse(row));
  }

  /** The order of an unfinished occurrence. Read when it is needed: there can be many, and each can be large. */
  orderText(executionId: ExecutionId): string | null {
    const row = this.#database.read(() =>
      this.#database.prepare('SELECT order_text FROM occurrence WHERE execution_id = ?').get(executionId),
    );
    return row === undefined ? null : OrderRow.parse(row).order_text;
  }

  /** How a finished occurrence was reported; null for any other. */
  lastReport(executionId: ExecutionId): Report | null {
    const row = this.#database.read(() => this.#database.prepare('SELECT answer FROM occurrence WHERE execution_id = ?').get(executionId));
    return row === undefined ? null : AnswerRow.parse(row).answer;
  }

  add({ executionId, state, orderText, expiresAt }: NewOccurrence): void {
    this.#add.run(executionId, state, orderText, expiresAt.toISOString());
  }

  setRunning(executionId: ExecutionId): void {
    this.#setState.run('running', null, executionId);
  }

  /** Set aside until the machine has started again: `bootId` is of the boot that it waits to see the end of. */
  park(executionId: ExecutionId, bootId: string): void {
    this.#setState.run('parked', bootId, executionId);
  }

  countResume(executionId: ExecutionId): void {
    this.#database.prepare('UPDATE occurrence SET resumes = resumes + 1 WHERE execution_id = ?').run(executionId);
  }

  startStep({ executionId, stepIndex, attempt, at }: StartedStep): void {
    this.#startStep.run(executionId, stepIndex, attempt, at);
  }

  recordProcess({ executionId, stepIndex }: StartedStep, { pid, startedAs }: { pid: number; startedAs: string }): void {
    const sql = 'UPDATE step SET pid = ?, pid_start = ? WHERE execution_id = ? AND step_index = ?';
    this.#database.prepare(sql).run(pid, startedAs, executionId, stepIndex);
  }

  finishStep(report: StepFinished): void {
    this.#finishStep.run(report.executionId, report.stepIndex, report.attempt, report.startedAt, JSON.stringify(report));
  }

  finish(report: LastReport): void {
    this.#finish.run(JSON.stringify(report), report.executionId);
  }

  /** Finished occurrences whose order has expired by `moment`, and of which no report waits. */
  expired(moment: Date): ExecutionId[] {
    const sql = `SELECT execution_id FROM occurrence WHERE state = 'finished' AND expires_at < ?
                 AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.execution_id = occurrence.execution_id)`;
    const rows = this.#database.read(() => this.#database.prepare(sql).all(moment.toISOString()));
    return rows.map((row) => IdRow.parse(row).execution_id);
  }

  forget(executionId: ExecutionId): void {
    this.#database.prepare('DELETE FROM occurrence WHERE execution_id = ?').run(executionId);
  }
}
