const FIRST_MS = 300;
const LONGEST_MS = 10_000;

/** How long to wait before the attempt after `failures` in a row: doubling, at most ten seconds, spread so that windows do not knock together. */
export function waitBeforeRetry(failures: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(full / 2 + (full / 2) * random);
}
