import * as z from 'zod';
import { OutputDestination } from '../../domain/output-destination.ts';
import { jsonColumn, TotalRow } from './column.ts';
import type { Database } from './database.ts';
import type { Placeholders } from './statement.ts';
import { columnsOf } from './statement.ts';

const DestinationRow = z.object({ name: z.string(), destination: jsonColumn(OutputDestination), secret: z.string().nullable() });
type NewRow = { name: string; destination: OutputDestination; secret: string | null };
const COLUMNS = DestinationRow.keyof().options;

export type OutputDestinationStore = ReturnType<typeof openOutputDestinationStore>;

/** Where output is copied to; `secret` is sealed. */
export function openOutputDestinationStore({ statements }: Database) {
  const find = statements.query(DestinationRow, (db, p: Placeholders<{ name: string }>) =>
    db.selectFrom('outputDestination').select(COLUMNS).where('name', '=', p.name),
  );
  const list = statements.query(DestinationRow, (db) => db.selectFrom('outputDestination').select(COLUMNS).orderBy('name'));
  const count = statements.query(TotalRow, (db) => db.selectFrom('outputDestination').select((eb) => eb.fn.countAll<number>().as('total')));
  const put = statements.command((db, p: Placeholders<NewRow>) => db.replaceInto('outputDestination').values(columnsOf(p, COLUMNS)));
  const remove = statements.command((db, p: Placeholders<{ name: string }>) =>
    db.deleteFrom('outputDestination').where('name', '=', p.name),
  );
  return {
    find: (name: string) => find.get({ name }),
    /** By name. */
    list: (): OutputDestination[] => list.all().map(({ destination }) => destination),
    count: (): number => count.get()?.total ?? 0,
    put(destination: OutputDestination, secret: string | null): void {
      put.run({ name: destination.name, destination, secret });
    },
    /** Whether it was there. */
    delete: (name: string): boolean => remove.run({ name }) > 0,
  };
}
