import * as z from 'zod';
import type { ActivationId } from '../../../agent/protocol/ids.ts';
import { Activation } from '../../domain/activation.ts';
import { InstantColumn, jsonColumn } from './column.ts';
import type { Database } from './database.ts';
import type { Placeholders } from './statement.ts';
import { columnsOf } from './statement.ts';

const ActivationRow = z.object({
  ...Activation.shape,
  createdAt: InstantColumn,
  expiresAt: InstantColumn,
  tags: jsonColumn(Activation.shape.tags),
});
const StoredActivationRow = z.object({ ...ActivationRow.shape, codeHash: z.string(), deletedAt: InstantColumn.nullable() });

export type StoredActivation = { activation: Activation; codeHash: string; deletedAt: Date | null };

export type ActivationStore = ReturnType<typeof openActivationStore>;

export function openActivationStore({ statements }: Database) {
  const insert = statements.command((db, p: Placeholders<Activation & { codeHash: string }>) =>
    db.insertInto('activation').values(columnsOf(p, [...Activation.keyof().options, 'codeHash'])),
  );
  const find = statements.query(StoredActivationRow, (db, p: Placeholders<{ activationId: ActivationId }>) =>
    db.selectFrom('activation').selectAll().where('activationId', '=', p.activationId),
  );
  const list = statements.query(ActivationRow, (db) =>
    db.selectFrom('activation').selectAll().where('deletedAt', 'is', null).orderBy('createdAt', 'desc').orderBy('activationId'),
  );
  const countRegistration = statements.command((db, p: Placeholders<{ activationId: ActivationId }>) =>
    db
      .updateTable('activation')
      .set((eb) => ({ registrationsCount: eb('registrationsCount', '+', 1) }))
      .where('activationId', '=', p.activationId),
  );
  const remove = statements.command((db, p: Placeholders<{ activationId: ActivationId; at: Date }>) =>
    db.updateTable('activation').set({ deletedAt: p.at }).where('activationId', '=', p.activationId).where('deletedAt', 'is', null),
  );
  return {
    insert(activation: Activation, codeHash: string): void {
      insert.run({ ...activation, codeHash });
    },
    /** A deleted one too: nodes point to it, and a late use of it deserves a true answer. */
    find(activationId: ActivationId): StoredActivation | null {
      const row = find.get({ activationId });
      if (row === null) return null;
      const { codeHash, deletedAt, ...activation } = row;
      return { activation, codeHash, deletedAt };
    },
    countRegistration(activationId: ActivationId): void {
      countRegistration.run({ activationId });
    },
    /** Newest first. */
    list: (): Activation[] => list.all(),
    delete(activationId: ActivationId, at: Date): void {
      remove.run({ activationId, at });
    },
  };
}
