import * as z from 'zod';
import type { NodeId } from '../../../agent/protocol/ids.ts';
import { AssociationId } from '../../../agent/protocol/ids.ts';
import type { AssociationDraft } from '../../domain/association.ts';
import { Association, associationTitle, draftOf, SavedSettings } from '../../domain/association.ts';
import type { OverviewStatus } from '../../domain/execution.ts';
import { FlagColumn, InstantColumn, jsonColumn, TotalRow } from './column.ts';
import type { Database } from './database.ts';
import type { Builder, Placeholders, Statements } from './statement.ts';
import { columnsOf, perChoice } from './statement.ts';

const AssociationRow = z.object({
  ...Association.shape,
  parameters: jsonColumn(Association.shape.parameters),
  targets: jsonColumn(Association.shape.targets),
  applyOnlyAtCronInterval: FlagColumn,
  calendarNames: jsonColumn(Association.shape.calendarNames),
  outputLocation: jsonColumn(SavedSettings.shape.outputLocation.unwrap().unwrap()).nullable(),
  alarmConfiguration: jsonColumn(SavedSettings.shape.alarmConfiguration.unwrap().unwrap()).nullable(),
  tags: jsonColumn(Association.shape.tags),
  createdAt: InstantColumn,
  lastUpdatedAt: InstantColumn,
  scheduleAnchor: InstantColumn,
  nextRunAt: InstantColumn.nullable(),
  lastFiredAt: InstantColumn.nullable(),
  lastExecutionAt: InstantColumn.nullable(),
  lastSuccessfulExecutionAt: InstantColumn.nullable(),
  overview: jsonColumn(Association.shape.overview),
  isSample: FlagColumn,
});
const VersionRow = z.object({ associationVersion: z.number(), createdAt: InstantColumn, draft: jsonColumn(SavedSettings) });
const UseRow = z.object({ associationId: AssociationId, title: z.string(), documentVersion: z.string() });
const IdRow = z.object({ associationId: AssociationId });
const timingColumns = [
  'associationId',
  'scheduleExpression',
  'scheduleOffset',
  'applyOnlyAtCronInterval',
  'timeZone',
  'scheduleAnchor',
  'nextRunAt',
  'lastFiredAt',
] as const;
const TimingRow = z.object({
  ...Association.pick({ associationId: true, scheduleExpression: true, scheduleOffset: true, timeZone: true }).shape,
  applyOnlyAtCronInterval: FlagColumn,
  scheduleAnchor: InstantColumn,
  nextRunAt: InstantColumn.nullable(),
  lastFiredAt: InstantColumn.nullable(),
});
const NextRunRow = z.object({ nextRunAt: InstantColumn.nullable() });

export type StoredAssociationVersion = z.output<typeof VersionRow>;
export type DocumentUse = z.output<typeof UseRow>;

export type AssociationPageQuery = {
  search: string;
  status: OverviewStatus | null;
  sort: 'title' | 'nextRunAt' | 'lastExecutionAt' | 'status';
  order: 'ascending' | 'descending';
  offset: number;
  limit: number;
};

type Schedule = Pick<Association, 'nextRunAt' | 'lastFiredAt'>;
type Overview = Association['overview'] & Pick<Association, 'lastExecutionAt' | 'lastSuccessfulExecutionAt'>;
type OverviewColumns = Pick<Association, 'associationId' | 'overview' | 'lastExecutionAt' | 'lastSuccessfulExecutionAt'>;
type Id = { associationId: AssociationId };
/** Where an association stands among the others: the oldest is the first. */
type Age = Pick<Association, 'createdAt' | 'associationId'>;

export type AssociationStore = ReturnType<typeof openAssociationStore>;

