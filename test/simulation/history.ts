import BetterSqlite3 from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { AssociationId, ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import type { Database } from '../../electron/controller/store/database.ts';
import type { ExecutionStatus, Trigger } from '../../electron/domain/execution.ts';

/** One execution as a test reads it. */
export type RecordedExecution = {
  executionId: ExecutionId;
  trigger: Trigger;
  version: number;
  /** When it began, and the scheduled moment it is for; ISO-8601. */
  at: string;
  fireAt: string | null;
  status: ExecutionStatus;
  detail: string;
  /** By the node's name, in the order of dispatch: `Success`, or with what there is more to say `Skipped (NodeOffline)`. */
  nodes: Record<string, string>;
};

type ExecutionRow = Omit<RecordedExecution, 'nodes'> & { number: number };
type TargetRow = { name: string; status: string; detail: string };

const EXECUTIONS = `
  SELECT executionNumber AS number, executionId, "trigger", associationVersion AS version, createdAt AS at, fireAt, status,
    detailedStatus AS detail
  FROM execution WHERE associationId = ? ORDER BY executionNumber`;
const TARGETS = `
  SELECT name, status, detailedStatus AS detail FROM executionTarget JOIN managedNode USING (nodeId)
  WHERE executionNumber = ? ORDER BY targetNumber`;

/** Read past the stores: what is on the disk, whatever the product would make of it. */
export function recordedExecutions({ connection }: Database, associationId: AssociationId): RecordedExecution[] {
  const targets = connection.prepare<[number], TargetRow>(TARGETS);
  return connection
    .prepare<[string], ExecutionRow>(EXECUTIONS)
    .all(associationId)
    .map(({ number, ...execution }) => ({
      ...execution,
      nodes: Object.fromEntries(
        targets.all(number).map(({ name, status, detail }) => [name, detail === status ? status : `${status} (${detail})`]),
      ),
    }));
}

const ITEMS = `
  SELECT itemId AS associationId, status FROM complianceItem WHERE nodeId = ? AND complianceType = 'Association' ORDER BY itemId`;

/** What the node's compliance is made of, as far as associations say it. */
export const complianceItems = ({ connection }: Database, nodeId: NodeId): { associationId: AssociationId; status: string }[] =>
  connection.prepare<[string], { associationId: AssociationId; status: string }>(ITEMS).all(nodeId);

const FOUND = `
  SELECT lastFiredAt IS NOT NULL AS fired,
    (SELECT count(*) FROM execution WHERE execution.associationId = association.associationId) AS executions,
    (SELECT group_concat(name || ' ' || status, ', ') FROM (
      SELECT name, executionTarget.status FROM executionTarget JOIN execution USING (executionNumber) JOIN managedNode USING (nodeId)
      WHERE execution.associationId = association.associationId ORDER BY targetNumber)) AS targets
  FROM association WHERE associationId = ?`;

/** What is committed of an association; `targets` are those of all its executions: `node-1 Success, node-2 Pending`. */
export type Committed = { fired: boolean; executions: number; targets: string };

/** Reads over a connection of its own, so that only what is committed is there. */
export function diskReader({ connection }: Database): (associationId: AssociationId) => Committed {
  const other = new BetterSqlite3(connection.name, { readonly: true });
  onTestFinished(() => void other.close());
  const found = other.prepare<[string], { fired: number; executions: number; targets: string | null }>(FOUND);
  return (associationId) => {
    const row = found.get(associationId);
    return { fired: row?.fired === 1, executions: row?.executions ?? 0, targets: row?.targets ?? '' };
  };
}

const STATUSES = `
  SELECT row_number() OVER (PARTITION BY nodeId ORDER BY executionNumber) || ' ' || nodeId || ' ' || executionTarget.status || ' '
    || executionTarget.detailedStatus || ' of ' || execution.status || ' ' || counts AS line
  FROM executionTarget JOIN execution USING (executionNumber) ORDER BY executionNumber, targetNumber`;

export const targetStatuses = ({ connection }: Database): string[] =>
  connection
    .prepare<[], { line: string }>(STATUSES)
    .all()
    .map(({ line }) => line);

/** Not nodeContact, which keeps up to where a node was heard. */
const WRITTEN = ['association', 'execution', 'executionTarget', 'step', 'complianceItem', 'latestTarget', 'latestTargetCount', 'owedRun'];

export const storedContents = ({ connection }: Database): Record<string, unknown[]> =>
  Object.fromEntries(WRITTEN.map((table) => [table, connection.prepare(`SELECT * FROM ${table}`).all()]));

/** One execution with everything that decides whether it is what it should be. */
export type StoredExecution = {
  associationId: AssociationId;
  version: number;
  trigger: string;
  fireAt: number | null;
  at: number;
  concurrency: number;
  toleratedErrors: number;
  /** `result` is empty while a target is not over. */
  targets: { node: NodeId; result: string; dispatchedAt: number | null; endedAt: number | null }[];
};

const ALL = `
  SELECT executionNumber, associationId, associationVersion AS version, "trigger", fireAt, createdAt, concurrency, toleratedErrors,
    nodeId, executionTarget.status, executionTarget.detailedStatus AS detail, errorCode, dispatchedAt, endedAt
  FROM executionTarget JOIN execution USING (executionNumber) ORDER BY executionNumber, targetNumber`;

type StoredRow = {
  executionNumber: number;
  associationId: AssociationId;
  version: number;
  trigger: string;
  fireAt: string | null;
  createdAt: string;
  concurrency: number;
  toleratedErrors: number;
  nodeId: NodeId;
  status: string;
  detail: string;
  errorCode: string | null;
  dispatchedAt: string | null;
  endedAt: string | null;
};

const momentOf = (text: string | null): number | null => (text === null ? null : Date.parse(text));

function resultOf({ status, detail, errorCode }: StoredRow): string {
  if (['Pending', 'Queued', 'InProgress'].includes(status)) return '';
  return [status, ...(detail === status ? [] : [`(${detail})`]), ...(errorCode === null ? [] : [errorCode])].join(' ');
}

export function storedExecutions({ connection }: Database): StoredExecution[] {
  const executions = new Map<number, StoredExecution>();
  for (const row of connection.prepare<[], StoredRow>(ALL).iterate()) {
    const { executionNumber, associationId, version, trigger, concurrency, toleratedErrors, createdAt, fireAt } = row;
    const facts = { associationId, version, trigger, concurrency, toleratedErrors, at: Date.parse(createdAt), fireAt: momentOf(fireAt) };
    const execution = executions.get(executionNumber) ?? { ...facts, targets: [] };
    executions.set(executionNumber, execution);
    const { nodeId, dispatchedAt, endedAt } = row;
    execution.targets.push({ node: nodeId, result: resultOf(row), dispatchedAt: momentOf(dispatchedAt), endedAt: momentOf(endedAt) });
  }
  return [...executions.values()];
}
