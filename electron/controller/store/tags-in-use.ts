import { sql } from 'kysely';
import * as z from 'zod';
import type { Statements } from './statement.ts';

export type TagInUse = { key: string; values: string[]; nodes: number };

const TagRow = z.object({ key: z.string(), value: z.string(), nodes: z.number() });

/** Every key that a node has, with its values in order and on how many nodes it is. */
export function tagsInUse(statements: Statements): () => TagInUse[] {
  const tags = statements.query(TagRow, (db) =>
    db
      .selectFrom('managedNode')
      .innerJoin(sql<{ value: string }>`json_each(${sql.ref('managedNode.tags')})`.as('tag'), (join) => join.onTrue())
      .select([
        sql<string>`${sql.ref('tag.value')} ->> 'key'`.as('key'),
        sql<string>`${sql.ref('tag.value')} ->> 'value'`.as('value'),
        (eb) => eb.fn.countAll<number>().as('nodes'),
      ])
      .where('deregisteredAt', 'is', null)
      .groupBy(['key', 'value'])
      .orderBy('key')
      .orderBy('value'),
  );
  return () => {
    const byKey = new Map<string, TagInUse>();
    for (const { key, value, nodes } of tags.all()) {
      const known = byKey.get(key) ?? { key, values: [], nodes: 0 };
      // A key occurs once on a node, so the nodes of its values are different ones.
      byKey.set(key, { key, values: [...known.values, value], nodes: known.nodes + nodes });
    }
    return [...byKey.values()];
  };
}
