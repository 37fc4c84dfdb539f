import { dayOfMonthField, dayOfWeekField, parseValue, parseValues } from './cron-fields.ts';
import type { DayRule } from './day-rule.ts';
import { type Parsed, refuse } from './refusal.ts';

/** Exactly one of the two fields is `?`; the other one rules. */
export function parseDayRule(dayOfMonth: string, dayOfWeek: string): Parsed<DayRule> {
  if (dayOfMonth !== '?' && dayOfWeek !== '?') return refuse('DOM_DOW_BOTH_SET', { dayOfMonth, dayOfWeek });
  if (dayOfMonth === '?' && dayOfWeek === '?') return refuse('DOM_DOW_BOTH_ANY', {});
  return dayOfWeek === '?' ? parseDayOfMonth(dayOfMonth) : parseDayOfWeek(dayOfWeek);
}

/** L, LW and nW stand alone: neither Quartz nor AWS reads them inside a list. */
function parseDayOfMonth(text: string): Parsed<DayRule> {
  if (/^l$/i.test(text)) return { ok: true, value: { kind: 'last-day' } };
  if (/^lw$/i.test(text)) return { ok: true, value: { kind: 'last-working-day' } };
  const nearest = /^(\d+)w$/i.exec(text)?.[1];
  if (nearest !== undefined) {
    const day = parseValue(dayOfMonthField, nearest);
    return day.ok ? { ok: true, value: { kind: 'nearest-working-day', day: day.value } } : day;
  }
  if (/[lw]/i.test(text)) {
    return refuse('FIELD_SYNTAX', { field: dayOfMonthField.name, text, instead: 'write L, LW or a day and W (15W), each alone' });
  }
  const days = parseValues(dayOfMonthField, text);
  return days.ok ? { ok: true, value: { kind: 'days-of-month', days: days.value } } : days;
}

function parseDayOfWeek(text: string): Parsed<DayRule> {
  if (text.includes('#')) return parseNthWeekday(text);
  if (/^l$/i.test(text)) {
    return refuse('FIELD_SYNTAX', { field: dayOfWeekField.name, text, instead: 'write the weekday before L, for example FRIL or 6L' });
  }
  const last = /^([a-z]{3}|\d+)l$/i.exec(text)?.[1];
  if (last !== undefined) {
    const weekday = parseWeekday(last);
    return weekday.ok ? { ok: true, value: { kind: 'last-weekday', weekday: weekday.value } } : weekday;
  }
  const values = parseValues(dayOfWeekField, text);
  return values.ok ? { ok: true, value: { kind: 'weekdays', weekdays: values.value.map(asDateCounts) } } : values;
}

function parseNthWeekday(text: string): Parsed<DayRule> {
  const [, name, number] = /^([a-z]+|\d+)#(\d+)$/i.exec(text) ?? [];
  if (name === undefined || number === undefined) return refuse('HASH_SYNTAX', { text });
  const weekday = parseWeekday(name);
  if (!weekday.ok) return weekday;
  const ordinal = Number(number);
  if (ordinal < 1 || ordinal > 5) return refuse('HASH_RANGE', { text });
  return { ok: true, value: { kind: 'nth-weekday', weekday: weekday.value, ordinal } };
}

function parseWeekday(text: string): Parsed<number> {
  const value = parseValue(dayOfWeekField, text);
  return value.ok ? { ok: true, value: asDateCounts(value.value) } : value;
}

/** AWS counts 1=SUN … 7=SAT; the cron library inside the SSM agent counts 0=SUN and would read the documented 3L as a Wednesday. */
function asDateCounts(weekday: number): number {
  return weekday - 1;
}
