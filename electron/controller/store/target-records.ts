import * as z from 'zod';
import type { AssociationId, ExecutionId } from '../../../agent/protocol/ids.ts';
import { NodeId } from '../../../agent/protocol/ids.ts';
import type { TargetCounts } from '../../domain/execution.ts';
import {
  ExecutionTarget,
  FAILED_TARGETS,
  NO_TARGETS,
  TargetStatus,
  UNFINISHED_EXECUTIONS,
  UNFINISHED_TARGETS,
  WAITING_TARGETS,
} from '../../domain/execution.ts';
import { InstantColumn, TotalRow } from './column.ts';
import type { Builder, Placeholders, Statements } from './statement.ts';
import { columnsOf } from './statement.ts';

export const TargetRow = z.object({
  ...ExecutionTarget.shape,
  dispatchedAt: InstantColumn.nullable(),
  startedAt: InstantColumn.nullable(),
  endedAt: InstantColumn.nullable(),
  stuckAt: InstantColumn.nullable(),
});
const LatestRow = z.object({ ...TargetRow.shape, associationVersion: z.number() });
const NodeRow = z.object({ nodeId: NodeId });
const CountRow = z.object({ status: TargetStatus, targets: z.number() });

/** A node's newest target of an association, and the version that it was for. */
export type LatestTarget = z.output<typeof LatestRow>;

/** What can change of a target. */
const CHANGING = [
  'status',
  'detailedStatus',
  'dispatchedAt',
  'startedAt',
  'endedAt',
  'errorCode',
  'executionSummary',
  'changeCount',
  'driftCount',
  'stuckAt',
] as const;

export const TARGET_COLUMNS = [
  'execution.executionId',
  'execution.associationId',
  'executionTarget.nodeId',
  ...CHANGING.map((column) => `executionTarget.${column}` as const),
] as const;

const targets = (db: Builder) =>
  db.selectFrom('executionTarget').innerJoin('execution', 'execution.executionNumber', 'executionTarget.executionNumber');

type OfExecution = { executionId: ExecutionId };
type OfNode = { nodeId: NodeId };
type OfAssociation = { associationId: AssociationId };

export function targetRecords(statements: Statements) {
  return {
    ...targetCommands(statements),
    ...executionTargets(statements),
    ...runningTargets(statements),
    ...failedTargets(statements),
    ...latestTargets(statements),
  };
}

function targetCommands(statements: Statements) {
  type Inserted = Omit<ExecutionTarget, 'executionId' | 'associationId'> & { executionNumber: number };
  const insert = statements.command((db, p: Placeholders<Inserted>) =>
    db.insertInto('executionTarget').values(columnsOf(p, ['executionNumber', 'nodeId', ...CHANGING])),
  );
  const update = statements.command((db, p: Placeholders<ExecutionTarget>) =>
    db
      .updateTable('executionTarget')
      .set(columnsOf(p, CHANGING))
      .where('nodeId', '=', p.nodeId)
      .where('executionNumber', '=', (eb) =>
        eb.selectFrom('execution').select('execution.executionNumber').where('executionId', '=', p.executionId),
      ),
  );
  return {
    insertTarget(executionNumber: number, target: ExecutionTarget): void {
      insert.run({ ...target, executionNumber });
    },
    updateTarget(target: ExecutionTarget): void {
      update.run(target);
    },
  };
}

function executionTargets(statements: Statements) {
  const target = statements.query(TargetRow, (db, p: Placeholders<OfExecution & OfNode>) =>
    targets(db).select(TARGET_COLUMNS).where('executionId', '=', p.executionId).where('nodeId', '=', p.nodeId),
  );
  const waiting = statements.query(TargetRow, (db, p: Placeholders<OfExecution & { limit: number }>) =>
    targets(db)
      .select(TARGET_COLUMNS)
      .where('executionId', '=', p.executionId)
      .where('executionTarget.status', 'in', WAITING_TARGETS)
      .orderBy('targetNumber')
      .limit(p.limit),
  );
  const startable = statements.query(TargetRow, (db, p: Placeholders<OfExecution & { limit: number }>) =>
    targets(db)
      .select(TARGET_COLUMNS)
      .where('executionId', '=', p.executionId)
      .where('executionTarget.status', 'in', WAITING_TARGETS)
      .where('executionTarget.status', '=', 'Pending')
      .orderBy('targetNumber')
      .limit(p.limit),
  );
  const unfinished = (db: Builder) =>
    targets(db).select(TARGET_COLUMNS).where('executionTarget.status', 'in', UNFINISHED_TARGETS).orderBy('targetNumber');
  const unfinishedOfExecution = statements.query(TargetRow, (db, p: Placeholders<OfExecution>) =>
    unfinished(db).where('executionId', '=', p.executionId),
  );
  const unfinishedOfNode = statements.query(TargetRow, (db, p: Placeholders<OfNode>) => unfinished(db).where('nodeId', '=', p.nodeId));
  const queuedOfNode = statements.query(TargetRow, (db, p: Placeholders<OfAssociation & OfNode>) =>
    unfinished(db)
      .where('nodeId', '=', p.nodeId)
      .where('executionTarget.status', '=', 'Queued')
      .where('associationId', '=', p.associationId),
  );
  return {
    /** Those of the waiting targets that wait for a slot alone, and not for an older run on their node. */
    startableTargets: (executionId: ExecutionId, limit: number): ExecutionTarget[] => startable.all({ executionId, limit }),
    target: (executionId: ExecutionId, nodeId: NodeId): ExecutionTarget | null => target.get({ executionId, nodeId }),
    /** In the order of dispatch, which is the order in which they were inserted. */
    waitingTargets: (executionId: ExecutionId, limit: number): ExecutionTarget[] => waiting.all({ executionId, limit }),
    unfinishedTargets: (executionId: ExecutionId): ExecutionTarget[] => unfinishedOfExecution.all({ executionId }),
    unfinishedTargetsOfNode: (nodeId: NodeId): ExecutionTarget[] => unfinishedOfNode.all({ nodeId }),
    /** Those that wait for another run of the association on the node. */
    queuedTargetsOfNode: (associationId: AssociationId, nodeId: NodeId): ExecutionTarget[] => queuedOfNode.all({ associationId, nodeId }),
  };
}

