import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { ComplianceFinding, ComplianceItem, ComplianceType } from '../../domain/compliance.ts';
import type { ChangeReason, ComplianceResource, ExecutionSummary, ItemChange } from '../../domain/compliance-change.ts';
import { countsDiffer, isVisible, resourceAfter } from '../../domain/compliance-change.ts';
import { severityRank } from '../../domain/compliance-summary.ts';
import type { OfItem, OfType } from './compliance-rows.ts';
import { CHANGE_COLUMNS, ITEM_COLUMNS, RESOURCE_COLUMNS, ResourceRow } from './compliance-rows.ts';
import type { Schema } from './schema.ts';
import type { Placeholders, Statements } from './statement.ts';
import { columnsOf } from './statement.ts';

export type StoredMove = { before: ComplianceItem | null; after: ComplianceFinding | null };

/** What happened to items of one type on one node. */
export type ComplianceUpdate = {
  nodeId: NodeId;
  complianceType: ComplianceType;
  moves: readonly StoredMove[];
  because: ChangeReason;
  at: Date;
  /** The run behind it, for the history. */
  executionId: string | null;
  /** The type's new execution summary; null to keep the one it has. */
  summary: ExecutionSummary | null;
  contentHash: string | null;
};

const NO_RUN = { executionId: null, executionType: null };

type ItemColumns = Omit<ComplianceItem, 'capturedAt'> & { severityRank: number };
type ResourceColumns = ComplianceResource & { severityRank: number };

/** Writes items, what they come to on their node, and what of it people see change. Call inside a transaction. */
export function complianceWriting(statements: Statements) {
  const writeItem = itemWriter(statements);
  const { writeResource, capture } = resourceWriter(statements);
  const logChange = changeLog(statements);
  return {
    apply(update: ComplianceUpdate): void {
      for (const move of update.moves) {
        writeItem(update, move);
        logChange(update, move);
      }
      writeResource(update);
    },
    /** The items are as they were, and were looked at again. */
    capture: (of: OfType, summary: ExecutionSummary): void => void capture.run({ ...of, ...summary }),
  };
}

function itemWriter(statements: Statements) {
  const { put, confirm, remove } = itemCommands(statements);
  return ({ nodeId, complianceType, because, at }: ComplianceUpdate, { before, after }: StoredMove): void => {
    if (after === null) {
      if (before !== null) remove.run({ nodeId, complianceType, itemId: before.itemId });
      return;
    }
    const since = before?.status === after.status ? before.since : at;
    // An edited label says nothing about the node.
    const confirmedAt = because === 'AssociationEdited' && before !== null ? before.confirmedAt : at;
    const item = { ...after, since, confirmedAt, severityRank: severityRank(after.severity) };
    // What no index has changes far more often, and is written without touching one.
    if (before !== null && before.status === after.status && before.severity === after.severity) confirm.run(item);
    else put.run(item);
  };
}

function resourceWriter(statements: Statements) {
  const { find, put, recount, capture, confirm, remove } = resourceCommands(statements);
  const transition = transitionLog(statements);
  function writeResource({ nodeId, complianceType, at, moves, contentHash, ...update }: ComplianceUpdate): void {
    if (update.summary !== null && !moves.some(countsDiffer)) {
      confirm.run({ nodeId, complianceType, contentHash, ...update.summary });
      return;
    }
    const known = find.get({ nodeId, complianceType });
    const { executionTime, executionId, executionType } = update.summary ?? known ?? { ...NO_RUN, executionTime: at };
    const summary = { executionTime, executionId, executionType };
    const after = resourceAfter(known, { nodeId, complianceType, moves, at, summary, contentHash });
    if (after === null) remove.run({ nodeId, complianceType });
    else if (known?.status === after.status && known.overallSeverity === after.overallSeverity) recount.run(after);
    else put.run({ ...after, severityRank: severityRank(after.overallSeverity) });
    if (known?.status === after?.status) return;
    const [status, overallSeverity] = [after?.status ?? null, after?.overallSeverity ?? null];
    transition.run({ nodeId, complianceType, at, status, overallSeverity, lastRuntime: after?.executionTime ?? null });
  }
  return { writeResource, capture };
}

const faceOf = (item: ComplianceFinding | null) =>
  item === null ? null : { status: item.status, severity: item.severity, title: item.title };

