import * as z from 'zod';
import type { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import { TargetStatus } from '../../domain/execution.ts';
import { InstantColumn } from './column.ts';
import type { Builder, Placeholders, Statements } from './statement.ts';

const StatusRow = z.object({ status: TargetStatus });
const EndRow = z.object({ endedAt: InstantColumn.nullable() });

type OfNode = { nodeId: NodeId };

/** What is asked of a node's history beyond the newest target of each association. Looks back from the newest until it is found. */
export function nodeHistory(statements: Statements) {
  const backwards = (db: Builder, p: Placeholders<OfNode>) =>
    db.selectFrom('executionTarget').where('nodeId', '=', p.nodeId).orderBy('executionTarget.executionNumber', 'desc').limit(1);
  const applied = statements.query(StatusRow, (db, p: Placeholders<OfNode & { associationId: AssociationId }>) =>
    backwards(db, p)
      .innerJoin('execution', 'execution.executionNumber', 'executionTarget.executionNumber')
      .select('executionTarget.status')
      .where('associationId', '=', p.associationId)
      .where('executionTarget.status', '<>', 'Skipped'),
  );
  const success = statements.query(EndRow, (db, p: Placeholders<OfNode>) =>
    backwards(db, p).select('executionTarget.endedAt').where('executionTarget.status', '=', 'Success'),
  );
  return {
    /** Of the node's newest target of the association that was not skipped; null when there is none. */
    appliedStatus: (associationId: AssociationId, nodeId: NodeId): TargetStatus | null =>
      applied.get({ associationId, nodeId })?.status ?? null,
    lastSuccessAt: (nodeId: NodeId): Date | null => success.get({ nodeId })?.endedAt ?? null,
  };
}
