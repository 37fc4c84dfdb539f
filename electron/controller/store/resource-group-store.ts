import * as z from 'zod';
import type { TagFilter } from '../../domain/resource-group.ts';
import { ResourceGroup } from '../../domain/resource-group.ts';
import { InstantColumn, jsonColumn, TotalRow } from './column.ts';
import type { Database } from './database.ts';
import type { Placeholders } from './statement.ts';
import { columnsOf } from './statement.ts';

const GroupRow = z.object({
  ...ResourceGroup.shape,
  tagFilters: jsonColumn(ResourceGroup.shape.tagFilters),
  createdAt: InstantColumn,
  lastUpdatedAt: InstantColumn,
});

const COLUMNS = ResourceGroup.keyof().options;

type Name = { name: string };
type Change = Name & { description: string; tagFilters: TagFilter[]; lastUpdatedAt: Date };

export type ResourceGroupStore = ReturnType<typeof openResourceGroupStore>;

/** Saved tag queries. Who is in a group is not stored: it is what the nodes' tags say when it is asked. */
export function openResourceGroupStore({ statements }: Database) {
  const insert = statements.command((db, p: Placeholders<ResourceGroup>) => db.insertInto('resourceGroup').values(columnsOf(p, COLUMNS)));
  const update = statements.command((db, p: Placeholders<Change>) =>
    db
      .updateTable('resourceGroup')
      .set(columnsOf(p, ['description', 'tagFilters', 'lastUpdatedAt']))
      .where('name', '=', p.name),
  );
  const remove = statements.command((db, p: Placeholders<Name>) => db.deleteFrom('resourceGroup').where('name', '=', p.name));
  const find = statements.query(GroupRow, (db, p: Placeholders<Name>) =>
    db.selectFrom('resourceGroup').select(COLUMNS).where('name', '=', p.name),
  );
  const list = statements.query(GroupRow, (db) => db.selectFrom('resourceGroup').select(COLUMNS).orderBy('name'));
  const count = statements.query(TotalRow, (db) => db.selectFrom('resourceGroup').select((eb) => eb.fn.countAll<number>().as('total')));
  return {
    insert(group: ResourceGroup): void {
      insert.run(group);
    },
    /** A group keeps its name: associations target it by that. */
    update({ name, description, tagFilters, lastUpdatedAt }: Change): void {
      update.run({ name, description, tagFilters, lastUpdatedAt });
    },
    delete(name: string): void {
      remove.run({ name });
    },
    find: (name: string): ResourceGroup | null => find.get({ name }),
    list: (): ResourceGroup[] => list.all(),
    count: (): number => count.get()?.total ?? 0,
  };
}
