import type BetterSqlite3 from 'better-sqlite3';
import type { Compilable, Expression } from 'kysely';
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, ValueNode } from 'kysely';
import type * as z from 'zod';
import type { Schema } from './schema.ts';

/** A value that is given each time a statement runs. Anything else that a statement compares with is written into its SQL. */
class Placeholder implements Expression<never> {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  get expressionType(): undefined {
    return undefined;
  }

  toOperationNode(): ValueNode {
    return ValueNode.create(this);
  }
}

/** Constants become part of the SQL, or SQLite could not see that a partial index covers the query. */
class StatementCompiler extends SqliteQueryCompiler {
  protected override appendValue(value: unknown): void {
    if (!(value instanceof Placeholder)) {
      this.appendImmediateValue(value);
      return;
    }
    // `+?` is the same value, and one that the planner does not look at: after a look at `?`, as it takes for every join and order,
    // SQLite compiles the statement anew each time another value is bound.
    this.append('+');
    super.appendValue(value);
  }
}

/** Writes SQL and never runs it: running is for the prepared statements below. */
const builder = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new StatementCompiler(),
  },
});

export type Builder = typeof builder;

/** The parameters of a statement by name, each usable wherever Kysely takes a value of its type. */
export type Placeholders<P> = { readonly [Name in keyof P]: Expression<P[Name]> };

/** What SQLite keeps and gives back of a value: instants as ISO text, booleans as 0 or 1, everything else that is not plain as JSON text. */
type Raw<Value> = Value extends string | number | null ? Value : Value extends boolean ? 0 | 1 : string;
type RawRow<Row> = { [Column in keyof Row]: Raw<Row[Column]> };
/** `unknown` where the selected columns are what the row's schema parses; otherwise a type that no query has. */
type Fits<Selected, RowSchema extends z.ZodType> =
  RawRow<Selected> extends z.input<RowSchema> ? unknown : { selectedColumnsDoNotFit: z.input<RowSchema> };

type Given<P> = object extends P ? [] : [parameters: P];
export type Query<P, Row> = {
  get(...given: Given<P>): Row | null;
  all(...given: Given<P>): Row[];
  /** One by one, for more rows than are worth having at once. Nothing else may be asked of the database meanwhile. */
  each(...given: Given<P>): Generator<Row>;
};
/** Answers how many rows it changed. */
export type Command<P> = { run(...given: Given<P>): number };

export type Statements = {
  /** A statement whose rows are parsed by `row`. */
  query<P extends object, Selected, RowSchema extends z.ZodType>(
    row: RowSchema,
    build: (db: Builder, p: Placeholders<P>) => Compilable<Selected> & Fits<Selected, RowSchema>,
  ): Query<P, z.output<RowSchema>>;
  command<P extends object>(build: (db: Builder, p: Placeholders<P>) => Compilable): Command<P>;
};

const placeholders = <P extends object>(): Placeholders<P> =>
  // The names are only in the type; whatever name the builder asks for is a parameter of the statement.
  new Proxy({}, { get: (_, name) => new Placeholder(String(name)) }) as Placeholders<P>;

/** The parameters that are columns of the same name: what `values` and `set` take. */
export function columnsOf<P, Name extends keyof P>(p: Placeholders<P>, names: readonly Name[]): Pick<Placeholders<P>, Name> {
  // Built name by name, which the type of an object under construction cannot say.
  return Object.fromEntries(names.map((name) => [name, p[name]])) as Pick<Placeholders<P>, Name>;
}

function encoded(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

type Compiled = { statement: BetterSqlite3.Statement; bind(given: [parameters?: object]): unknown[] };

function compiled(connection: BetterSqlite3.Database, compilable: Compilable): Compiled {
  const { sql, parameters } = compilable.compile();
  const names = parameters.map((parameter) => {
    if (!(parameter instanceof Placeholder)) throw new Error(`A statement binds something that is not a parameter: ${sql}`);
    return parameter.name;
  });
  return {
    statement: connection.prepare(sql),
    bind: ([given]) => (given === undefined ? [] : names.map((name) => encoded(Reflect.get(given, name)))),
  };
}

/** Statements are compiled and prepared when they are made, and only run afterwards. `guarded` translates what SQLite throws. */
export function statementsOn(connection: BetterSqlite3.Database, guarded: <T>(work: () => T) => T): Statements {
  return {
    query: <P extends object, Selected, RowSchema extends z.ZodType>(
      row: RowSchema,
      build: (db: Builder, p: Placeholders<P>) => Compilable<Selected>,
    ) => {
      const { statement, bind } = compiled(connection, build(builder, placeholders<P>()));
      return {
        get: (...given: Given<P>) => {
          const found = guarded(() => statement.get(...bind(given)));
          return found === undefined ? null : row.parse(found);
        },
        all: (...given: Given<P>) => guarded(() => statement.all(...bind(given))).map((found) => row.parse(found)),
        *each(...given: Given<P>) {
          for (const found of guarded(() => statement.iterate(...bind(given)))) yield row.parse(found);
        },
      };
    },
    command: <P extends object>(build: (db: Builder, p: Placeholders<P>) => Compilable) => {
      const { statement, bind } = compiled(connection, build(builder, placeholders<P>()));
      return { run: (...given: Given<P>) => guarded(() => statement.run(...bind(given))).changes };
    },
  };
}

/** Statements that differ by what a caller chooses (a sort, which filters are set): each is made once, when it is first chosen. */
export function perChoice<Choice extends object, Made>(make: (choice: Choice) => Made): (choice: Choice) => Made {
  const made = new Map<string, Made>();
  return (choice) => {
    const key = JSON.stringify(choice);
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(choice);
    made.set(key, fresh);
    return fresh;
  };
}

/** Which filters are set: those that are not null. */
export type Choice<Filter> = { [Name in keyof Filter]: boolean };

export const choiceOf = <Filter extends object>(filter: Filter): Choice<Filter> =>
  // Built name by name, which the type of an object under construction cannot say.
  Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, value !== null])) as Choice<Filter>;
