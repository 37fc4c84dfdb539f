import { sql } from 'kysely';
import type { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import type { ComplianceFinding, ComplianceItem } from '../../domain/compliance.ts';
import { ASSOCIATION_TYPE, type ComplianceType, type ItemSeverity } from '../../domain/compliance.ts';
import type { ChangeReason, ComplianceResource, ExecutionSummary, ItemChange } from '../../domain/compliance-change.ts';
import { TotalRow } from './column.ts';
import { complianceCounts, complianceTroubles } from './compliance-counts.ts';
import { complianceForgetting } from './compliance-forgetting.ts';
import { compliancePages } from './compliance-pages.ts';
import type { OfItem, OfNode, OfType } from './compliance-rows.ts';
import { CHANGE_COLUMNS, ChangeRow, ItemRow, itemsOf, RESOURCE_COLUMNS, ResourceRow } from './compliance-rows.ts';
import type { ComplianceUpdate, StoredMove } from './compliance-writing.ts';
import { complianceWriting } from './compliance-writing.ts';
import type { Database } from './database.ts';
import type { Placeholders, Statements } from './statement.ts';

/** Rows of a long list that are read at once. */
const PIECE = 500;

/** Of a change that no run made: nobody looked at the node again. */
const UNEXECUTED = { executionId: null, summary: null, contentHash: null };

const associationItem = (associationId: AssociationId) => ({ complianceType: ASSOCIATION_TYPE, itemId: associationId });

export type ComplianceStore = ReturnType<typeof openComplianceStore>;

/** Where every item of every type stands on every node, what that comes to, and how it came to be so. */
export function openComplianceStore(database: Database) {
  const { statements } = database;
  const read = complianceQueries(statements);
  return {
    ...complianceCounts(statements),
    ...complianceTroubles(statements),
    ...compliancePages(statements),
    ...complianceCommands(database, read),
    find: (of: OfItem): ComplianceItem | null => read.item.get(of),
    ofNode: (nodeId: NodeId): ComplianceItem[] => read.ofNode.all({ nodeId }),
    ofType: (nodeId: NodeId, complianceType: ComplianceType): ComplianceItem[] => read.ofType.all({ nodeId, complianceType }),
    resource: (nodeId: NodeId, complianceType: ComplianceType): ComplianceResource | null => read.resource.get({ nodeId, complianceType }),
    resourcesOfNode: (nodeId: NodeId): ComplianceResource[] => read.resourcesOfNode.all({ nodeId }),
    /** By node and type, from behind that one on; read in pieces, so that whoever stops has not read all. */
    *resourcesAfter(last: { nodeId: string; complianceType: string }): Generator<ComplianceResource> {
      for (let after = last; ; ) {
        const piece = read.resourcesAfter.all({ ...after, limit: PIECE });
        yield* piece;
        const end = piece.at(-1);
        if (end === undefined || piece.length < PIECE) return;
        after = end;
      }
    },
    /** Of one item, the newest first; also after it went. */
    history: (of: OfItem, page: { offset: number; limit: number }): { rows: ItemChange[]; total: number } => ({
      rows: read.history.all({ ...of, ...page }),
      total: read.historyTotal.get(of)?.total ?? 0,
    }),
  };
}

type Queries = ReturnType<typeof complianceQueries>;

function complianceCommands({ statements, transaction }: Database, read: Queries) {
  const writing = complianceWriting(statements);
  /** Takes items away, each from its node. */
  const takeAway = (items: readonly ComplianceItem[], because: ChangeReason, at: Date): void => {
    for (const group of byResource(items)) {
      const [first] = group;
      if (first === undefined) continue;
      const moves = group.map((before): StoredMove => ({ before, after: null }));
      const { nodeId, complianceType } = first;
      writing.apply({ nodeId, complianceType, moves, because, at, ...UNEXECUTED });
    }
  };
  return {
    ...complianceForgetting(statements),
    apply: (update: ComplianceUpdate): void => transaction(() => writing.apply(update)),
    /** What a run found. `since` stays that of the item before when its status is the same. Call inside a transaction. */
    put(finding: ComplianceFinding, at: Date): void {
      const { nodeId, complianceType, itemId, executionId, executionType } = finding;
      const summary = { executionTime: at, executionId, executionType };
      const moves = [{ before: read.item.get({ nodeId, complianceType, itemId }), after: finding }];
      writing.apply({ nodeId, complianceType, moves, because: 'Run', at, executionId, summary, contentHash: null });
    },
    /** A run of any association on the node: all its association items were looked at again (spec.md 7.1). */
    captureAssociations(nodeId: NodeId, summary: ExecutionSummary): void {
      writing.capture({ nodeId, complianceType: ASSOCIATION_TYPE }, summary);
    },
    /** Gives the items of an association the severity and title that it has now, without waiting for a run. */
    setSeverity(associationId: AssociationId, { at, ...face }: { severity?: ItemSeverity; title?: string; at: Date }): void {
      transaction(() => {
        for (const before of read.ofSubject.all(associationItem(associationId))) {
          const { nodeId, complianceType } = before;
          const moves = [{ before, after: { ...before, ...face } }];
          writing.apply({ nodeId, complianceType, moves, because: 'AssociationEdited', at, ...UNEXECUTED });
        }
      });
    },
    removeAssociation(associationId: AssociationId, at: Date): void {
      transaction(() => takeAway(read.ofSubject.all(associationItem(associationId)), 'AssociationDeleted', at));
    },
    removeNode(nodeId: NodeId, at: Date): void {
      transaction(() => takeAway(read.ofNode.all({ nodeId }), 'NodeDeregistered', at));
    },
    /** The node no longer matches the association. */
    remove(nodeId: NodeId, associationId: AssociationId, at: Date): void {
      transaction(() => {
        const known = read.item.get({ nodeId, ...associationItem(associationId) });
        if (known !== null) takeAway([known], 'NoLongerMatches', at);
      });
    },
  };
}

/** Items by node and type, in the order in which they come. */
function byResource(items: readonly ComplianceItem[]): ComplianceItem[][] {
  const groups = new Map<string, ComplianceItem[]>();
  for (const item of items) {
    const name = `${item.nodeId} ${item.complianceType}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

function complianceQueries(statements: Statements) {
  const ofItem = (db: Parameters<typeof itemsOf>[0], p: Placeholders<OfItem>) =>
    itemsOf(db)
      .where('complianceItem.nodeId', '=', p.nodeId)
      .where('complianceItem.complianceType', '=', p.complianceType)
      .where('complianceItem.itemId', '=', p.itemId);
  const changesOf = (db: Parameters<typeof itemsOf>[0], p: Placeholders<OfItem>) =>
    db
      .selectFrom('complianceChange')
      .where('nodeId', '=', p.nodeId)
      .where('complianceType', '=', p.complianceType)
      .where('itemId', '=', p.itemId);
  return {
    item: statements.query(ItemRow, (db, p: Placeholders<OfItem>) => ofItem(db, p)),
    ofNode: statements.query(ItemRow, (db, p: Placeholders<OfNode>) =>
      itemsOf(db)
        .where('complianceItem.nodeId', '=', p.nodeId)
        .orderBy('complianceItem.complianceType')
        .orderBy('complianceItem.title')
        .orderBy('complianceItem.itemId'),
    ),
    ofType: statements.query(ItemRow, (db, p: Placeholders<OfType>) =>
      itemsOf(db)
        .where('complianceItem.nodeId', '=', p.nodeId)
        .where('complianceItem.complianceType', '=', p.complianceType)
        .orderBy('complianceItem.itemId'),
    ),
    ofSubject: statements.query(ItemRow, (db, p: Placeholders<Omit<OfItem, 'nodeId'>>) =>
      itemsOf(db).where('complianceItem.complianceType', '=', p.complianceType).where('complianceItem.itemId', '=', p.itemId),
    ),
    resource: statements.query(ResourceRow, (db, p: Placeholders<OfType>) =>
      db
        .selectFrom('complianceResource')
        .select(RESOURCE_COLUMNS)
        .where('nodeId', '=', p.nodeId)
        .where('complianceType', '=', p.complianceType),
    ),
    resourcesOfNode: statements.query(ResourceRow, (db, p: Placeholders<OfNode>) =>
      db.selectFrom('complianceResource').select(RESOURCE_COLUMNS).where('nodeId', '=', p.nodeId).orderBy('complianceType'),
    ),
    resourcesAfter: statements.query(ResourceRow, (db, p: Placeholders<{ nodeId: string; complianceType: string; limit: number }>) =>
      db
        .selectFrom('complianceResource')
        .select(RESOURCE_COLUMNS)
        .where(sql<boolean>`(nodeId, complianceType) > (${p.nodeId}, ${p.complianceType})`)
        .orderBy('nodeId')
        .orderBy('complianceType')
        .limit(p.limit),
    ),
    history: statements.query(ChangeRow, (db, p: Placeholders<OfItem & { offset: number; limit: number }>) =>
      changesOf(db, p).select(CHANGE_COLUMNS).orderBy('changeNumber', 'desc').limit(p.limit).offset(p.offset),
    ),
    historyTotal: statements.query(TotalRow, (db, p: Placeholders<OfItem>) =>
      changesOf(db, p).select((eb) => eb.fn.countAll<number>().as('total')),
    ),
  };
}
