import * as z from 'zod';
import { DocumentIdentifier, DocumentVersion } from '../../domain/managed-document.ts';
import { InstantColumn, jsonColumn, TotalRow } from './column.ts';
import type { Database } from './database.ts';
import type { Placeholders, Statements } from './statement.ts';
import { columnsOf } from './statement.ts';

/** What is stored of a document apart from its versions; how many associations use it is asked of those. */
const StoredDocument = DocumentIdentifier.omit({ documentType: true, associationCount: true });
export type StoredDocument = z.infer<typeof StoredDocument>;

const DocumentRow = z.object({
  ...StoredDocument.shape,
  platformTypes: jsonColumn(StoredDocument.shape.platformTypes),
  createdAt: InstantColumn,
});
const VersionRow = z.object({ ...DocumentVersion.shape, createdAt: InstantColumn });
const VersionLine = VersionRow.pick({ documentVersion: true, createdAt: true, hash: true });

export type DocumentVersionLine = z.output<typeof VersionLine>;

type Name = Pick<StoredDocument, 'name'>;
type VersionKey = Pick<DocumentVersion, 'name' | 'documentVersion'>;

/** Of the document, what a new version of it brings. */
type VersionFacts = Pick<StoredDocument, 'description' | 'platformTypes'> & { makeDefault: 'default' | 'keep' };

export type DocumentStore = ReturnType<typeof openDocumentStore>;

export function openDocumentStore({ statements, transaction }: Database) {
  const read = documentQueries(statements);
  const write = documentCommands(statements);
  return {
    insert(document: StoredDocument, version: DocumentVersion): void {
      transaction(() => {
        write.insert.run(document);
        write.insertVersion.run(version);
      });
    },
    addVersion(version: DocumentVersion, { makeDefault, ...facts }: VersionFacts): void {
      transaction(() => {
        write.insertVersion.run(version);
        write.setLatest.run({ ...facts, name: version.name, latestVersion: version.documentVersion });
        if (makeDefault === 'default') write.setDefault.run({ name: version.name, defaultVersion: version.documentVersion });
      });
    },
    find: (name: string): StoredDocument | null => read.find.get({ name }),
    version: (name: string, documentVersion: number): DocumentVersion | null => read.version.get({ name, documentVersion }),
    /** Newest first. */
    versions: (name: string): DocumentVersionLine[] => read.versions.all({ name }),
    list: (): StoredDocument[] => read.list.all(),
    setDefault(name: string, defaultVersion: number): void {
      write.setDefault.run({ name, defaultVersion });
    },
    /** With all its versions. */
    delete(name: string): void {
      write.remove.run({ name });
    },
    count: (): number => read.count.get()?.total ?? 0,
  };
}

function documentQueries(statements: Statements) {
  return {
    find: statements.query(DocumentRow, (db, p: Placeholders<Name>) => db.selectFrom('document').selectAll().where('name', '=', p.name)),
    list: statements.query(DocumentRow, (db) => db.selectFrom('document').selectAll().orderBy('name')),
    version: statements.query(VersionRow, (db, p: Placeholders<VersionKey>) =>
      db.selectFrom('documentVersion').selectAll().where('name', '=', p.name).where('documentVersion', '=', p.documentVersion),
    ),
    versions: statements.query(VersionLine, (db, p: Placeholders<Name>) =>
      db
        .selectFrom('documentVersion')
        .select(['documentVersion', 'createdAt', 'hash'])
        .where('name', '=', p.name)
        .orderBy('documentVersion', 'desc'),
    ),
    count: statements.query(TotalRow, (db) => db.selectFrom('document').select((eb) => eb.fn.countAll<number>().as('total'))),
  };
}

function documentCommands(statements: Statements) {
  type Latest = Pick<StoredDocument, 'name' | 'latestVersion' | 'description' | 'platformTypes'>;
  return {
    insert: statements.command((db, p: Placeholders<StoredDocument>) =>
      db.insertInto('document').values(columnsOf(p, StoredDocument.keyof().options)),
    ),
    insertVersion: statements.command((db, p: Placeholders<DocumentVersion>) =>
      db.insertInto('documentVersion').values(columnsOf(p, DocumentVersion.keyof().options)),
    ),
    setLatest: statements.command((db, p: Placeholders<Latest>) =>
      db
        .updateTable('document')
        .set(columnsOf(p, ['latestVersion', 'description', 'platformTypes']))
        .where('name', '=', p.name),
    ),
    setDefault: statements.command((db, p: Placeholders<Pick<StoredDocument, 'name' | 'defaultVersion'>>) =>
      db.updateTable('document').set({ defaultVersion: p.defaultVersion }).where('name', '=', p.name),
    ),
    remove: statements.command((db, p: Placeholders<Name>) => db.deleteFrom('document').where('name', '=', p.name)),
  };
}