/** Over all unfinished executions of an association. */
function runningTargets(statements: Statements) {
  const running = statements.query(TotalRow, (db, p: Placeholders<OfAssociation>) =>
    targets(db)
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .where('associationId', '=', p.associationId)
      .where('execution.status', 'in', UNFINISHED_EXECUTIONS)
      .where('executionTarget.status', '=', 'InProgress'),
  );
  const runningNodes = statements.query(NodeRow, (db, p: Placeholders<OfAssociation>) =>
    targets(db)
      .select('executionTarget.nodeId')
      .where('associationId', '=', p.associationId)
      .where('execution.status', 'in', UNFINISHED_EXECUTIONS)
      .where('executionTarget.status', '=', 'InProgress'),
  );
  return {
    runningNodes: (associationId: AssociationId): NodeId[] => runningNodes.all({ associationId }).map(({ nodeId }) => nodeId),
    /** How many targets are in progress. */
    runningOfAssociation: (associationId: AssociationId): number => running.get({ associationId })?.total ?? 0,
  };
}

function failedTargets(statements: Statements) {
  const failedNodes = statements.query(NodeRow, (db, p: Placeholders<OfExecution>) =>
    targets(db)
      .select('executionTarget.nodeId')
      .where('executionId', '=', p.executionId)
      .where('executionTarget.status', 'in', FAILED_TARGETS)
      .orderBy('targetNumber'),
  );
  return {
    /** Those on which it was begun and did not succeed. */
    failedNodes: (executionId: ExecutionId): NodeId[] => failedNodes.all({ executionId }).map(({ nodeId }) => nodeId),
  };
}

function latestTargets(statements: Statements) {
  const latest = (db: Builder) =>
    db
      .selectFrom('latestTarget')
      .innerJoin('executionTarget', (join) =>
        join
          .onRef('executionTarget.nodeId', '=', 'latestTarget.nodeId')
          .onRef('executionTarget.executionNumber', '=', 'latestTarget.executionNumber'),
      )
      .innerJoin('execution', 'execution.executionNumber', 'latestTarget.executionNumber')
      .select([...TARGET_COLUMNS, 'execution.associationVersion']);
  const one = statements.query(LatestRow, (db, p: Placeholders<OfAssociation & OfNode>) =>
    latest(db).where('latestTarget.associationId', '=', p.associationId).where('latestTarget.nodeId', '=', p.nodeId),
  );
  const ofNode = statements.query(LatestRow, (db, p: Placeholders<OfNode>) =>
    latest(db)
      .innerJoin('association', 'association.associationId', 'latestTarget.associationId')
      .where('latestTarget.nodeId', '=', p.nodeId)
      .where('association.deletedAt', 'is', null)
      .orderBy('latestTarget.executionNumber', 'desc'),
  );
  const counts = statements.query(CountRow, (db, p: Placeholders<OfAssociation>) =>
    db.selectFrom('latestTargetCount').select(['status', 'targets']).where('associationId', '=', p.associationId),
  );
  const forget = statements.command((db, p: Placeholders<OfAssociation & OfNode>) =>
    db.deleteFrom('latestTarget').where('associationId', '=', p.associationId).where('nodeId', '=', p.nodeId),
  );
  return {
    /** The node is no target of the association any more; every execution keeps its own. */
    forgetLatestTarget(associationId: AssociationId, nodeId: NodeId): void {
      forget.run({ associationId, nodeId });
    },
    latestTarget: (associationId: AssociationId, nodeId: NodeId): LatestTarget | null => one.get({ associationId, nodeId }),
    /** One for each association that is not deleted, the newest first. */
    latestTargetsOfNode: (nodeId: NodeId): LatestTarget[] => ofNode.all({ nodeId }),
    /** How many nodes' newest targets of the association are in each status. */
    latestCounts(associationId: AssociationId): TargetCounts {
      const found = counts.all({ associationId }).map(({ status, targets }) => [status, targets] as const);
      return { ...NO_TARGETS, ...Object.fromEntries(found) };
    },
  };
}
