/** As many as the API gives at once. */
const PAGE_ROWS = 200;
/** More is not read by a person, and would keep the controller busy. */
export const MOST_EXPORTED = 10_000;

export interface Collected<Row> {
  rows: readonly Row[];
  /** How many there are, of which at most MOST_EXPORTED were read. */
  total: number;
}

interface Reading<Row> {
  read(page: { offset: number; limit: number }): Promise<{ rows: readonly Row[]; total: number }>;
  keyOf(row: Row): string;
  onProgress(read: number, total: number): void;
}

/**
 * Reads a list in pages until its end. Rows move between pages when they change meanwhile, so one that comes again replaces the one
 * that came before.
 */
export async function everyRow<Row>({ read, keyOf, onProgress }: Reading<Row>): Promise<Collected<Row>> {
  const found = new Map<string, Row>();
  for (let offset = 0; ; offset += PAGE_ROWS) {
    const { rows, total } = await read({ offset, limit: Math.min(PAGE_ROWS, MOST_EXPORTED - offset) });
    for (const row of rows) found.set(keyOf(row), row);
    const isEnd = rows.length === 0 || offset + rows.length >= Math.min(total, MOST_EXPORTED);
    onProgress(Math.min(offset + rows.length, total), Math.min(total, MOST_EXPORTED));
    if (isEnd) return { rows: [...found.values()], total };
  }
}
