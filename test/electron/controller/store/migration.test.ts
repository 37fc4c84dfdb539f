import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openStores } from '../../../../electron/controller/store/stores.ts';
import type { FAULT_CODES } from '../../../../electron/domain/faults.ts';
import { projectPath } from '../../../project-root.ts';
import { runUntilItSays } from './child-program.ts';
import { aNode, insertNodes, nodeId } from './stored-things.ts';
import { openTemporary, temporaryFolder } from './temporary-database.ts';

const migrations = projectPath('electron/controller/store/migrations');
const numbered = readdirSync(migrations).filter((name) => name.endsWith('.sql'));
const next = `${String(numbered.length + 1).padStart(4, '0')}-next.sql`;

/** The real migrations and one more, as a later version would have it. */
function laterMigrations(sql: string): string {
  const folder = temporaryFolder();
  cpSync(migrations, folder, { recursive: true });
  writeFileSync(join(folder, next), sql);
  return folder;
}

const fileOf = (folder: string) => join(folder, 'holdfast.db');
const schemaOf = (file: string) => {
  const connection = new BetterSqlite3(file, { readonly: true });
  try {
    return connection.pragma('user_version', { simple: true });
  } finally {
    connection.close();
  }
};

/** A folder with a database of this version that has one node in it. */
function usedDatabase(): string {
  const folder = temporaryFolder();
  const database = openTemporary(folder);
  openStores(database).nodes.insert(aNode(1, { agentVersion: 'copied' }));
  database.close();
  return folder;
}

const code = (expected: (typeof FAULT_CODES)[number]) => expect.objectContaining({ name: 'Fault', code: expected });

/** What was refused must be there for whoever mends it, byte for byte. */
function expectRefused(folder: string, fault: ReturnType<typeof code>): void {
  const before = readFileSync(fileOf(folder));
  expect(() => openTemporary(folder)).toThrow(fault);
  expect(readFileSync(fileOf(folder)).equals(before)).toBe(true);
  expect(existsSync(join(folder, 'backups'))).toBe(false);
}