function itemCommands(statements: Statements) {
  return {
    put: statements.command((db, p: Placeholders<ItemColumns>) =>
      db
        .insertInto('complianceItem')
        .values(columnsOf(p, [...ITEM_COLUMNS, 'severityRank']))
        .onConflict((conflict) => conflict.doUpdateSet(columnsOf(p, [...ITEM_COLUMNS, 'severityRank']))),
    ),
    confirm: statements.command((db, p: Placeholders<ItemColumns>) =>
      db
        .updateTable('complianceItem')
        .set(columnsOf(p, ['title', 'details', 'executionId', 'executionType', 'confirmedAt']))
        .where('nodeId', '=', p.nodeId)
        .where('complianceType', '=', p.complianceType)
        .where('itemId', '=', p.itemId),
    ),
    remove: statements.command((db, p: Placeholders<OfItem>) =>
      db
        .deleteFrom('complianceItem')
        .where('nodeId', '=', p.nodeId)
        .where('complianceType', '=', p.complianceType)
        .where('itemId', '=', p.itemId),
    ),
  };
}

function resourceCommands(statements: Statements) {
  return {
    find: statements.query(ResourceRow, (db, p: Placeholders<OfType>) =>
      db
        .selectFrom('complianceResource')
        .select(RESOURCE_COLUMNS)
        .where('nodeId', '=', p.nodeId)
        .where('complianceType', '=', p.complianceType),
    ),
    put: statements.command((db, p: Placeholders<ResourceColumns>) =>
      db
        .insertInto('complianceResource')
        .values(columnsOf(p, [...RESOURCE_COLUMNS, 'severityRank']))
        .onConflict((conflict) => conflict.doUpdateSet(columnsOf(p, [...RESOURCE_COLUMNS, 'severityRank']))),
    ),
    recount: statements.command((db, p: Placeholders<ComplianceResource>) =>
      db
        .updateTable('complianceResource')
        .set(columnsOf(p, ['counts', 'executionTime', 'executionId', 'executionType', 'contentHash', 'bytes']))
        .where('nodeId', '=', p.nodeId)
        .where('complianceType', '=', p.complianceType),
    ),
    /** The items were found as they were. */
    confirm: statements.command((db, p: Placeholders<OfType & ExecutionSummary & Pick<ComplianceResource, 'contentHash'>>) =>
      db
        .updateTable('complianceResource')
        .set(columnsOf(p, ['executionTime', 'executionId', 'executionType', 'contentHash']))
        .where('nodeId', '=', p.nodeId)
        .where('complianceType', '=', p.complianceType),
    ),
    capture: statements.command((db, p: Placeholders<OfType & ExecutionSummary>) =>
      db
        .updateTable('complianceResource')
        .set(columnsOf(p, ['executionTime', 'executionId', 'executionType']))
        .where('nodeId', '=', p.nodeId)
        .where('complianceType', '=', p.complianceType),
    ),
    remove: statements.command((db, p: Placeholders<OfType>) =>
      db.deleteFrom('complianceResource').where('nodeId', '=', p.nodeId).where('complianceType', '=', p.complianceType),
    ),
  };
}

function changeLog(statements: Statements) {
  const insert = statements.command((db, p: Placeholders<OfItem & ItemChange>) =>
    db.insertInto('complianceChange').values(columnsOf(p, ['nodeId', 'complianceType', 'itemId', ...CHANGE_COLUMNS])),
  );
  return ({ nodeId, complianceType, because, at, executionId }: ComplianceUpdate, move: StoredMove): void => {
    const itemId = move.after?.itemId ?? move.before?.itemId;
    if (itemId === undefined || !isVisible(move)) return;
    const [before, after] = [faceOf(move.before), faceOf(move.after)];
    insert.run({ nodeId, complianceType, itemId, because, at, executionId, before, after });
  };
}

function transitionLog(statements: Statements) {
  type Transition = Omit<Schema['complianceTransition'], 'transitionNumber'>;
  const columns = ['nodeId', 'complianceType', 'at', 'status', 'overallSeverity', 'lastRuntime'] as const;
  return statements.command((db, p: Placeholders<Transition>) => db.insertInto('complianceTransition').values(columnsOf(p, columns)));
}
