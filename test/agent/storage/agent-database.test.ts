import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openAgentDatabase } from '../../../agent/storage/agent-database.ts';
import { anAgentFolder } from '../../builders/agent-folder.ts';

const damaged = expect.objectContaining({ code: 'E-AGENT-DATABASE' });

describe('the agent’s database', () => {
  test('is readable by its user only, with its side files', async () => {
    const { database: file } = anAgentFolder();
    const database = await openAgentDatabase(file);
    for (const path of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(path).mode & 0o777).toBe(0o600);
    database.close();
  });

  test('keeps what was there when it is opened again', async () => {
    const { database: file } = anAgentFolder();
    const first = await openAgentDatabase(file);
    first.transaction(() => first.prepare(`INSERT INTO outbox (execution_id, report) VALUES ('a', 'b')`).run());
    first.close();
    const second = await openAgentDatabase(file);
    expect(second.prepare('SELECT count(*) AS count FROM outbox').get()).toEqual({ count: 1 });
    second.close();
  });

  test('keeps nothing of a transaction that fails', async () => {
    const database = await openAgentDatabase(anAgentFolder().database);
    const failing = () => {
      database.prepare(`INSERT INTO outbox (execution_id, report) VALUES ('a', 'b')`).run();
      throw new Error('on purpose');
    };
    expect(() => database.transaction(failing)).toThrow('on purpose');
    expect(() => database.relaxed(failing)).toThrow('on purpose');
    expect(database.prepare('SELECT count(*) AS count FROM outbox').get()).toEqual({ count: 0 });
    database.close();
  });

  test('flushes the disk again after something that need not be flushed', async () => {
    const database = await openAgentDatabase(anAgentFolder().database);
    database.relaxed(() => database.prepare(`INSERT INTO outbox (execution_id, report) VALUES ('a', 'b')`).run());
    const FULL = 2;
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: FULL });
    database.close();
  });

  test('is refused when it is no database', async () => {
    const { database: file } = anAgentFolder();
    writeFileSync(file, 'this is a text, and a rather long one, so that it is not taken for an empty file');
    await expect(openAgentDatabase(file)).rejects.toEqual(damaged);
  });

  test('is refused when its middle is damaged, and left as it is', async () => {
    const { database: file } = anAgentFolder();
    const database = await openAgentDatabase(file);
    database.transaction(() => {
      for (let row = 0; row < 500; row += 1)
        database.prepare(`INSERT INTO outbox (execution_id, report) VALUES (?, ?)`).run(`${row}`, 'x'.repeat(100));
    });
    database.close();
    const bytes = readFileSync(file);
    bytes.fill(0xff, 8192, bytes.length - 4096);
    writeFileSync(file, bytes);
    await expect(openAgentDatabase(file)).rejects.toEqual(damaged);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test('is refused when it was cut off', async () => {
    const { database: file } = anAgentFolder();
    (await openAgentDatabase(file)).close();
    truncateSync(file, 5000);
    await expect(openAgentDatabase(file)).rejects.toEqual(damaged);
  });

  test('is refused when it is from a newer agent', async () => {
    const { database: file } = anAgentFolder();
    (await openAgentDatabase(file)).close();
    const direct = new DatabaseSync(file);
    direct.exec('PRAGMA user_version = 999');
    direct.close();
    await expect(openAgentDatabase(file)).rejects.toEqual(damaged);
  });

  test('says that the disk is full, and goes on when there is room again', async () => {
    const database = await openAgentDatabase(anAgentFolder().database);
    const insert = () => database.prepare(`INSERT INTO outbox (execution_id, report) VALUES ('a', ?)`).run('x'.repeat(100_000));
    database.prepare('PRAGMA max_page_count = 20').get();
    expect(() => database.transaction(insert)).toThrow(expect.objectContaining({ code: 'E-DISK' }));
    database.prepare('PRAGMA max_page_count = 1000').get();
    database.transaction(insert);
    expect(database.prepare('SELECT count(*) AS count FROM outbox').get()).toEqual({ count: 1 });
    database.close();
  });
});
