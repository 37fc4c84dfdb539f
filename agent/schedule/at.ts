import { type Parsed, refuse } from './refusal.ts';

/** The local time that is written (see time-zone.ts): the expression carries no zone, so the association's own says which instant it is. */
export function parseAt(expression: string): Parsed<number> {
  const text = /^[aA][tT]\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression)?.[1];
  if (text === undefined) return refuse('AT_SYNTAX', { expression });
  const at = new Date(`${text}.000Z`);
  // Engines roll 30 February and 24:00 over into the next day, so what comes back must be what was written. No calendar has a year 0.
  const exists = !Number.isNaN(at.getTime()) && at.toISOString() === `${text}.000Z` && !text.startsWith('0000');
  return exists ? { ok: true, value: at.getTime() } : refuse('AT_DATE', { text });
}
