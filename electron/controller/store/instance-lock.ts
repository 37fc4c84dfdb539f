import { closeSync, existsSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { fileSystemGuard, sqliteGuard } from './storage-faults.ts';

export type InstanceLock = { release(): void };

/**
 * The right to be the only controller of a data folder; null when another process has it. It is a lock of the operating system on
 * a file of its own, so it ends with the process however that ends. The file says nothing and is never deleted: on POSIX, opening
 * and closing it anywhere in this process would let the lock go.
 */
export function takeInstanceLock(file: string): InstanceLock | null {
  fileSystemGuard(dirname(file))(() => {
    if (!existsSync(file)) closeSync(openSync(file, 'wx', 0o600));
  });
  const connection = sqliteGuard(file)(() => new BetterSqlite3(file, { timeout: 0 }));
  if (!isLocked(connection, file)) {
    connection.close();
    return null;
  }
  const release = (): void => {
    process.off('exit', release);
    connection.close();
  };
  // Also keeps the connection from being collected, which would let the lock go, when the caller forgets it.
  process.once('exit', release);
  return { release };
}

function isLocked(connection: BetterSqlite3.Database, file: string): boolean {
  try {
    connection.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (thrown) {
    if (thrown instanceof BetterSqlite3.SqliteError && thrown.code.startsWith('SQLITE_BUSY')) return false;
    connection.close();
    return sqliteGuard(file)(() => {
      throw thrown;
    });
  }
}
