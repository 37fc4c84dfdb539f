import * as z from 'zod';
import { SiteId } from '../../../agent/protocol/ids.ts';
import { InstantColumn } from './column.ts';
import type { Database } from './database.ts';
import type { Placeholders } from './statement.ts';
import { columnsOf } from './statement.ts';

const SiteRow = z.object({ siteId: SiteId, siteName: z.string(), createdAt: InstantColumn, confirmAbove: z.number() });
export type Site = z.output<typeof SiteRow>;
type NewSite = Omit<Site, 'confirmAbove'>;

export type SiteStore = ReturnType<typeof openSiteStore>;

/** There is one site in a database, or none before the first start has made it. */
export function openSiteStore({ statements }: Database) {
  const find = statements.query(SiteRow, (db) => db.selectFrom('site').select(SiteRow.keyof().options));
  const insert = statements.command((db, p: Placeholders<NewSite>) =>
    db.insertInto('site').values(columnsOf(p, ['siteId', 'siteName', 'createdAt'])),
  );
  const rename = statements.command((db, p: Placeholders<{ siteName: string }>) => db.updateTable('site').set({ siteName: p.siteName }));
  const setConfirmAbove = statements.command((db, p: Placeholders<{ confirmAbove: number }>) =>
    db.updateTable('site').set({ confirmAbove: p.confirmAbove }),
  );
  return {
    find: (): Site | null => find.get(),
    insert(site: NewSite): void {
      insert.run(site);
    },
    rename(siteName: string): void {
      rename.run({ siteName });
    },
    setConfirmAbove(confirmAbove: number): void {
      setConfirmAbove.run({ confirmAbove });
    },
  };
}
