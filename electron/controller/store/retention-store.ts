import * as z from 'zod';
import type { ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import { DroppedOutput, RetentionSettings } from '../../domain/output-retention.ts';
import { InstantColumn } from './column.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';
import type { Placeholders } from './statement.ts';
import { columnsOf } from './statement.ts';

const SettingsRow = z.object(RetentionSettings.shape);
const DroppedRow = z.object({ ...DroppedOutput.shape, at: InstantColumn });

/** Stands for all nodes of an execution. */
const ALL_NODES = '';

type Row = Schema['droppedOutput'];

export type RetentionStore = ReturnType<typeof openRetentionStore>;

/** How much the site keeps, and what of it was let go. */
export function openRetentionStore({ statements }: Database) {
  const settings = statements.query(SettingsRow, (db) => db.selectFrom('site').select(SettingsRow.keyof().options));
  const setSettings = statements.command((db, p: Placeholders<RetentionSettings>) =>
    db.updateTable('site').set(columnsOf(p, SettingsRow.keyof().options)),
  );
  const put = statements.command((db, p: Placeholders<Row>) =>
    db.replaceInto('droppedOutput').values(columnsOf(p, ['executionId', 'nodeId', 'at', 'because', 'bytes'])),
  );
  const find = statements.query(DroppedRow, (db, p: Placeholders<{ executionId: ExecutionId; nodeId: NodeId }>) =>
    db
      .selectFrom('droppedOutput')
      .select(DroppedRow.keyof().options)
      .where('executionId', '=', p.executionId)
      .where((eb) => eb.or([eb('nodeId', '=', ALL_NODES), eb('nodeId', '=', p.nodeId)]))
      .orderBy('at', 'desc')
      .limit(1),
  );
  return {
    settings(): RetentionSettings {
      const found = settings.get();
      if (found === null) throw new Error('The controller runs without a site.');
      return found;
    },
    setSettings(changed: RetentionSettings): void {
      setSettings.run(changed);
    },
    /** `nodeId` is null where the output of all nodes of the execution was dropped. */
    putDropped(executionId: ExecutionId, nodeId: NodeId | null, dropped: DroppedOutput): void {
      put.run({ executionId, nodeId: nodeId ?? ALL_NODES, ...dropped });
    },
    /** Null while the output of this node of the execution is kept. */
    dropped: (executionId: ExecutionId, nodeId: NodeId): DroppedOutput | null => find.get({ executionId, nodeId }),
  };
}
