import { plural } from '../ui/moment.ts';

/** As many as the API takes. */
export const MOST_NODES = 50;

/** What is wrong with a number of sample nodes as it was typed; null when it will do. */
export function labSizeProblem(typed: string | number): string | null {
  const text = String(typed).trim();
  const isPossible = /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_NODES;
  return isPossible ? null : `Give a number from 1 to ${MOST_NODES}.`;
}

/** What the button does, from how many there are to how many there are to be. */
export function startLabel(present: number, wanted: number): string {
  if (present === 0) return `Start ${plural(wanted, 'sample node')}`;
  if (wanted > present) return `Add ${plural(wanted - present, 'node')}`;
  if (wanted < present) return `Remove ${plural(present - wanted, 'node')}`;
  return 'No change';
}
