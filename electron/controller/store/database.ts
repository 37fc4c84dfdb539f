import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import BetterSqlite3 from 'better-sqlite3';
import { makeFile, refuseUnusable, setForeignLogAside } from './database-file.ts';
import { keepCopy, migrate, readMigrations, schemaOf } from './migration.ts';
import type { Statements } from './statement.ts';
import { statementsOn } from './statement.ts';
import { fileSystemGuard, sqliteGuard } from './storage-faults.ts';

export type Database = {
  /**
   * Does all of `work` or nothing of it, on disk when it returns. Called inside another, it joins that one: it is on disk when the
   * outer one is, and when it throws, its own part is undone and the outer one decides. `work` must not wait for anything.
   */
  transaction<T>(work: () => T): T;
  close(): void;
  /** For the stores of this folder. */
  readonly statements: Statements;
  readonly connection: BetterSqlite3.Database;
};

export type DatabaseLocation = {
  file: string;
  /** Where a copy is kept before a migration; made when it is needed. */
  backupsFolder: string;
  now: () => Date;
  migrationsFolder?: string;
};

/** Beside this source, and beside the bundle, to which the build copies them. */
const MIGRATIONS_FOLDER = fileURLToPath(new URL('./migrations/', import.meta.url));

const BUSY_TIMEOUT_MS = 5000;
const CACHE_KIB = 32 * 1024;
/** The write-ahead log is cut back to this after a burst. */
const LOG_LIMIT_BYTES = 64 * 1024 * 1024;

/** Throws a Fault, and has changed nothing then, when the file is damaged, is from a newer version, or cannot be written. */
export function openDatabase({ file, backupsFolder, now, migrationsFolder = MIGRATIONS_FOLDER }: DatabaseLocation): Database {
  const guarded = sqliteGuard(file);
  const migrations = readMigrations(migrationsFolder);
  const onDisk = fileSystemGuard(dirname(file));
  const isNew = onDisk(() => makeFile(file));
  if (!isNew) onDisk(() => setForeignLogAside(file));
  if (!isNew) guarded(() => refuseUnusable(file, migrations.length));
  const connection = guarded(() => connect(file));
  try {
    guarded(() => {
      const found = schemaOf(connection);
      if (found > 0 && found < migrations.length) keepCopy(connection, { file, backupsFolder, schema: found, now: now() });
      migrate(connection, migrations);
    });
  } catch (thrown) {
    connection.close();
    throw thrown;
  }
  return {
    // better-sqlite3 makes a savepoint of a nested one, and refuses work that returns a promise.
    transaction: (work) => guarded(() => connection.transaction(work).immediate()),
    close: () => void connection.close(),
    statements: statementsOn(connection, guarded),
    connection,
  };
}

function connect(file: string): BetterSqlite3.Database {
  const connection = new BetterSqlite3(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    connection.pragma('trusted_schema = OFF');
    connection.pragma(`cache_size = -${CACHE_KIB}`);
    connection.pragma(`journal_size_limit = ${LOG_LIMIT_BYTES}`);
    return connection;
  } catch (thrown) {
    connection.close();
    throw thrown;
  }
}
