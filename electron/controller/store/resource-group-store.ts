import * as z from 'zod';
import type { TagFilter } from '../../domain/resource-group.ts';
import { ResourceGroup } from '../../domain/resource-group.ts';
import { InstantColumn, jsonColumn, TotalRow } from './column.ts';
import type { Database } from './database.ts';
import type { Builder, Placeholders } from './statement.ts';
import { columnsOf } from './statement.ts';

const GroupRow = z.object({
  ...ResourceGroup.shape,
  tagFilters: jsonColumn(ResourceGroup.shape.tagFilters),
  createdAt: InstantColumn,
  lastUpdatedAt: InstantColumn,
});

const COLUMNS = ResourceGroup.keyof().options;

type Name = { name: string };
type Page = { search: string; offset: number; limit: number };
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
  const matching = (db: Builder, { search }: Placeholders<{ search: string }>) =>
    db
      .selectFrom('resourceGroup')
      .where((eb) =>
        eb.or(
          (['name', 'description'] as const).map((column) =>
            eb(eb.fn<number>('instr', [eb.fn<string>('lower', [column]), search]), '>', 0),
          ),
        ),
      );
  const page = statements.query(GroupRow, (db, p: Placeholders<Page>) =>
    matching(db, p)
      .select(COLUMNS)
      .orderBy('name', (by) => by.collate('nocase'))
      .orderBy('name')
      .limit(p.limit)
      .offset(p.offset),
  );
  const found = statements.query(TotalRow, (db, p: Placeholders<{ search: string }>) =>
    matching(db, p).select((eb) => eb.fn.countAll<number>().as('total')),
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
    /** Those whose name or description contains the text, by name. */
    page({ search, ...part }: Page): { rows: ResourceGroup[]; total: number } {
      const lower = search.toLowerCase();
      return { rows: page.all({ search: lower, ...part }), total: found.get({ search: lower })?.total ?? 0 };
    },
    count: (): number => count.get()?.total ?? 0,
  };
}
