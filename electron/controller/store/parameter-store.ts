import * as z from 'zod';
import type { ParameterType } from '../../domain/parameter.ts';
import { Parameter } from '../../domain/parameter.ts';
import { InstantColumn, TotalRow } from './column.ts';
import type { Database } from './database.ts';
import type { Builder, Placeholders, Statements } from './statement.ts';
import { columnsOf, perChoice } from './statement.ts';

/** `storedValue` is the value itself, or of a SecureString what sealing made of it. */
const ParameterRow = z.object({
  ...Parameter.shape,
  createdAt: InstantColumn,
  lastModifiedAt: InstantColumn,
  storedValue: z.string(),
});
const VersionRow = ParameterRow.pick({
  version: true,
  description: true,
  allowedPattern: true,
  lastModifiedAt: true,
  storedValue: true,
});
const NameRow = z.object({ name: z.string() });

export type StoredParameter = z.output<typeof ParameterRow>;
export type StoredParameterVersion = z.output<typeof VersionRow>;

export type ParameterPageQuery = {
  search: string;
  /** Only parameters below this level: `/lab` finds `/lab/port`, and `/lab/web/port` where `recursive`. */
  path: string | null;
  recursive: boolean;
  type: ParameterType | null;
  sort: 'name' | 'type' | 'lastModifiedAt';
  order: 'ascending' | 'descending';
  offset: number;
  limit: number;
};

type Name = Pick<Parameter, 'name'>;
type Version = Name & { version: number };

export type ParameterStore = ReturnType<typeof openParameterStore>;

export function openParameterStore({ statements, transaction }: Database) {
  const read = parameterQueries(statements);
  const write = parameterCommands(statements);
  const page = parameterPages(statements);
  return {
    find: (name: string): StoredParameter | null => read.find.get({ name }),
    version: (name: string, version: number): StoredParameterVersion | null => read.version.get({ name, version }),
    /** Newest first. */
    versions: (name: string): StoredParameterVersion[] => read.versions.all({ name }),
    names: (): string[] => read.names.all().map((row) => row.name),
    namesWith: (text: string, limit: number): (Name & Pick<Parameter, 'type'>)[] => read.namesWith.all({ text: text.toLowerCase(), limit }),
    count: (): number => read.count.get()?.total ?? 0,
    page,
    insert(parameter: StoredParameter): void {
      transaction(() => {
        write.insert.run(parameter);
        write.insertVersion.run(versionColumns(parameter));
      });
    },
    /** Becomes the newest; versions up to `forgetUpTo` go. */
    addVersion(parameter: StoredParameter, { forgetUpTo }: { forgetUpTo: number }): void {
      transaction(() => {
        write.setVersion.run(parameter);
        write.insertVersion.run(versionColumns(parameter));
        write.forget.run({ name: parameter.name, version: forgetUpTo });
      });
    },
    /** With all its versions. False when there was none. */
    delete: (name: string): boolean => write.remove.run({ name }) > 0,
  };
}

const versionColumns = ({ storedValue, ...parameter }: StoredParameter) => ({ ...parameter, value: storedValue });

const VERSION_COLUMNS = [
  'parameterVersion.version',
  'parameterVersion.description',
  'parameterVersion.allowedPattern',
  'parameterVersion.lastModifiedAt',
  'parameterVersion.value as storedValue',
] as const;

const newest = (db: Builder) =>
  db
    .selectFrom('parameter')
    .innerJoin('parameterVersion', (join) =>
      join.onRef('parameterVersion.name', '=', 'parameter.name').onRef('parameterVersion.version', '=', 'parameter.version'),
    );

const wholeRows = (db: Builder) =>
  newest(db).select(['parameter.name', 'parameter.type', 'parameter.dataType', 'parameter.createdAt']).select(VERSION_COLUMNS);

function parameterQueries(statements: Statements) {
  return {
    find: statements.query(ParameterRow, (db, p: Placeholders<Name>) => wholeRows(db).where('parameter.name', '=', p.name)),
    version: statements.query(VersionRow, (db, p: Placeholders<Version>) =>
      db.selectFrom('parameterVersion').select(VERSION_COLUMNS).where('name', '=', p.name).where('version', '=', p.version),
    ),
    versions: statements.query(VersionRow, (db, p: Placeholders<Name>) =>
      db.selectFrom('parameterVersion').select(VERSION_COLUMNS).where('name', '=', p.name).orderBy('version', 'desc'),
    ),
    names: statements.query(NameRow, (db) => db.selectFrom('parameter').select('name').orderBy('name')),
    namesWith: statements.query(ParameterRow.pick({ name: true, type: true }), (db, p: Placeholders<{ text: string; limit: number }>) =>
      db
        .selectFrom('parameter')
        .select(['name', 'type'])
        .where((eb) => eb(eb.fn<number>('instr', [eb.fn<string>('lower', ['name']), p.text]), '>', 0))
        .orderBy((eb) => eb.fn<number>('instr', [eb.fn<string>('lower', ['name']), p.text]))
        .orderBy('name')
        .limit(p.limit),
    ),
    count: statements.query(TotalRow, (db) => db.selectFrom('parameter').select((eb) => eb.fn.countAll<number>().as('total'))),
  };
}

