import * as z from 'zod';
import type { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import { OwedRun } from '../../domain/owed-run.ts';
import { InstantColumn } from './column.ts';
import type { Database } from './database.ts';
import type { Builder, Placeholders, Statements } from './statement.ts';
import { columnsOf } from './statement.ts';

const OwedRow = z.object({ ...OwedRun.shape, since: InstantColumn });
const COLUMNS = OwedRun.keyof().options;

export type OwedRunStore = ReturnType<typeof openOwedRunStore>;

type Pair = { associationId: AssociationId; nodeId: NodeId };

const present = (db: Builder) =>
  db
    .selectFrom('owedRun')
    .innerJoin('association', 'association.associationId', 'owedRun.associationId')
    .where('association.deletedAt', 'is', null)
    .select(COLUMNS.map((column) => `owedRun.${column}` as const))
    .orderBy('owedRun.since')
    .orderBy('owedRun.associationId');

function owedRunCommands(statements: Statements) {
  const put = statements.command((db, p: Placeholders<OwedRun>) =>
    db
      .insertInto('owedRun')
      .values(columnsOf(p, COLUMNS))
      .onConflict((conflict) =>
        conflict.doUpdateSet({
          because: p.because,
          trigger: (eb) =>
            eb
              .case()
              .when(eb.and([eb('excluded.trigger', '=', 'CatchUp'), eb('owedRun.trigger', 'in', ['NodeMatched', 'LongAbsence'])]))
              .then(eb.ref('owedRun.trigger'))
              .else(eb.ref('excluded.trigger'))
              .end(),
        }),
      ),
  );
  const remove = statements.command((db, p: Placeholders<Pair>) =>
    db.deleteFrom('owedRun').where('associationId', '=', p.associationId).where('nodeId', '=', p.nodeId),
  );
  const removeAssociation = statements.command((db, p: Placeholders<Pick<Pair, 'associationId'>>) =>
    db.deleteFrom('owedRun').where('associationId', '=', p.associationId),
  );
  const removeNode = statements.command((db, p: Placeholders<Pick<Pair, 'nodeId'>>) =>
    db.deleteFrom('owedRun').where('nodeId', '=', p.nodeId),
  );
  return { put, remove, removeAssociation, removeNode };
}

/**
 * At most one run is owed per association and node; what is owed again stays owed since the first time. A node that is new to an
 * association, or back after very long, is so still when it also misses a fire.
 */
export function openOwedRunStore({ statements }: Database) {
  const { put, remove, removeAssociation, removeNode } = owedRunCommands(statements);
  const ofNode = statements.query(OwedRow, (db, p: Placeholders<Pick<Pair, 'nodeId'>>) =>
    present(db).where('owedRun.nodeId', '=', p.nodeId),
  );
  const ofAssociation = statements.query(OwedRow, (db, p: Placeholders<Pick<Pair, 'associationId'>>) =>
    present(db).where('owedRun.associationId', '=', p.associationId),
  );
  const waitingForCalendar = statements.query(OwedRow, (db) => present(db).where('owedRun.because', '<>', 'NodeOffline'));
  return {
    put(owed: OwedRun): void {
      put.run(owed);
    },
    remove(associationId: AssociationId, nodeId: NodeId): void {
      remove.run({ associationId, nodeId });
    },
    removeAssociation(associationId: AssociationId): void {
      removeAssociation.run({ associationId });
    },
    removeNode(nodeId: NodeId): void {
      removeNode.run({ nodeId });
    },
    /** The longest owed first, as all of these lists. */
    ofNode: (nodeId: NodeId): OwedRun[] => ofNode.all({ nodeId }),
    ofAssociation: (associationId: AssociationId): OwedRun[] => ofAssociation.all({ associationId }),
    waitingForCalendar: (): OwedRun[] => waitingForCalendar.all(),
  };
}
