import * as z from 'zod';
import { Fault } from '../../domain/faults.ts';
import type { Context } from '../operations/context.ts';

/** The members of every operation that answers in pages. */
export const paged = (mostResults = 50) => ({
  MaxResults: z.int().min(1).max(mostResults).default(mostResults),
  NextToken: z.string().max(8192).optional(),
});

/** Where a page begins, and how its end is told: a token is sealed, and opens for the same question alone. */
export type Pager = {
  limit: number;
  /** The position of the last row of the page before; null for the first page. */
  after: string | null;
  tokenAfter(position: string): string;
};

type Question = { MaxResults: number; NextToken?: string | undefined };

export function pagerFor({ cipher }: Pick<Context, 'cipher'>, operation: string, request: Question): Pager {
  const { MaxResults, NextToken, ...question } = request;
  const label = `next token\n${operation}\n${JSON.stringify(question)}`;
  return {
    limit: MaxResults,
    after: NextToken === undefined ? null : opened(cipher, NextToken, label),
    tokenAfter: (position) => cipher.seal(position, label),
  };
}

function opened(cipher: Context['cipher'], token: string, label: string): string {
  try {
    return cipher.open(token, label);
  } catch (cause) {
    throw new Fault('InvalidNextToken', undefined, { places: [{ field: 'NextToken' }], cause });
  }
}

export type Page<Row> = { rows: Row[]; NextToken?: string };

/** A page of `rows`, of which one more than its limit was read, if there was one. */
export function pageOf<Row>(pager: Pager, rows: readonly Row[], positionOf: (row: Row) => string): Page<Row> {
  const shown = rows.slice(0, pager.limit);
  const last = shown.at(-1);
  return last === undefined || rows.length <= pager.limit
    ? { rows: shown }
    : { rows: shown, NextToken: pager.tokenAfter(positionOf(last)) };
}

/** A page of rows that are all there, in the order of their positions as text. */
export function pageOfSorted<Row>(pager: Pager, rows: readonly Row[], positionOf: (row: Row) => string): Page<Row> {
  const { after } = pager;
  const rest = after === null ? rows : rows.filter((row) => positionOf(row) > after);
  return pageOf(pager, rest.slice(0, pager.limit + 1), positionOf);
}
