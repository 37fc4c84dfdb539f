import { type Parsed, refuse } from './refusal.ts';

/** A cron field that is a set of numbers. `largestStep` follows Quartz: the highest value, because a longer step never lands twice. */
export type CronField = {
  name: string;
  lowest: number;
  highest: number;
  largestStep: number;
  /** Names of the values from `lowest` upwards; empty when the field has numbers only. */
  names: readonly string[];
};

export const minutesField: CronField = { name: 'minutes', lowest: 0, highest: 59, largestStep: 59, names: [] };
export const hoursField: CronField = { name: 'hours', lowest: 0, highest: 23, largestStep: 23, names: [] };
export const dayOfMonthField: CronField = { name: 'day-of-month', lowest: 1, highest: 31, largestStep: 31, names: [] };
export const dayOfWeekField: CronField = {
  name: 'day-of-week',
  lowest: 1,
  highest: 7,
  largestStep: 7,
  names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
};
export const yearField: CronField = { name: 'year', lowest: 1970, highest: 2199, largestStep: 229, names: [] };

const isNumber = /^\d+$/;
const item = /^(?:(?<every>\*)|(?<from>[a-z]+|\d+)(?:-(?<to>[a-z]+|\d+))?)(?:\/(?<step>\d+))?$/i;

/** Lists, ranges, steps, names and `*`, as an ascending list of the values meant. `a/n` runs from a to the end of the field. */
export function parseValues(field: CronField, text: string): Parsed<number[]> {
  if (isNumber.test(text)) {
    const value = parseValue(field, text);
    return value.ok ? { ok: true, value: [value.value] } : value;
  }
  if (!text.includes(',')) return parseItem(field, text, text);
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const parsed = parseItem(field, part, text);
    if (!parsed.ok) return parsed;
    for (const value of parsed.value) values.add(value);
  }
  return { ok: true, value: [...values].sort((a, b) => a - b) };
}

/** One number or name of the field. */
export function parseValue(field: CronField, text: string): Parsed<number> {
  const named = field.names.length === 0 ? -1 : field.names.indexOf(text.toUpperCase());
  if (named >= 0) return { ok: true, value: field.lowest + named };
  if (!isNumber.test(text)) return refuse('FIELD_SYNTAX', { field: field.name, text, instead: `write ${valuesOf(field)}` });
  const value = Number(text);
  if (value >= field.lowest && value <= field.highest) return { ok: true, value };
  return refuse('FIELD_RANGE', { field: field.name, text, lowest: field.lowest, highest: field.highest });
}

function parseItem(field: CronField, part: string, whole: string): Parsed<number[]> {
  const groups = item.exec(part)?.groups;
  if (groups === undefined) return refuse('FIELD_SYNTAX', { field: field.name, text: whole, instead: remedyFor(field, part) });
  const bounds = groups.every === undefined ? parseRange(field, groups) : wholeField(field);
  if (!bounds.ok) return bounds;
  const step = groups.step === undefined ? 1 : Number(groups.step);
  if (step < 1 || step > field.largestStep) return refuse('FIELD_STEP', { field: field.name, text: part, largest: field.largestStep });
  const values: number[] = [];
  for (let value = bounds.value.from; value <= bounds.value.to; value += step) values.push(value);
  return { ok: true, value: values };
}

type Bounds = { from: number; to: number };

function wholeField(field: CronField): Parsed<Bounds> {
  return { ok: true, value: { from: field.lowest, to: field.highest } };
}

function parseRange(field: CronField, groups: Record<string, string | undefined>): Parsed<Bounds> {
  const from = parseValue(field, groups.from ?? '');
  if (!from.ok) return from;
  if (groups.to === undefined) {
    return { ok: true, value: { from: from.value, to: groups.step === undefined ? from.value : field.highest } };
  }
  const to = parseValue(field, groups.to);
  if (!to.ok) return to;
  if (from.value <= to.value) return { ok: true, value: { from: from.value, to: to.value } };
  const text = `${groups.from}-${groups.to}`;
  return refuse('FIELD_RANGE_REVERSED', { field: field.name, text, instead: forwards(field, { from: from.value, to: to.value }) });
}

/** 22-2 most likely means over the end of the day, so the remedy is a list; years do not come round. */
function forwards(field: CronField, { from, to }: Bounds): string {
  const spelled = (value: number): string => field.names[value - field.lowest] ?? String(value);
  const range = (low: number, high: number): string => (low === high ? spelled(low) : `${spelled(low)}-${spelled(high)}`);
  if (field === yearField) return range(to, from);
  return `${range(from, field.highest)},${range(field.lowest, to)}`;
}

function remedyFor(field: CronField, part: string): string {
  if (part === '') return 'write a value on both sides of every comma';
  if (part === '?' && field !== dayOfMonthField && field !== dayOfWeekField)
    return 'write * for every value, as ? belongs to the day fields only';
  return `write ${valuesOf(field)}, *, a range (a-b), a list (a,b) or a step (a/n)`;
}

function valuesOf(field: CronField): string {
  const [first, last] = [field.names.at(0), field.names.at(-1)];
  const numbers = `a number from ${field.lowest} to ${field.highest}`;
  return first === undefined ? numbers : `${numbers} or a name from ${first} to ${last}`;
}
