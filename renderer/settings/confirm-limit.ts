/** As the API takes it. */
const MOST = 10_000;

/** What is wrong with a limit as it was typed; null when it can be saved. */
export function confirmLimitProblem(typed: string | number): string | null {
  const text = String(typed).trim();
  if (!/^\d{1,9}$/.test(text) || Number(text) > MOST) return 'Give a whole number from 0 to 10,000.';
  return null;
}

/** What a limit comes to, for a person. */
export function confirmLimitWords(limit: number): string {
  if (limit === 0) return 'Every change that runs something asks for the number of machines to be typed.';
  return `A change that runs on more than ${limit.toLocaleString('en-GB')} ${limit === 1 ? 'machine' : 'machines'} at once asks for their number to be typed.`;
}