describe('opening a database', () => {
  test('that is new gives it every migration, and keeps no copy of nothing', () => {
    const folder = temporaryFolder();
    openTemporary(folder).close();
    expect(schemaOf(fileOf(folder))).toBe(numbered.length);
    expect(existsSync(join(folder, 'backups'))).toBe(false);
  });

  test('of this version changes nothing and keeps no copy', () => {
    const folder = usedDatabase();
    const { nodes } = openStores(openTemporary(folder));
    expect(nodes.find(nodeId(1))?.name).toBe('lab-1');
    expect(existsSync(join(folder, 'backups'))).toBe(false);
  });

  test('of an older version migrates what is in it', () => {
    const folder = usedDatabase();
    const database = openTemporary(folder, laterMigrations('CREATE TABLE later (name TEXT NOT NULL) STRICT;'));
    expect(openStores(database).nodes.find(nodeId(1))?.name).toBe('lab-1');
    expect(database.connection.prepare('SELECT count(*) AS rows FROM later').get()).toEqual({ rows: 0 });
    expect(database.connection.pragma('user_version', { simple: true })).toBe(numbered.length + 1);
  });

  test('of an older version keeps a copy that opens as what it was, for this user alone', () => {
    const folder = usedDatabase();
    openTemporary(folder, laterMigrations('CREATE TABLE later (name TEXT NOT NULL) STRICT;'));
    const backups = join(folder, 'backups');
    const copies = readdirSync(backups);
    expect(copies).toEqual([`holdfast-schema-${numbered.length}-2026-03-01T02-00-00-000Z.db`]);
    const copy = join(backups, copies[0] ?? '');
    expect([statSync(backups).mode & 0o777, statSync(copy).mode & 0o777]).toEqual([0o700, 0o600]);
    expect(schemaOf(copy)).toBe(numbered.length);

    const restored = temporaryFolder();
    cpSync(copy, fileOf(restored));
    expect(openStores(openTemporary(restored)).nodes.find(nodeId(1))?.name).toBe('lab-1');
  });

  test('that is a copy in the place of a database that ended badly does not take over what that one had left', async () => {
    const folder = usedDatabase();
    openTemporary(folder, laterMigrations('CREATE TABLE later (name TEXT NOT NULL) STRICT;')).close();
    const copy = join(folder, 'backups', readdirSync(join(folder, 'backups'))[0] ?? '');
    const restored = temporaryFolder();
    await (await runUntilItSays('die-in-transaction.ts', [restored], 'inside')).kill();
    expect(existsSync(`${fileOf(restored)}-wal`)).toBe(true);
    cpSync(copy, fileOf(restored));
    const database = openTemporary(restored);
    expect(database.connection.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(openStores(database).nodes.find(nodeId(1))?.agentVersion).toBe('copied');
    expect(existsSync(`${fileOf(restored)}-wal.set-aside`)).toBe(true);
  });

  test('that was not closed takes over its own log', async () => {
    const folder = temporaryFolder();
    await (await runUntilItSays('die-in-transaction.ts', [folder], 'inside')).kill();
    expect(openStores(openTemporary(folder)).nodes.members()).toHaveLength(1);
    expect(existsSync(`${fileOf(folder)}-wal.set-aside`)).toBe(false);
  });

  test('whose migration fails leaves the schema before it and all that was stored', () => {
    const folder = usedDatabase();
    const broken = laterMigrations('CREATE TABLE later (name TEXT) STRICT; INSERT INTO nowhere VALUES (1);');
    expect(() => openTemporary(folder, broken)).toThrow('nowhere');
    expect(schemaOf(fileOf(folder))).toBe(numbered.length);
    const database = openTemporary(folder);
    expect(database.connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'later'").get()).toBeUndefined();
    expect(openStores(database).nodes.find(nodeId(1))?.name).toBe('lab-1');
  });

  test('whose copy cannot be kept does not migrate', () => {
    const folder = usedDatabase();
    writeFileSync(join(folder, 'backups'), 'a file where the folder should be');
    expect(() => openTemporary(folder, laterMigrations('CREATE TABLE later (name TEXT) STRICT;'))).toThrow(code('E-DATA-FOLDER'));
    expect(schemaOf(fileOf(folder))).toBe(numbered.length);
  });

  test('of a newer version is refused and leaves it as it was', () => {
    const folder = usedDatabase();
    openTemporary(folder, laterMigrations('CREATE TABLE later (name TEXT NOT NULL) STRICT;')).close();
    const bytes = readFileSync(fileOf(folder));
    expect(() => openTemporary(folder)).toThrow(code('E-DATABASE-NEWER'));
    expect(readFileSync(fileOf(folder)).equals(bytes)).toBe(true);
  });

  test('that is not a database at all is refused and leaves it as it was', () => {
    const folder = temporaryFolder();
    writeFileSync(fileOf(folder), 'Dear diary, '.repeat(1000));
    expectRefused(folder, code('E-DATABASE-CORRUPT'));
  });

  test('that lost its end is refused and leaves it as it was', () => {
    const folder = usedDatabase();
    truncateSync(fileOf(folder), 4096 * 3 + 17);
    expectRefused(folder, code('E-DATABASE-CORRUPT'));
  });

  test('with a damaged page in the middle is refused and leaves it as it was', () => {
    const folder = temporaryFolder();
    const database = openTemporary(folder);
    insertNodes(openStores(database), 200);
    database.close();
    const file = openSync(fileOf(folder), 'r+');
    writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, Math.floor(statSync(fileOf(folder)).size / 4096 - 5) * 4096);
    closeSync(file);
    expectRefused(folder, code('E-DATABASE-CORRUPT'));
  });

  test('of another program is refused and leaves it as it was', () => {
    const folder = temporaryFolder();
    const other = new BetterSqlite3(fileOf(folder));
    other.exec('CREATE TABLE bookmarks (url TEXT)');
    other.close();
    expectRefused(folder, code('E-DATABASE-CORRUPT'));
  });
});

test('a missing migration number is noticed before anything is opened', () => {
  const folder = temporaryFolder();
  const gap = join(folder, 'migrations');
  mkdirSync(gap);
  writeFileSync(join(gap, '0002-second.sql'), 'SELECT 1;');
  expect(() => openTemporary(folder, gap)).toThrow('0002-second.sql should have number 1');
  expect(existsSync(fileOf(folder))).toBe(false);
});
