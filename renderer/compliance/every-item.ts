import type { ComplianceRow } from '../../electron/api/compliance.ts';

/** As many as the API gives at once. */
const PAGE_ROWS = 200;
/** More is not read by a person, and would keep the controller busy. */
export const MOST_EXPORTED = 10_000;

type ReadPage = (page: { offset: number; limit: number }) => Promise<{ rows: readonly ComplianceRow[]; total: number }>;

export interface Collected {
  rows: readonly ComplianceRow[];
  /** How many there are, of which at most MOST_EXPORTED were read. */
  total: number;
}

/**
 * Reads a list in pages until its end. Items move between pages when they change meanwhile, so one that comes again replaces the one
 * that came before.
 */
export async function everyItem(read: ReadPage, onProgress: (read: number, total: number) => void): Promise<Collected> {
  const found = new Map<string, ComplianceRow>();
  for (let offset = 0; ; offset += PAGE_ROWS) {
    const { rows, total } = await read({ offset, limit: Math.min(PAGE_ROWS, MOST_EXPORTED - offset) });
    for (const row of rows) found.set(`${row.complianceType} ${row.itemId} ${row.nodeId}`, row);
    const isEnd = rows.length === 0 || offset + rows.length >= Math.min(total, MOST_EXPORTED);
    onProgress(Math.min(offset + rows.length, total), Math.min(total, MOST_EXPORTED));
    if (isEnd) return { rows: [...found.values()], total };
  }
}
