import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import * as z from 'zod';
import { fileSystemGuard } from './storage-faults.ts';

/** Marks the file as Holdfast's (“Hold” in ASCII): a database of another program is never migrated. */
export const APPLICATION_ID = 0x486f6c64;

export type Migration = { number: number; name: string; sql: string };

/** `NNNN-what.sql`, numbered from 1 without a gap. They only go forward, and one that was released never changes. */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => /^\d{4}-.+\.sql$/.test(name))
    .sort();
  return names.map((name, position) => {
    const number = Number.parseInt(name, 10);
    if (number !== position + 1) throw new Error(`Migration ${name} should have number ${position + 1}`);
    return { number, name, sql: readFileSync(join(folder, name), 'utf8') };
  });
}

/** The number of the last migration that the database has had. */
export const schemaOf = (connection: BetterSqlite3.Database): number =>
  z.number().parse(connection.pragma('user_version', { simple: true }));

/** Each migration in a transaction with its number: what stops in the middle of one leaves the schema before it. */
export function migrate(connection: BetterSqlite3.Database, migrations: readonly Migration[]): void {
  const apply = connection.transaction(({ number, sql }: Migration) => {
    if (schemaOf(connection) >= number) return;
    connection.exec(sql);
    connection.pragma(`application_id = ${APPLICATION_ID}`);
    connection.pragma(`user_version = ${number}`);
  });
  for (const migration of migrations) apply.immediate(migration);
}

type CopyRequest = { file: string; backupsFolder: string; schema: number; now: Date };

/** A whole copy of what is committed, named by schema and time; it has its name only when it is complete. */
export function keepCopy(connection: BetterSqlite3.Database, { file, backupsFolder, schema, now }: CopyRequest): void {
  const time = now.toISOString().replace(/[:.]/g, '-');
  const copy = join(backupsFolder, `${basename(file, '.db')}-schema-${schema}-${time}.db`);
  const unfinished = `${copy}.unfinished`;
  const onDisk = fileSystemGuard(backupsFolder);
  onDisk(() => {
    mkdirSync(backupsFolder, { recursive: true, mode: 0o700 });
    rmSync(unfinished, { force: true });
    // SQLite fills an empty file; made here, it is readable by this user alone from the start.
    closeSync(openSync(unfinished, 'wx', 0o600));
  });
  try {
    connection.prepare('VACUUM INTO ?').run(unfinished);
  } catch (thrown) {
    rmSync(unfinished, { force: true });
    throw thrown;
  }
  onDisk(() => renameSync(unfinished, copy));
}
