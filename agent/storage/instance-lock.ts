import type { DatabaseSync } from 'node:sqlite';
import { Failure } from '../protocol/failures.ts';
import type { DataFolder } from './data-folder.ts';
import { isBusy, sqliteFailure } from './sqlite-failure.ts';

export interface InstanceLock {
  release(): void;
}

/** Longer than a look at whether an agent runs takes, so that looking never keeps one from starting. */
const PATIENCE_MILLISECONDS = 300;

/**
 * Lets one process use a data folder. SQLite's exclusive lock is the operating system's, on every platform: it ends with the
 * process, also with one that was killed, and leaves nothing behind that has to be believed or cleaned up.
 */
export async function takeInstanceLock(folder: DataFolder): Promise<InstanceLock> {
  const { DatabaseSync } = await import('node:sqlite');
  let connection: DatabaseSync | null = null;
  try {
    connection = new DatabaseSync(folder.lock, { timeout: PATIENCE_MILLISECONDS });
    connection.exec('BEGIN EXCLUSIVE');
    const held = connection;
    return { release: () => held.close() };
  } catch (error) {
    connection?.close();
    if (isBusy(error)) throw new Failure('E-ALREADY-RUNNING', { folder: folder.path }, { cause: error });
    throw sqliteFailure(error, folder.lock);
  }
}

/** Whether an agent holds the folder at this moment. */
export async function isInstanceRunning(folder: DataFolder): Promise<boolean> {
  const { DatabaseSync } = await import('node:sqlite');
  let connection: DatabaseSync | null = null;
  try {
    connection = new DatabaseSync(folder.lock, { timeout: 0, readOnly: true });
    connection.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch (error) {
    return isBusy(error);
  } finally {
    connection?.close();
  }
}
