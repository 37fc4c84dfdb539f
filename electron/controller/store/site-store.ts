import * as z from 'zod';
import { SiteId } from '../../../agent/protocol/ids.ts';
import { InstantColumn } from './column.ts';
import type { Database } from './database.ts';
import type { Placeholders } from './statement.ts';
import { columnsOf } from './statement.ts';

const SiteRow = z.object({ siteId: SiteId, siteName: z.string(), createdAt: InstantColumn });
export type Site = z.output<typeof SiteRow>;

export type SiteStore = ReturnType<typeof openSiteStore>;

/** There is one site in a database, or none before the first start has made it. */
export function openSiteStore({ statements }: Database) {
  const find = statements.query(SiteRow, (db) => db.selectFrom('site').selectAll());
  const insert = statements.command((db, p: Placeholders<Site>) => db.insertInto('site').values(columnsOf(p, SiteRow.keyof().options)));
  const rename = statements.command((db, p: Placeholders<{ siteName: string }>) => db.updateTable('site').set({ siteName: p.siteName }));
  return {
    find: (): Site | null => find.get(),
    insert(site: Site): void {
      insert.run(site);
    },
    rename(siteName: string): void {
      rename.run({ siteName });
    },
  };
}
