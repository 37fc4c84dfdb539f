import type { FaultWords } from './fault-notice.tsx';

/** Rows as a table takes them: all of them, or a window into a list that is fetched as it is scrolled. */
export interface TableRows<Row> {
  readonly status: 'loading' | 'fault' | 'full';
  readonly fault: FaultWords | null;
  readonly total: number;
  /** Undefined while that row is on its way. */
  at(index: number): Row | undefined;
  show(first: number, last: number): void;
}

type ListState<Row> =
  | { status: 'loading' }
  | { status: 'fault'; fault: FaultWords }
  | { status: 'full'; answer: readonly Row[]; fault: FaultWords | null };

const everythingIsHere = () => undefined;

/** A list that came whole. */
export function wholeList<Row>(state: ListState<Row>): TableRows<Row> {
  const rows = state.status === 'full' ? state.answer : [];
  return {
    status: state.status,
    fault: state.status === 'loading' ? null : state.fault,
    total: rows.length,
    at: (index) => rows[index],
    show: everythingIsHere,
  };
}

export type Order = 'ascending' | 'descending';

export interface Sort {
  by: string;
  order: Order;
}

/** The first press on a column sorts by it, the next one turns it round. */
export const sortAfter = (sort: Sort, by: string): Sort =>
  sort.by === by ? { by, order: sort.order === 'ascending' ? 'descending' : 'ascending' } : { by, order: 'ascending' };
