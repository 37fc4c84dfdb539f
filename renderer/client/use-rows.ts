import { useState, useSyncExternalStore } from 'react';
import { useController } from './connection-context.ts';
import type { FaultData } from './fault.ts';
import type { Call, CallState } from './reading.ts';

const PAGE_ROWS = 100;

export interface Page<Row> {
  rows: readonly Row[];
  total: number;
}

/** A list of which only the part on screen has been fetched. */
export interface Rows<Row> {
  readonly status: 'loading' | 'fault' | 'full';
  readonly fault: FaultData | null;
  readonly total: number;
  /** Undefined while that part is on its way. */
  at(index: number): Row | undefined;
  /** Tell which rows are in view, so that they are fetched and kept up to date. */
  show(first: number, last: number): void;
}

type Ask<Row> = (page: { offset: number; limit: number }) => Call<Page<Row>>;

interface View<Row> {
  pages: ReadonlyMap<number, Page<Row>>;
  total: number;
}

function viewOf<Row>(numbers: readonly number[], states: readonly CallState<Page<Row>>[]): View<Row> | null {
  const pages = new Map<number, Page<Row>>();
  let total: number | null = null;
  for (const [position, number] of numbers.entries()) {
    const state = states[position];
    if (state?.status !== 'full') continue;
    pages.set(number, state.answer);
    total = state.answer.total;
  }
  return total === null ? null : { pages, total };
}

const firstFault = <Row>(states: readonly CallState<Page<Row>>[]): FaultData | null =>
  states.map((state) => (state.status === 'loading' ? null : state.fault)).find((fault) => fault !== null) ?? null;

/** A long list in pages. While another filter or order is being fetched, the rows of before stay. */
export function useRows<Row>(ask: Ask<Row>): Rows<Row> {
  const { readings } = useController();
  const [range, setRange] = useState({ first: 0, last: 0 });
  const numbers: number[] = [];
  for (let number = range.first; number <= range.last; number += 1) numbers.push(number);
  const group = readings.group(numbers.map((number) => ask({ offset: number * PAGE_ROWS, limit: PAGE_ROWS })));
  const states = useSyncExternalStore(group.subscribe, group.states);
  const fresh = viewOf(numbers, states);
  const [kept, setKept] = useState<{ states: readonly CallState<Page<Row>>[]; view: View<Row> } | null>(null);
  if (fresh !== null && kept?.states !== states) setKept({ states, view: fresh });
  const view = fresh ?? kept?.view ?? null;
  const fault = firstFault(states);

  return {
    status: view !== null ? 'full' : fault !== null ? 'fault' : 'loading',
    fault,
    total: view?.total ?? 0,
    at: (index) => view?.pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS],
    show: (first, last) => {
      const next = { first: Math.floor(first / PAGE_ROWS), last: Math.floor(Math.max(first, last) / PAGE_ROWS) };
      if (next.first !== range.first || next.last !== range.last) setRange(next);
    },
  };
}
