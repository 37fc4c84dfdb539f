import * as z from 'zod';
import { DocumentIdentifier, DocumentVersion } from '../../domain/managed-document.ts';
import { InstantColumn, jsonColumn, TotalRow } from './column.ts';
import type { Database } from './database.ts';
import type { Builder, Placeholders, Statements } from './statement.ts';
import { columnsOf } from './statement.ts';

/** What is stored of a document apart from its versions; how many associations use it is asked of those. */
const StoredDocument = DocumentIdentifier.omit({ associationCount: true });
export type StoredDocument = z.infer<typeof StoredDocument>;

const OwnColumns = StoredDocument.omit({ schemaVersion: true });
const DocumentRow = z.object({
  ...StoredDocument.shape,
  platformTypes: jsonColumn(StoredDocument.shape.platformTypes),
  createdAt: InstantColumn,
});
const VersionRow = z.object({ ...DocumentVersion.shape, createdAt: InstantColumn });
const VersionLine = VersionRow.omit({ name: true, content: true });
const CalendarRow = z.object({ name: z.string(), hash: z.string() });
const PrintRow = DocumentVersion.pick({ format: true, hash: true }).extend({ documentType: StoredDocument.shape.documentType });
const NumberRow = z.object({ lastVersionNumber: z.number() });

/** What decides how the text of a version is understood. */
export type VersionPrint = z.output<typeof PrintRow>;
export type DocumentVersionLine = z.output<typeof VersionLine>;

type Name = Pick<StoredDocument, 'name'>;
type VersionKey = Pick<DocumentVersion, 'name' | 'documentVersion'>;
type NewDocument = z.infer<typeof OwnColumns> & { lastVersionNumber: number };

/** Of the document, what its newest version says. */
type NewestVersion = Pick<StoredDocument, 'name' | 'latestVersion' | 'description' | 'platformTypes'>;

export type DocumentStore = ReturnType<typeof openDocumentStore>;

export function openDocumentStore({ statements, transaction }: Database) {
  const read = documentQueries(statements);
  const write = documentCommands(statements);
  return {
    insert({ schemaVersion: _ofTheVersion, ...document }: StoredDocument, version: DocumentVersion): void {
      transaction(() => {
        write.insert.run({ ...document, lastVersionNumber: version.documentVersion });
        write.insertVersion.run(version);
      });
    },
    /** The newest from now on. */
    addVersion(version: DocumentVersion, facts: Omit<NewestVersion, 'name' | 'latestVersion'>): void {
      transaction(() => {
        write.insertVersion.run(version);
        write.setLatest.run({ ...facts, name: version.name, latestVersion: version.documentVersion });
        write.countVersion.run({ name: version.name, lastVersionNumber: version.documentVersion });
      });
    },
    /** Of one version; `newest` says what the document is without it. */
    deleteVersion(key: VersionKey, newest: NewestVersion): void {
      transaction(() => {
        write.removeVersion.run(key);
        write.setLatest.run(newest);
      });
    },
    find: (name: string): StoredDocument | null => read.find.get({ name }),
    version: (name: string, documentVersion: number): DocumentVersion | null => read.version.get({ name, documentVersion }),
    print: (name: string, documentVersion: number): VersionPrint | null => read.print.get({ name, documentVersion }),
    /** Newest first. */
    versions: (name: string): DocumentVersionLine[] => read.versions.all({ name }),
    versionNamed: (name: string, versionName: string): DocumentVersionLine | null => read.versionNamed.get({ name, versionName }),
    /** One that no version of the document ever had. */
    nextVersionNumber: (name: string): number => (read.lastNumber.get({ name })?.lastVersionNumber ?? 0) + 1,
    countVersions: (name: string): number => read.countVersions.get({ name })?.total ?? 0,
    list: (): StoredDocument[] => read.list.all(),
    calendarNames: (): string[] => read.calendars.all().map(({ name }) => name),
    /** The hash of what a change calendar says now; null for one that is not there, or is another document. */
    calendarHash: (name: string): string | null => read.calendar.get({ name })?.hash ?? null,
    setDefault(name: string, defaultVersion: number): void {
      write.setDefault.run({ name, defaultVersion });
    },
    setDisplayName(name: string, displayName: string | null): void {
      write.setDisplayName.run({ name, displayName });
    },
    /** With all its versions. */
    delete(name: string): void {
      write.remove.run({ name });
    },
    count: (): number => read.count.get()?.total ?? 0,
  };
}

/** Each document with the schema of its default version. */
const documents = (db: Builder) =>
  db
    .selectFrom('document')
    .innerJoin('documentVersion', (join) =>
      join.onRef('documentVersion.name', '=', 'document.name').onRef('documentVersion.documentVersion', '=', 'document.defaultVersion'),
    )
    .select([
      'document.name',
      'document.displayName',
      'document.owner',
      'document.documentType',
      'documentVersion.schemaVersion',
      'document.description',
      'document.platformTypes',
      'document.defaultVersion',
      'document.latestVersion',
      'document.createdAt',
      'document.aliasOf',
    ]);