/** A deleted association is hidden everywhere; its row stays for its history. */
export function openAssociationStore({ statements, transaction }: Database) {
  const read = associationQueries(statements);
  const write = associationCommands(statements);
  const page = associationPages(statements);
  const addSnapshot = (association: Association): void => {
    const { associationId, associationVersion, lastUpdatedAt } = association;
    write.insertVersion.run({ associationId, associationVersion, createdAt: lastUpdatedAt, draft: draftOf(association) });
  };
  return {
    insert(association: Association): void {
      transaction(() => {
        write.insert.run({ ...association, title: associationTitle(association) });
        addSnapshot(association);
      });
    },
    /** The row takes the new settings; those of every version stay readable. */
    addVersion(association: Association): void {
      transaction(() => {
        write.replace.run({ ...association, title: associationTitle(association) });
        addSnapshot(association);
      });
    },
    find: (associationId: AssociationId): Association | null => read.find.get({ associationId }),
    /** The legacy association of a document with a node. */
    legacyPair: (documentName: string, instanceId: NodeId): Association | null => read.legacyPair.get({ documentName, instanceId }),
    list: (): Association[] => read.list.all(),
    /** The next ones in the order of `list`, which goes on after this association. */
    listAfter: (after: Age, limit: number): Association[] => read.listAfter.all({ ...after, limit }),
    page,
    /** Newest first. */
    versions: (associationId: AssociationId): StoredAssociationVersion[] => read.versions.all({ associationId }),
    /** The settings of one version; also of a deleted association, whose running targets end. */
    versionDraft: (associationId: AssociationId, associationVersion: number): AssociationDraft | null =>
      read.version.get({ associationId, associationVersion })?.draft ?? null,
    /** Those whose next run has come, the longest due first. */
    due: (now: Date): Association[] => read.due.all({ now }),
    /** The schedule of every association that has one, and what is next by it; nothing else may be asked until all are read. */
    timings: () => read.timings.each(),
    earliestNextRun: (): Date | null => read.earliestNextRun.get()?.nextRunAt ?? null,
    setSchedule(associationId: AssociationId, schedule: Schedule): void {
      write.setSchedule.run({ associationId, ...schedule });
    },
    setOverview(associationId: AssociationId, { lastExecutionAt, lastSuccessfulExecutionAt, ...overview }: Overview): void {
      write.setOverview.run({ associationId, overview, lastExecutionAt, lastSuccessfulExecutionAt });
    },
    setTags(associationId: AssociationId, tags: Association['tags']): void {
      write.setTags.run({ associationId, tags });
    },
    delete(associationId: AssociationId, at: Date): void {
      write.remove.run({ associationId, at });
    },
    usingDocument: (documentName: string): DocumentUse[] => read.usingDocument.all({ documentName }),
    count: (): number => read.count.get()?.total ?? 0,
    sampleIds: (): AssociationId[] => read.sampleIds.all().map((row) => row.associationId),
  };
}

const present = (db: Builder) => db.selectFrom('association').where('deletedAt', 'is', null);

function associationQueries(statements: Statements) {
  return {
    find: statements.query(AssociationRow, (db, p: Placeholders<Id>) =>
      present(db).select(Association.keyof().options).where('associationId', '=', p.associationId),
    ),
    legacyPair: statements.query(AssociationRow, (db, p: Placeholders<{ documentName: string; instanceId: NodeId }>) =>
      present(db).select(Association.keyof().options).where('documentName', '=', p.documentName).where('instanceId', '=', p.instanceId),
    ),
    listAfter: statements.query(AssociationRow, (db, p: Placeholders<Age & { limit: number }>) =>
      present(db)
        .select(Association.keyof().options)
        .where((eb) =>
          eb.or([
            eb('createdAt', '>', p.createdAt),
            eb.and([eb('createdAt', '=', p.createdAt), eb('associationId', '>', p.associationId)]),
          ]),
        )
        .orderBy('createdAt')
        .orderBy('associationId')
        .limit(p.limit),
    ),
    list: statements.query(AssociationRow, (db) =>
      present(db).select(Association.keyof().options).orderBy('createdAt').orderBy('associationId'),
    ),
    versions: statements.query(VersionRow, (db, p: Placeholders<Id>) =>
      db
        .selectFrom('associationVersion')
        .select(['associationVersion', 'createdAt', 'draft'])
        .where('associationId', '=', p.associationId)
        .orderBy('associationVersion', 'desc'),
    ),
    version: statements.query(VersionRow, (db, p: Placeholders<Id & { associationVersion: number }>) =>
      db
        .selectFrom('associationVersion')
        .select(['associationVersion', 'createdAt', 'draft'])
        .where('associationId', '=', p.associationId)
        .where('associationVersion', '=', p.associationVersion),
    ),
    due: statements.query(AssociationRow, (db, p: Placeholders<{ now: Date }>) =>
      present(db).select(Association.keyof().options).where('nextRunAt', '<=', p.now).orderBy('nextRunAt').orderBy('associationId'),
    ),
    timings: statements.query(TimingRow, (db) => present(db).select(timingColumns).where('scheduleExpression', 'is not', null)),
    earliestNextRun: statements.query(NextRunRow, (db) => present(db).select((eb) => eb.fn.min('nextRunAt').as('nextRunAt'))),
    usingDocument: statements.query(UseRow, (db, p: Placeholders<{ documentName: string }>) =>
      present(db)
        .select(['associationId', 'title', 'documentVersion'])
        .where('documentName', '=', p.documentName)
        .orderBy('title')
        .orderBy('associationId'),
    ),
    count: statements.query(TotalRow, (db) => present(db).select((eb) => eb.fn.countAll<number>().as('total'))),
    sampleIds: statements.query(IdRow, (db) => present(db).select('associationId').where('isSample', '=', true).orderBy('createdAt')),
  };
}

