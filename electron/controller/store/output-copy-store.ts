import * as z from 'zod';
import type { ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import { OutputCopy } from '../../domain/output-copy.ts';
import { InstantColumn } from './column.ts';
import type { Database } from './database.ts';
import type { Placeholders } from './statement.ts';
import { columnsOf } from './statement.ts';

const CopyRow = z.object({ ...OutputCopy.shape, dueAt: InstantColumn.nullable(), enqueuedAt: InstantColumn });
const COLUMNS = CopyRow.keyof().options;

type OfTarget = { executionId: ExecutionId; nodeId: NodeId };

export type OutputCopyStore = ReturnType<typeof openOutputCopyStore>;

/** What is to be copied, and how it went; survives the controller. */
export function openOutputCopyStore({ statements }: Database) {
  const find = statements.query(CopyRow, (db, p: Placeholders<OfTarget>) =>
    db.selectFrom('outputCopy').select(COLUMNS).where('executionId', '=', p.executionId).where('nodeId', '=', p.nodeId),
  );
  const due = statements.query(CopyRow, (db, p: Placeholders<{ now: Date; limit: number }>) =>
    db.selectFrom('outputCopy').select(COLUMNS).where('status', '=', 'Waiting').where('dueAt', '<=', p.now).orderBy('dueAt').limit(p.limit),
  );
  const put = statements.command((db, p: Placeholders<OutputCopy>) => db.replaceInto('outputCopy').values(columnsOf(p, COLUMNS)));
  return {
    find: (executionId: ExecutionId, nodeId: NodeId): OutputCopy | null => find.get({ executionId, nodeId }),
    /** Those whose time has come, the longest waiting first. */
    due: (now: Date, limit: number): OutputCopy[] => due.all({ now, limit }),
    put(copy: OutputCopy): void {
      put.run(copy);
    },
  };
}
