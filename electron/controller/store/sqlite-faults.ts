import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Fault } from '../../domain/faults.ts';

const sqliteCode = (thrown: unknown): string | null => (thrown instanceof BetterSqlite3.SqliteError ? thrown.code : null);
const systemCode = (thrown: unknown): string | null =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null;

/** What a person can do something about becomes a Fault; everything else is a bug and stays what it is. */
export function faultOf(thrown: unknown, file: string): unknown {
  const code = sqliteCode(thrown) ?? systemCode(thrown);
  if (code === null || !(thrown instanceof Error)) return thrown;
  const cause = `${code}: ${thrown.message}`;
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT' || code.startsWith('SQLITE_IOERR')) {
    return new Fault('E-DISK-FULL', { cause }, { cause: thrown });
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return new Fault('E-DATABASE-CORRUPT', { file, cause }, { cause: thrown });
  const isDenied = code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM';
  if (isDenied || thrown instanceof BetterSqlite3.SqliteError === false) {
    return new Fault('E-DATA-FOLDER', { folder: dirname(file), cause }, { cause: thrown });
  }
  return thrown;
}

/** Runs `work` on the database in `file`, with what goes wrong there told as a Fault. */
export function guardedBy(file: string): <T>(work: () => T) => T {
  return (work) => {
    try {
      return work();
    } catch (thrown) {
      throw faultOf(thrown, file);
    }
  };
}
