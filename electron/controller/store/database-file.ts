import { chmodSync, closeSync, existsSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { Fault } from '../../domain/faults.ts';
import { APPLICATION_ID, schemaOf } from './migration.ts';

/** Reading all of a larger file would hold up the start; damage is then found when its page is read. */
const QUICK_CHECK_LIMIT_BYTES = 32 * 1024 * 1024;

/** Only this user may read it, from its first moment on. Answers whether there is nothing in it yet. */
export function makeFile(file: string): boolean {
  if (!existsSync(file)) closeSync(openSync(file, 'wx', 0o600));
  else chmodSync(file, 0o600);
  return statSync(file).size === 0;
}

/** In a database file's header, the byte that says whether it is written through a log (2) or not (1): sqlite.org/fileformat.html. */
const WRITE_VERSION_AT = 18;

/**
 * A copy that was put in the place of a damaged file has no log of its own, but the damaged file's may still lie beside it, and
 * SQLite would write it into the copy. It is kept, under a name that SQLite does not know. Ours are written through a log from
 * their first page on, so a log beside one that is not must be another's.
 */
export function setForeignLogAside(file: string): void {
  const log = `${file}-wal`;
  if (!existsSync(log) || byteOf(file, WRITE_VERSION_AT) !== 1) return;
  renameSync(log, `${log}.set-aside`);
  rmSync(`${file}-shm`, { force: true });
}

function byteOf(file: string, position: number): number | undefined {
  const descriptor = openSync(file, 'r');
  try {
    const byte = Buffer.alloc(1);
    return readSync(descriptor, byte, 0, 1, position) === 1 ? byte[0] : undefined;
  } finally {
    closeSync(descriptor);
  }
}

/** Looks without the right to write, so that a file that is refused stays as it was, byte for byte. */
export function refuseUnusable(file: string, known: number): void {
  const connection = new BetterSqlite3(file, { readonly: true });
  try {
    const found = schemaOf(connection);
    const refuse = (cause: string): never => {
      throw new Fault('E-DATABASE-CORRUPT', { file, cause });
    };
    const isOurs = connection.pragma('application_id', { simple: true }) === APPLICATION_ID;
    const isEmpty = connection.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
    if (!isOurs && !isEmpty) refuse('it is a database of another program');
    if (found > known) throw new Fault('E-DATABASE-NEWER', { file, found, known });
    if (statSync(file).size > QUICK_CHECK_LIMIT_BYTES) return;
    const verdict = connection.pragma('quick_check(1)', { simple: true });
    if (verdict !== 'ok') refuse(String(verdict));
  } finally {
    connection.close();
  }
}
