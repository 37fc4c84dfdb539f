import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStores } from '../../../../electron/controller/store/stores.ts';
import type { FAULT_CODES } from '../../../../electron/domain/faults.ts';
import { runUntilItSays } from './child-program.ts';
import { aNode, nodeId } from './stored-things.ts';
import { openTemporary, temporaryFolder, temporaryStores } from './temporary-database.ts';

const code = (expected: (typeof FAULT_CODES)[number]) => expect.objectContaining({ name: 'Fault', code: expected });

describe('a database', () => {
  test('is readable by its user alone, with everything that SQLite keeps beside it', () => {
    const folder = temporaryFolder();
    openStores(openTemporary(folder)).nodes.insert(aNode(1));
    const modes = readdirSync(folder).map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]);
    expect(Object.fromEntries(modes)).toEqual({ 'holdfast.db': '600', 'holdfast.db-wal': '600', 'holdfast.db-shm': '600' });
  });

  test('is on disk when a change returns, and keeps references whole', () => {
    const { connection } = openTemporary();
    const setting = (name: string) => connection.pragma(name, { simple: true });
    expect([setting('journal_mode'), setting('synchronous'), setting('foreign_keys')]).toEqual(['wal', 2, 1]);
  });

  test('has only tables that are strict about types', () => {
    const { connection } = openTemporary();
    const loose = connection.prepare("SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'");
    expect(loose.all()).toEqual([]);
  });

  test('in a folder that is not there is a fault that names the folder', () => {
    const folder = join(temporaryFolder(), 'missing');
    expect(() => openTemporary(folder)).toThrow(code('E-DATA-FOLDER'));
  });
});

describe('a transaction', () => {
  test('leaves nothing behind when it throws', () => {
    const { database, nodes } = temporaryStores();
    expect(() =>
      database.transaction(() => {
        nodes.insert(aNode(1));
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(nodes.find(nodeId(1))).toBeNull();
  });

  test('inside another is undone with it', () => {
    const { database, nodes } = temporaryStores();
    expect(() =>
      database.transaction(() => {
        database.transaction(() => nodes.insert(aNode(1)));
        expect(nodes.find(nodeId(1))).not.toBeNull();
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(nodes.find(nodeId(1))).toBeNull();
  });

  test('inside another that throws takes back its own part, and the outer one goes on', () => {
    const { database, nodes } = temporaryStores();
    database.transaction(() => {
      nodes.insert(aNode(1));
      expect(() =>
        database.transaction(() => {
          nodes.insert(aNode(2));
          throw new Error('no');
        }),
      ).toThrow('no');
      nodes.insert(aNode(3));
    });
    expect(nodes.members().map((node) => node.nodeId)).toEqual([nodeId(1), nodeId(3)]);
  });

  test('answers what its work answers', () => {
    const { database } = temporaryStores();
    expect(database.transaction(() => database.transaction(() => 7))).toBe(7);
  });

  test('refuses work that waits, because others would slip into it', () => {
    const { database } = temporaryStores();
    expect(() => database.transaction(async () => 1)).toThrow('promise');
  });

  test('on a full disk is a fault, saves no half of itself, and works again when there is room', () => {
    const { database, nodes } = temporaryStores();
    const pages = database.connection.pragma('page_count', { simple: true });
    database.connection.pragma(`max_page_count = ${pages}`);
    const insertMany = () => {
      for (let number = 1; number <= 500; number += 1) nodes.insert(aNode(number));
    };
    expect(() => database.transaction(insertMany)).toThrow(code('E-DISK-FULL'));
    expect(nodes.members()).toEqual([]);
    database.connection.pragma('max_page_count = 1000000');
    database.transaction(insertMany);
    expect(nodes.members()).toHaveLength(500);
  });

  test('is lost as a whole when the process is killed inside it, and what was committed before is not', async () => {
    const folder = temporaryFolder();
    const program = await runUntilItSays('die-in-transaction.ts', [folder], 'inside');
    await program.kill();
    const { nodes } = openStores(openTemporary(folder));
    expect(nodes.members().map((node) => node.nodeId)).toEqual([nodeId(1)]);
  });
});
