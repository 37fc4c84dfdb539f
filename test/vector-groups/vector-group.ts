import type * as z from 'zod';
import type { DocumentDesk } from '../builders/document-desk.ts';

/** What a row says, and what the product says: equal, or the product is wrong. */
export interface Checked {
  readonly expected: unknown;
  readonly got: unknown;
}

/** What a row may refer to. */
export interface Surroundings {
  /** The whole file that the row is in. */
  readonly file: Readonly<Record<string, unknown>>;
  /** The text of a file that belongs to it, such as a calendar; throws when there is none. */
  companion(name: string): string;
  /** Real stores and operations, shared by the rows: what a row makes has a name of its own. */
  readonly desk: DocumentDesk;
}

/** One kind of vectors: the name under which files have them, and how a row of them is put to the product's own functions. */
export interface VectorGroup {
  readonly name: string;
  titleOf(row: unknown, position: number): string;
  check(row: unknown, surroundings: Surroundings): Checked;
  /** Members of a row that nobody looks at: perhaps a remark, perhaps a rule that is not known here. */
  unknownMembers(row: unknown): string[];
}

interface Description<Shape extends z.ZodObject> {
  readonly name: string;
  readonly row: Shape;
  /** Of a row without an id. */
  readonly title?: (row: z.output<Shape>) => string;
  check(row: z.output<Shape>, surroundings: Surroundings): Checked;
}

/** Said about a row for people alone. */
const REMARKS: readonly string[] = ['id', 'note', 'basis', 'why', 'about', 'agentResult'];

export function vectorGroup<Shape extends z.ZodObject>({ name, row: schema, title, check }: Description<Shape>): VectorGroup {
  const known = new Set([...Object.keys(schema.shape), ...REMARKS]);
  return {
    name,
    titleOf(row, position) {
      const parsed = schema.safeParse(row);
      if (title !== undefined && parsed.success) return title(parsed.data);
      return isMap(row) && typeof row.id === 'string' ? row.id : `row ${position + 1}`;
    },
    unknownMembers: (row) => (isMap(row) ? Object.keys(row).filter((member) => !known.has(member)) : []),
    check(row, surroundings) {
      const parsed = schema.safeParse(row);
      if (parsed.success) return check(parsed.data, surroundings);
      const problems = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
      return { expected: 'a row of the known form', got: problems };
    },
  };
}

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An instant as vectors have it. */
export const asWritten = (instant: Date): string => instant.toISOString().replace('.000Z', 'Z');
