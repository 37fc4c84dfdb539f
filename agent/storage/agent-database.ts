import { closeSync, constants, openSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Failure } from '../protocol/failures.ts';
import { migrations } from './migrations.ts';
import { sqliteFailure } from './sqlite-failure.ts';

/** The one file in which an agent remembers: journal and outbox together, so that a result and its report are kept or lost as one. */
export class AgentDatabase {
  readonly #file: string;
  readonly #connection: DatabaseSync;

  constructor(file: string, connection: DatabaseSync) {
    this.#file = file;
    this.#connection = connection;
  }

  prepare(sql: string): StatementSync {
    return this.#guarded(() => this.#connection.prepare(sql));
  }

  /** On disk when it returns, also after a power cut; all of it or nothing. */
  transaction<Result>(work: () => Result): Result {
    return this.#guarded(() => {
      this.#connection.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.#connection.exec('COMMIT');
        return result;
      } catch (error) {
        // SQLite has rolled back by itself after some errors, such as a full disk.
        if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
        throw error;
      }
    });
  }

  /**
   * As `transaction`, but survives only the end of the process and not a power cut, and costs no flush of the disk.
   * For what is harmless to forget: it is done or told again.
   */
  relaxed<Result>(work: () => Result): Result {
    this.#guarded(() => this.#connection.exec('PRAGMA synchronous = NORMAL'));
    try {
      return this.transaction(work);
    } finally {
      this.#connection.exec('PRAGMA synchronous = FULL');
    }
  }

  read<Result>(work: () => Result): Result {
    return this.#guarded(work);
  }

  close(): void {
    this.#connection.close();
  }

  #guarded<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw sqliteFailure(error, this.#file);
    }
  }
}

/** Opens or makes the file and brings it up to date. Refuses a damaged one, and one of a newer agent. */
export async function openAgentDatabase(file: string): Promise<AgentDatabase> {
  // Loaded here so that an older Node, which has no such module, gets as far as saying so.
  const { DatabaseSync } = await import('node:sqlite');
  createPrivately(file);
  let connection: DatabaseSync | null = null;
  try {
    connection = new DatabaseSync(file, { timeout: 5000 });
    connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    refuseDamage(connection);
    migrate(connection, file);
    return new AgentDatabase(file, connection);
  } catch (error) {
    connection?.close();
    throw sqliteFailure(error, file);
  }
}

/** SQLite gives its side files the rights of the main one. */
function createPrivately(file: string): void {
  try {
    closeSync(openSync(file, constants.O_CREAT | constants.O_RDWR | (constants.O_NOFOLLOW ?? 0), 0o600));
  } catch (error) {
    throw new Failure('E-AGENT-DATABASE', { file, cause: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}

function refuseDamage(connection: DatabaseSync): void {
  const answer = Object.values(connection.prepare('PRAGMA quick_check(1)').get() ?? {})[0];
  if (answer !== 'ok') throw Object.assign(new Error(String(answer)), { errcode: 11 });
}

function migrate(connection: DatabaseSync, file: string): void {
  const version = Number(Object.values(connection.prepare('PRAGMA user_version').get() ?? {})[0]);
  if (version > migrations.length) {
    throw new Failure('E-AGENT-DATABASE', { file, cause: 'it is from a newer version of the agent' });
  }
  for (const [position, sql] of migrations.entries()) {
    if (position < version) continue;
    connection.exec(`BEGIN IMMEDIATE; ${sql}; PRAGMA user_version = ${position + 1}; COMMIT;`);
  }
}
