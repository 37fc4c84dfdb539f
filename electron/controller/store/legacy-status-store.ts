import * as z from 'zod';
import type { AssociationId } from '../../../agent/protocol/ids.ts';
import { LegacyStatus } from '../../domain/legacy-status.ts';
import { InstantColumn } from './column.ts';
import type { Database } from './database.ts';
import type { Placeholders } from './statement.ts';
import { columnsOf } from './statement.ts';

const StatusRow = z.object({ ...LegacyStatus.shape, date: InstantColumn });

type OfAssociation = { associationId: AssociationId };

export type LegacyStatusStore = ReturnType<typeof openLegacyStatusStore>;

export function openLegacyStatusStore({ statements }: Database) {
  const columns = LegacyStatus.keyof().options;
  const find = statements.query(StatusRow, (db, p: Placeholders<OfAssociation>) =>
    db.selectFrom('legacyStatus').select(columns).where('associationId', '=', p.associationId),
  );
  const put = statements.command((db, p: Placeholders<OfAssociation & LegacyStatus>) =>
    db.replaceInto('legacyStatus').values(columnsOf(p, ['associationId', ...columns])),
  );
  return {
    /** Null while nobody has said anything. */
    find: (associationId: AssociationId): LegacyStatus | null => find.get({ associationId }),
    put(associationId: AssociationId, status: LegacyStatus): void {
      put.run({ associationId, ...status });
    },
  };
}
