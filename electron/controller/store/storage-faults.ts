import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Fault } from '../../domain/faults.ts';

/** What SQLite throws on the database in `file`, as a Fault where a person can do something about it; else as it is. */
function faultOfSqlite(thrown: unknown, file: string): unknown {
  if (!(thrown instanceof BetterSqlite3.SqliteError)) return thrown;
  const { code } = thrown;
  const cause = `${code}: ${thrown.message}`;
  if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR')) return new Fault('E-DISK-FULL', { cause }, { cause: thrown });
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new Fault('E-DATABASE-CORRUPT', { file, cause }, { cause: thrown });
  }
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM') {
    return new Fault('E-DATA-FOLDER', { folder: dirname(file), cause }, { cause: thrown });
  }
  return thrown;
}

/** What the file system refused below `folder`, as a Fault; anything that is not from the file system as it is. */
export function faultOfFileSystem(thrown: unknown, folder: string): unknown {
  if (!(thrown instanceof Error) || !('syscall' in thrown) || !('code' in thrown)) return thrown;
  if (thrown.code === 'ENOSPC' || thrown.code === 'EDQUOT') return new Fault('E-DISK-FULL', { cause: thrown.message }, { cause: thrown });
  return new Fault('E-DATA-FOLDER', { folder, cause: thrown.message }, { cause: thrown });
}

/** Runs work and translates what is thrown. */
export type Guard = <T>(work: () => T) => T;

const guard =
  (translated: (thrown: unknown) => unknown): Guard =>
  (work) => {
    try {
      return work();
    } catch (thrown) {
      throw translated(thrown);
    }
  };

export const sqliteGuard = (file: string): Guard => guard((thrown) => faultOfSqlite(thrown, file));
export const fileSystemGuard = (folder: string): Guard => guard((thrown) => faultOfFileSystem(thrown, folder));
