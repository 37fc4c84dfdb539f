import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { FlagColumn, InstantColumn, jsonColumn } from '../../../../electron/controller/store/column.ts';
import type { Placeholders } from '../../../../electron/controller/store/statement.ts';
import { minutesOn } from './instants.ts';
import { aNode, aStoredAssociation, associationId, nodeId } from './stored-things.ts';
import { openTemporary, temporaryStores } from './temporary-database.ts';

describe('a statement', () => {
  test('has its constants in its SQL, where SQLite and a reader see them', () => {
    const { database, sites } = temporaryStores();
    const named = database.statements.query(z.object({ siteName: z.string() }), (db) =>
      db.selectFrom('site').select('siteName').where('siteName', '=', "O'Brien ? :x"),
    );
    sites.insert({ siteId: JSON.parse('"00000000-0000-4000-8000-000000000001"'), siteName: "O'Brien ? :x", createdAt: minutesOn(0) });
    expect(named.all()).toEqual([{ siteName: "O'Brien ? :x" }]);
  });

  test('takes the same parameter wherever it is named', () => {
    const { database, nodes } = temporaryStores();
    nodes.insert(aNode(1, { name: 'same', agentVersion: 'same' }));
    nodes.insert(aNode(2, { name: 'same' }));
    const twice = database.statements.query(z.object({ nodeId: z.string() }), (db, p: Placeholders<{ text: string }>) =>
      db.selectFrom('managedNode').select('nodeId').where('name', '=', p.text).where('agentVersion', '=', p.text),
    );
    expect(twice.all({ text: 'same' })).toEqual([{ nodeId: nodeId(1) }]);
  });

  test('gives its parameters in a form that SQLite does not plan by, and so does not compile it anew for each value', () => {
    const { connection, statements } = openTemporary();
    const compiled: string[] = [];
    const prepare = connection.prepare.bind(connection);
    connection.prepare = (sql: string) => {
      compiled.push(sql);
      return prepare(sql);
    };
    statements.query(z.object({ name: z.string() }), (db, p: Placeholders<{ name: string }>) =>
      db.selectFrom('document').select('name').where('name', '=', p.name).orderBy('name', 'desc'),
    );
    expect(compiled).toEqual([expect.stringContaining('"name" = +?')]);
  });

  test('says how many rows it changed', () => {
    const { database, associations } = temporaryStores();
    associations.insert(aStoredAssociation(1));
    associations.insert(aStoredAssociation(2));
    const mark = database.statements.command((db, p: Placeholders<{ isSample: boolean }>) =>
      db.updateTable('association').set({ isSample: p.isSample }),
    );
    expect(mark.run({ isSample: true })).toBe(2);
    expect(associations.find(associationId(2))?.isSample).toBe(true);
  });

  test('does not compile when its columns are not what its rows are parsed as', () => {
    const { statements } = openTemporary();
    // @ts-expect-error the column is not selected
    const missing = statements.query(z.object({ siteName: z.string() }), (db) => db.selectFrom('site').select('siteId'));
    // @ts-expect-error an instant is text in the database, not a number
    const mistaken = statements.query(z.object({ createdAt: z.number() }), (db) => db.selectFrom('site').select('createdAt'));
    const fitting = statements.query(z.object({ createdAt: InstantColumn }), (db) => db.selectFrom('site').select('createdAt'));
    expect([missing, mistaken, fitting].map((query) => query.all())).toEqual([[], [], []]);
  });
});

test('a row that is not what it should be is refused and not passed on', () => {
  const { database, nodes, associations } = temporaryStores();
  nodes.insert(aNode(1));
  associations.insert(aStoredAssociation(1));
  database.connection.exec(`UPDATE managedNode SET tags = '{"key": 1}'; UPDATE association SET createdAt = 'yesterday'`);
  expect(() => nodes.find(nodeId(1))).toThrow(z.ZodError);
  expect(() => associations.find(associationId(1))).toThrow(z.ZodError);
});

describe('columns', () => {
  test('take only what the database keeps for an instant, a flag and a value', () => {
    expect(InstantColumn.parse('2026-03-01T02:00:00.000Z')).toEqual(minutesOn(0));
    expect([FlagColumn.parse(1), FlagColumn.parse(0)]).toEqual([true, false]);
    expect(jsonColumn(z.array(z.number())).parse('[1,2]')).toEqual([1, 2]);
    for (const schema of [InstantColumn, FlagColumn, jsonColumn(z.array(z.number()))]) {
      for (const wrong of ['soon', 2, null, '["x"]']) expect(schema.safeParse(wrong).success).toBe(false);
    }
  });
});