function parameterCommands(statements: Statements) {
  type VersionColumns = Pick<StoredParameter, 'name' | 'version' | 'description' | 'allowedPattern' | 'lastModifiedAt'> & { value: string };
  return {
    insert: statements.command((db, p: Placeholders<StoredParameter>) =>
      db.insertInto('parameter').values(columnsOf(p, ['name', 'type', 'dataType', 'version', 'createdAt'])),
    ),
    insertVersion: statements.command((db, p: Placeholders<VersionColumns>) =>
      db
        .insertInto('parameterVersion')
        .values(columnsOf(p, ['name', 'version', 'value', 'description', 'allowedPattern', 'lastModifiedAt'])),
    ),
    setVersion: statements.command((db, p: Placeholders<Version>) =>
      db.updateTable('parameter').set({ version: p.version }).where('name', '=', p.name),
    ),
    forget: statements.command((db, p: Placeholders<Version>) =>
      db.deleteFrom('parameterVersion').where('name', '=', p.name).where('version', '<=', p.version),
    ),
    remove: statements.command((db, p: Placeholders<Name>) => db.deleteFrom('parameter').where('name', '=', p.name)),
  };
}

type Choice = Pick<ParameterPageQuery, 'sort' | 'order' | 'recursive'> & { hasPath: boolean; hasType: boolean };
type Filter = { search: string; below: string; type: ParameterType | null };
type Page = Filter & { offset: number; limit: number };

function matching(db: Builder, p: Placeholders<Filter>, { hasPath, hasType, recursive }: Choice) {
  return newest(db)
    .where((eb) =>
      eb.or([
        eb(eb.fn<number>('instr', [eb.fn<string>('lower', ['parameter.name']), p.search]), '>', 0),
        eb(eb.fn<number>('instr', [eb.fn<string>('lower', ['parameterVersion.description']), p.search]), '>', 0),
      ]),
    )
    .$if(hasType, (query) => query.where('parameter.type', '=', p.type))
    .$if(hasPath, (query) => query.where((eb) => eb(eb.fn<number>('instr', ['parameter.name', p.below]), '=', 1)))
    .$if(hasPath && !recursive, (query) =>
      query.where((eb) => {
        const level = eb.fn<string>('substr', ['parameter.name', eb(eb.fn<number>('length', [p.below]), '+', 1)]);
        return eb(eb.fn<number>('instr', [level, eb.val('/')]), '=', 0);
      }),
    );
}

/** There are at most 10,000 parameters, so a page looks through them all; what it finds is sorted and cut by SQLite. */
function parameterPages(statements: Statements) {
  const prepared = perChoice((choice: Choice) => ({
    rows: statements.query(ParameterRow, (db, p: Placeholders<Page>) =>
      matching(db, p, choice)
        .select(['parameter.name', 'parameter.type', 'parameter.dataType', 'parameter.createdAt'])
        .select(VERSION_COLUMNS)
        .orderBy(choice.sort === 'name' ? 'parameter.name' : choice.sort, (by) =>
          (choice.order === 'ascending' ? by.asc() : by.desc()).collate('nocase'),
        )
        .orderBy('parameter.name')
        .limit(p.limit)
        .offset(p.offset),
    ),
    total: statements.query(TotalRow, (db, p: Placeholders<Filter>) =>
      matching(db, p, choice).select((eb) => eb.fn.countAll<number>().as('total')),
    ),
  }));
  return ({
    search,
    path,
    recursive,
    type,
    sort,
    order,
    offset,
    limit,
  }: ParameterPageQuery): { rows: StoredParameter[]; total: number } => {
    const { rows, total } = prepared({ sort, order, recursive, hasPath: path !== null, hasType: type !== null });
    const below = path === null || path.endsWith('/') ? (path ?? '') : `${path}/`;
    const filter = { search: search.toLowerCase(), below, type };
    return { rows: rows.all({ ...filter, offset, limit }), total: total.get(filter)?.total ?? 0 };
  };
}