/** Change calendars, each with the hash of its default version. */
const calendars = (db: Builder) =>
  db
    .selectFrom('document')
    .innerJoin('documentVersion', (join) =>
      join.onRef('documentVersion.name', '=', 'document.name').onRef('documentVersion.documentVersion', '=', 'document.defaultVersion'),
    )
    .select(['document.name', 'documentVersion.hash'])
    .where('document.documentType', '=', 'ChangeCalendar');

const VERSION_LINE = ['documentVersion', 'versionName', 'schemaVersion', 'format', 'createdAt', 'hash'] as const;

function documentQueries(statements: Statements) {
  return {
    find: statements.query(DocumentRow, (db, p: Placeholders<Name>) => documents(db).where('document.name', '=', p.name)),
    list: statements.query(DocumentRow, (db) => documents(db).orderBy('document.name')),
    calendar: statements.query(CalendarRow, (db, p: Placeholders<Name>) => calendars(db).where('document.name', '=', p.name)),
    calendars: statements.query(CalendarRow, (db) => calendars(db).orderBy('document.name')),
    version: statements.query(VersionRow, (db, p: Placeholders<VersionKey>) =>
      db.selectFrom('documentVersion').selectAll().where('name', '=', p.name).where('documentVersion', '=', p.documentVersion),
    ),
    print: statements.query(PrintRow, (db, p: Placeholders<VersionKey>) =>
      db
        .selectFrom('documentVersion')
        .innerJoin('document', 'document.name', 'documentVersion.name')
        .select(['document.documentType', 'documentVersion.format', 'documentVersion.hash'])
        .where('documentVersion.name', '=', p.name)
        .where('documentVersion.documentVersion', '=', p.documentVersion),
    ),
    versions: statements.query(VersionLine, (db, p: Placeholders<Name>) =>
      db.selectFrom('documentVersion').select(VERSION_LINE).where('name', '=', p.name).orderBy('documentVersion', 'desc'),
    ),
    versionNamed: statements.query(VersionLine, (db, p: Placeholders<Name & { versionName: string }>) =>
      db.selectFrom('documentVersion').select(VERSION_LINE).where('name', '=', p.name).where('versionName', '=', p.versionName),
    ),
    lastNumber: statements.query(NumberRow, (db, p: Placeholders<Name>) =>
      db.selectFrom('document').select('lastVersionNumber').where('name', '=', p.name),
    ),
    countVersions: statements.query(TotalRow, (db, p: Placeholders<Name>) =>
      db
        .selectFrom('documentVersion')
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .where('name', '=', p.name),
    ),
    count: statements.query(TotalRow, (db) => db.selectFrom('document').select((eb) => eb.fn.countAll<number>().as('total'))),
  };
}

function documentCommands(statements: Statements) {
  return {
    insert: statements.command((db, p: Placeholders<NewDocument>) =>
      db.insertInto('document').values({ ...columnsOf(p, OwnColumns.keyof().options), lastVersionNumber: p.lastVersionNumber }),
    ),
    insertVersion: statements.command((db, p: Placeholders<DocumentVersion>) =>
      db.insertInto('documentVersion').values(columnsOf(p, DocumentVersion.keyof().options)),
    ),
    setLatest: statements.command((db, p: Placeholders<NewestVersion>) =>
      db
        .updateTable('document')
        .set(columnsOf(p, ['latestVersion', 'description', 'platformTypes']))
        .where('name', '=', p.name),
    ),
    countVersion: statements.command((db, p: Placeholders<Name & { lastVersionNumber: number }>) =>
      db.updateTable('document').set({ lastVersionNumber: p.lastVersionNumber }).where('name', '=', p.name),
    ),
    setDefault: statements.command((db, p: Placeholders<Pick<StoredDocument, 'name' | 'defaultVersion'>>) =>
      db.updateTable('document').set({ defaultVersion: p.defaultVersion }).where('name', '=', p.name),
    ),
    setDisplayName: statements.command((db, p: Placeholders<Pick<StoredDocument, 'name' | 'displayName'>>) =>
      db.updateTable('document').set({ displayName: p.displayName }).where('name', '=', p.name),
    ),
    removeVersion: statements.command((db, p: Placeholders<VersionKey>) =>
      db.deleteFrom('documentVersion').where('name', '=', p.name).where('documentVersion', '=', p.documentVersion),
    ),
    remove: statements.command((db, p: Placeholders<Name>) => db.deleteFrom('document').where('name', '=', p.name)),
  };
}
