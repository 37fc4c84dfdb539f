import { type Parsed, refuse } from './refusal.ts';

/** A moment in UTC; the expression carries no zone. */
export function parseAt(expression: string): Parsed<Date> {
  const text = /^[aA][tT]\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression)?.[1];
  if (text === undefined) return refuse('AT_SYNTAX', { expression });
  const at = new Date(`${text}.000Z`);
  // Engines roll 30 February and 24:00 over into the next day, so what comes back must be what was written.
  const exists = !Number.isNaN(at.getTime()) && at.toISOString() === `${text}.000Z`;
  return exists ? { ok: true, value: at } : refuse('AT_DATE', { text });
}
