import * as z from 'zod';
import { PackageFile, PackagePlatforms, PackageScript, PackageVersion } from '../../domain/package.ts';
import { InstantColumn, jsonColumn, TotalRow } from './column.ts';
import type { Database } from './database.ts';
import type { Placeholders, Statements } from './statement.ts';
import { columnsOf } from './statement.ts';

const PackageRow = z.object({ name: z.string(), defaultVersion: z.string(), createdAt: InstantColumn, lastModifiedAt: InstantColumn });
const VersionRow = z.object({ ...PackageVersion.shape, packages: jsonColumn(PackagePlatforms), addedAt: InstantColumn });
const FileRow = z.object({
  ...PackageFile.shape,
  name: z.string(),
  version: z.string(),
  scripts: jsonColumn(z.array(PackageScript)),
});

export type StoredPackage = z.output<typeof PackageRow>;
export type StoredPackageFile = z.output<typeof FileRow>;

type Name = { name: string };
type Version = Name & { version: string };

export type PackageStore = ReturnType<typeof openPackageStore>;

export function openPackageStore({ statements, transaction }: Database) {
  const read = packageQueries(statements);
  const write = packageCommands(statements);
  return {
    find: (name: string): StoredPackage | null => read.find.get({ name }),
    /** By name. */
    list: (): StoredPackage[] => read.list.all(),
    version: (name: string, version: string): PackageVersion | null => read.version.get({ name, version }),
    /** The one that was added last comes first. */
    versions: (name: string): PackageVersion[] => read.versions.all({ name }),
    allVersions: (): PackageVersion[] => read.allVersions.all(),
    files: (name: string, version: string): StoredPackageFile[] => read.files.all({ name, version }),
    allFiles: (): StoredPackageFile[] => read.allFiles.all(),
    /** Whether any version of any package has the file. */
    usesFile: (sha256: string): boolean => (read.usesFile.get({ sha256 })?.total ?? 0) > 0,
    insert: (stored: StoredPackage): void => void write.insert.run(stored),
    addVersion(version: PackageVersion, files: readonly PackageFile[]): void {
      transaction(() => {
        write.insertVersion.run(version);
        for (const file of files) write.insertFile.run({ ...file, name: version.name, version: version.version });
        write.touch.run({ name: version.name, lastModifiedAt: version.addedAt });
      });
    },
    setDefault: (name: string, defaultVersion: string, lastModifiedAt: Date): void =>
      void write.setDefault.run({ name, defaultVersion, lastModifiedAt }),
    deleteVersion: (name: string, version: string): boolean => write.removeVersion.run({ name, version }) > 0,
    delete: (name: string): boolean => write.remove.run({ name }) > 0,
  };
}

const PACKAGE_COLUMNS = ['name', 'defaultVersion', 'createdAt', 'lastModifiedAt'] as const;
const VERSION_COLUMNS = ['name', 'version', 'publisher', 'packages', 'addedAt', 'addedBy'] as const;
const FILE_COLUMNS = ['name', 'version', 'fileName', 'sha256', 'size', 'scripts'] as const;

function packageQueries(statements: Statements) {
  return {
    find: statements.query(PackageRow, (db, p: Placeholders<Name>) =>
      db.selectFrom('package').select(PACKAGE_COLUMNS).where('name', '=', p.name),
    ),
    list: statements.query(PackageRow, (db) => db.selectFrom('package').select(PACKAGE_COLUMNS).orderBy('name')),
    version: statements.query(VersionRow, (db, p: Placeholders<Version>) =>
      db.selectFrom('packageVersion').select(VERSION_COLUMNS).where('name', '=', p.name).where('version', '=', p.version),
    ),
    versions: statements.query(VersionRow, (db, p: Placeholders<Name>) =>
      db
        .selectFrom('packageVersion')
        .select(VERSION_COLUMNS)
        .where('name', '=', p.name)
        .orderBy('addedAt', 'desc')
        .orderBy('version', 'desc'),
    ),
    allVersions: statements.query(VersionRow, (db) =>
      db.selectFrom('packageVersion').select(VERSION_COLUMNS).orderBy('name').orderBy('addedAt', 'desc').orderBy('version', 'desc'),
    ),
    files: statements.query(FileRow, (db, p: Placeholders<Version>) =>
      db.selectFrom('packageFile').select(FILE_COLUMNS).where('name', '=', p.name).where('version', '=', p.version).orderBy('fileName'),
    ),
    allFiles: statements.query(FileRow, (db) => db.selectFrom('packageFile').select(FILE_COLUMNS)),
    usesFile: statements.query(TotalRow, (db, p: Placeholders<{ sha256: string }>) =>
      db
        .selectFrom('packageFile')
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .where('sha256', '=', p.sha256),
    ),
  };
}

function packageCommands(statements: Statements) {
  return {
    insert: statements.command((db, p: Placeholders<StoredPackage>) => db.insertInto('package').values(columnsOf(p, PACKAGE_COLUMNS))),
    insertVersion: statements.command((db, p: Placeholders<PackageVersion>) =>
      db.insertInto('packageVersion').values(columnsOf(p, VERSION_COLUMNS)),
    ),
    insertFile: statements.command((db, p: Placeholders<StoredPackageFile>) =>
      db.insertInto('packageFile').values(columnsOf(p, FILE_COLUMNS)),
    ),
    touch: statements.command((db, p: Placeholders<Name & { lastModifiedAt: Date }>) =>
      db.updateTable('package').set({ lastModifiedAt: p.lastModifiedAt }).where('name', '=', p.name),
    ),
    setDefault: statements.command((db, p: Placeholders<Name & { defaultVersion: string; lastModifiedAt: Date }>) =>
      db.updateTable('package').set({ defaultVersion: p.defaultVersion, lastModifiedAt: p.lastModifiedAt }).where('name', '=', p.name),
    ),
    removeVersion: statements.command((db, p: Placeholders<Version>) =>
      db.deleteFrom('packageVersion').where('name', '=', p.name).where('version', '=', p.version),
    ),
    remove: statements.command((db, p: Placeholders<Name>) => db.deleteFrom('package').where('name', '=', p.name)),
  };
}
