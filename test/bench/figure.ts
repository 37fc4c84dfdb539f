export type Unit = 'µs' | 'ms' | 's' | 'MB' | '%' | '×' | '/s';

export type Budget = { kind: 'at most' | 'at least'; limit: number; note?: string };

/** One thing that was measured: what each round came to, in the unit that people read. */
export type Figure = { what: string; unit: Unit; values: readonly number[]; budget: Budget | null };

export type Verdict = 'ok' | 'over budget' | 'no budget';

export type Summary = { median: number; min: number; max: number; rounds: number; verdict: Verdict };

export const atMost = (limit: number, note?: string): Budget => ({ kind: 'at most', limit, ...(note === undefined ? {} : { note }) });
export const atLeast = (limit: number, note?: string): Budget => ({ kind: 'at least', limit, ...(note === undefined ? {} : { note }) });

/** The verdict is the median's: one round in which the machine did something else does not decide. */
export function summaryOf({ values, budget }: Figure): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const median = medianOf(sorted);
  return {
    median,
    min: sorted[0] ?? Number.NaN,
    max: sorted.at(-1) ?? Number.NaN,
    rounds: sorted.length,
    verdict: verdictOn(median, budget),
  };
}

export function medianOf(sorted: readonly number[]): number {
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

function verdictOn(median: number, budget: Budget | null): Verdict {
  if (budget === null) return 'no budget';
  return (budget.kind === 'at most' ? median <= budget.limit : median >= budget.limit) ? 'ok' : 'over budget';
}
