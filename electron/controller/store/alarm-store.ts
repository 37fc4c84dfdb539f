import type * as z from 'zod';
import { Alarm } from '../../domain/alarm.ts';
import { InstantColumn, TotalRow } from './column.ts';
import type { Database } from './database.ts';
import type { Placeholders } from './statement.ts';
import { columnsOf } from './statement.ts';

const AlarmRow = Alarm.extend({ changedAt: InstantColumn });
type Name = Pick<z.infer<typeof Alarm>, 'name'>;

export type AlarmStore = ReturnType<typeof openAlarmStore>;

export function openAlarmStore({ statements }: Database) {
  const columns = AlarmRow.keyof().options;
  const find = statements.query(AlarmRow, (db, p: Placeholders<Name>) => db.selectFrom('alarm').select(columns).where('name', '=', p.name));
  const list = statements.query(AlarmRow, (db) => db.selectFrom('alarm').select(columns).orderBy('name'));
  const count = statements.query(TotalRow, (db) => db.selectFrom('alarm').select((eb) => eb.fn.countAll<number>().as('total')));
  const put = statements.command((db, p: Placeholders<Alarm>) => db.replaceInto('alarm').values(columnsOf(p, columns)));
  const remove = statements.command((db, p: Placeholders<Name>) => db.deleteFrom('alarm').where('name', '=', p.name));
  return {
    /** Null when nobody has ever reported an alarm of that name. */
    find: (name: string): Alarm | null => find.get({ name }),
    /** By name. */
    list: (): Alarm[] => list.all(),
    count: (): number => count.get()?.total ?? 0,
    put(alarm: Alarm): void {
      put.run(alarm);
    },
    /** Whether it was there. */
    delete: (name: string): boolean => remove.run({ name }) > 0,
  };
}
