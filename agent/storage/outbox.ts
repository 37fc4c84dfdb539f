import type { StatementSync } from 'node:sqlite';
import * as z from 'zod';
import { ExecutionId } from '../protocol/ids.ts';
import type { Report } from '../protocol/reports.ts';
import type { AgentDatabase } from './agent-database.ts';

/** A report as it waits: its JSON was made from a Report here and is sent as it is, so that it is not taken apart again. */
export interface WaitingReport {
  readonly sequence: number;
  readonly json: string;
}

export interface BatchLimits {
  readonly reports: number;
  readonly bytes: number;
}

const Row = z.object({ sequence: z.number(), report: z.string() });
const Count = z.object({ count: z.number() });
const OwnerRow = z.object({ execution_id: ExecutionId });

/** What this node has to tell and the controller has not stored yet. `append` belongs into a transaction of the caller. */
export class Outbox {
  readonly #database: AgentDatabase;
  readonly #insert: StatementSync;
  readonly #batch: StatementSync;
  readonly #last: StatementSync;
  readonly #hasOf: StatementSync;
  readonly #emptied = new Set<() => void>();

  constructor(database: AgentDatabase) {
    this.#database = database;
    this.#insert = database.prepare('INSERT INTO outbox (execution_id, report) VALUES (?, ?)');
    this.#batch = database.prepare('SELECT sequence, report FROM outbox WHERE sequence > ? ORDER BY sequence LIMIT ?');
    this.#last = database.prepare(`SELECT coalesce(max(seq), 0) AS count FROM sqlite_sequence WHERE name = 'outbox'`);
    this.#hasOf = database.prepare('SELECT count(*) AS count FROM (SELECT 1 FROM outbox WHERE execution_id = ? LIMIT 1)');
  }

  append(report: Report): number {
    return Number(this.#insert.run(report.executionId, JSON.stringify(report)).lastInsertRowid);
  }

  /** The next reports after `sequence`, oldest first: as many as fit, and one in any case. */
  batchAfter(sequence: number, limits: BatchLimits): WaitingReport[] {
    const rows = this.#database.read(() => this.#batch.all(sequence, limits.reports));
    const batch: WaitingReport[] = [];
    let bytes = 0;
    for (const row of rows) {
      const { sequence: number, report } = Row.parse(row);
      bytes += Buffer.byteLength(report);
      if (batch.length > 0 && bytes > limits.bytes) break;
      batch.push({ sequence: number, json: report });
    }
    return batch;
  }

  /** Highest number ever given out; 0 before the first report. */
  lastSequence(): number {
    return this.#database.read(() => Count.parse(this.#last.get()).count);
  }

  depth(): number {
    return this.#database.read(() => Count.parse(this.#database.prepare('SELECT count(*) AS count FROM outbox').get()).count);
  }

  hasReportsOf(executionId: ExecutionId): boolean {
    return this.#database.read(() => Count.parse(this.#hasOf.get(executionId)).count > 0);
  }

  /** Resolves once the controller has stored everything, or `signal` ends the waiting. */
  emptied(signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.depth() === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        this.#emptied.delete(end);
        signal.removeEventListener('abort', end);
        resolve();
      };
      this.#emptied.add(end);
      signal.addEventListener('abort', end, { once: true });
    });
  }

  /** Lets go of what the controller has stored; returns the executions concerned. Harmless to lose: it would be sent again. */
  forgetUpTo(sequence: number): ExecutionId[] {
    const forgotten = this.#database.relaxed(() => {
      const owners = this.#database.prepare('SELECT DISTINCT execution_id FROM outbox WHERE sequence <= ?').all(sequence);
      this.#database.prepare('DELETE FROM outbox WHERE sequence <= ?').run(sequence);
      return owners.map((row) => OwnerRow.parse(row).execution_id);
    });
    if (this.#emptied.size > 0 && this.depth() === 0) for (const end of [...this.#emptied]) end();
    return forgotten;
  }

  /**
   * The controller has stored higher numbers of this node than this database ever gave: it was lost or set back. What waits is
   * numbered again from there, or the controller would take it for known.
   */
  continueAfter(sequence: number): void {
    this.#database.transaction(() => {
      const waiting = this.#database.prepare('SELECT execution_id, report FROM outbox ORDER BY sequence').all();
      this.#database.prepare('DELETE FROM outbox').run();
      this.#database.prepare(`DELETE FROM sqlite_sequence WHERE name = 'outbox'`).run();
      this.#database.prepare(`INSERT INTO sqlite_sequence (name, seq) VALUES ('outbox', ?)`).run(sequence);
      for (const row of waiting) this.#insert.run(row.execution_id ?? null, row.report ?? null);
    });
  }
}