function associationCommands(statements: Statements) {
  const columns = [...Association.keyof().options, 'title'] as const;
  type Columns = Association & { title: string };
  type Snapshot = Id & { associationVersion: number; createdAt: Date; draft: AssociationDraft };
  return {
    insert: statements.command((db, p: Placeholders<Columns>) => db.insertInto('association').values(columnsOf(p, columns))),
    replace: statements.command((db, p: Placeholders<Columns>) =>
      db.updateTable('association').set(columnsOf(p, columns)).where('associationId', '=', p.associationId),
    ),
    insertVersion: statements.command((db, p: Placeholders<Snapshot>) =>
      db.insertInto('associationVersion').values(columnsOf(p, ['associationId', 'associationVersion', 'createdAt', 'draft'])),
    ),
    setSchedule: statements.command((db, p: Placeholders<Id & Schedule>) =>
      db
        .updateTable('association')
        .set(columnsOf(p, ['nextRunAt', 'lastFiredAt']))
        .where('associationId', '=', p.associationId),
    ),
    setOverview: statements.command((db, p: Placeholders<OverviewColumns>) =>
      db
        .updateTable('association')
        .set(columnsOf(p, ['overview', 'lastExecutionAt', 'lastSuccessfulExecutionAt']))
        .where('associationId', '=', p.associationId),
    ),
    setTags: statements.command((db, p: Placeholders<Pick<Association, 'associationId' | 'tags'>>) =>
      db.updateTable('association').set({ tags: p.tags }).where('associationId', '=', p.associationId),
    ),
    remove: statements.command((db, p: Placeholders<Id & { at: Date }>) =>
      db.updateTable('association').set({ deletedAt: p.at }).where('associationId', '=', p.associationId).where('deletedAt', 'is', null),
    ),
  };
}

type PageChoice = Pick<AssociationPageQuery, 'sort' | 'order'> & { hasStatus: boolean };
type PageParameters = { search: string; status: OverviewStatus | null; offset: number; limit: number };

/** There are at most 2,000 associations, so a page reads them all; what it finds is sorted and cut by SQLite. */
function associationPages(statements: Statements) {
  const matching = (db: Builder, p: Placeholders<PageParameters>, { hasStatus }: PageChoice) =>
    present(db)
      .where((eb) =>
        eb.or([
          eb(eb.fn<number>('instr', [eb.fn<string>('lower', ['title']), p.search]), '>', 0),
          eb(eb.fn<number>('instr', [eb.fn<string>('lower', ['documentName']), p.search]), '>', 0),
          eb(eb.fn<number>('instr', ['associationId', p.search]), '>', 0),
        ]),
      )
      .$if(hasStatus, (query) => query.where((eb) => eb(eb.ref('overview', '->>').key('status'), '=', p.status)));
  const prepared = perChoice((choice: PageChoice) => ({
    rows: statements.query(AssociationRow, (db, p: Placeholders<PageParameters>) =>
      matching(db, p, choice)
        .select(Association.keyof().options)
        .orderBy(
          (eb) => (choice.sort === 'status' ? eb.ref('overview', '->>').key('status') : eb.ref(choice.sort)),
          (by) => (choice.order === 'ascending' ? by.asc() : by.desc()).collate('nocase').nullsLast(),
        )
        .orderBy('associationId')
        .limit(p.limit)
        .offset(p.offset),
    ),
    total: statements.query(TotalRow, (db, p: Placeholders<PageParameters>) =>
      matching(db, p, choice).select((eb) => eb.fn.countAll<number>().as('total')),
    ),
  }));
  return ({ search, status, sort, order, offset, limit }: AssociationPageQuery): { rows: Association[]; total: number } => {
    const { rows, total } = prepared({ sort, order, hasStatus: status !== null });
    const parameters = { search: search.toLowerCase(), status, offset, limit };
    return { rows: rows.all(parameters), total: total.get(parameters)?.total ?? 0 };
  };
}
