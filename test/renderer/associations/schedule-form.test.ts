import { describe, expect, test } from 'vitest';
import { parseSchedule } from '../../../agent/schedule/schedule.ts';
import type { ScheduleForm } from '../../../renderer/associations/schedule-form.ts';
import { expressionOf, firstForm, formOf, kindOf, RATE_UNITS, WEEKDAYS } from '../../../renderer/associations/schedule-form.ts';

const now = new Date('2026-03-01T12:00:00Z');

const forms: ScheduleForm[] = [
  ...RATE_UNITS.flatMap((unit): ScheduleForm[] => [
    { kind: 'rate', amount: unit === 'minute' ? 30 : 1, unit },
    { kind: 'rate', amount: unit === 'minute' ? 45 : 30, unit },
  ]),
  { kind: 'cron', time: '02:05', days: { kind: 'every-day' } },
  { kind: 'cron', time: '23:59', days: { kind: 'weekdays', weekdays: ['MON', 'WED'] } },
  { kind: 'cron', time: '00:00', days: { kind: 'weekdays', weekdays: WEEKDAYS } },
  { kind: 'cron', time: '06:30', days: { kind: 'day-of-month', day: '15' } },
  { kind: 'cron', time: '06:30', days: { kind: 'day-of-month', day: 'L' } },
  { kind: 'cron', time: '06:30', days: { kind: 'nth-weekday', nth: 2, weekday: 'TUE' } },
  { kind: 'at', date: '2027-01-31', time: '08:15' },
];

describe('what the fields say and what the expression says is the same', () => {
  test.each(forms.map((form) => [expressionOf(form), form] as const))('%s', (expression, form) => {
    expect(formOf(expression)).toEqual(form);
    expect(kindOf(expression)).toBe(form.kind);
  });

  test.each(forms.map(expressionOf))('the controller understands %s', (expression) => {
    expect(parseSchedule({ expression, now })).toMatchObject({ ok: true });
  });
});

test('a range of weekdays is days', () => {
  expect(formOf('cron(30 5 ? * MON-FRI *)')).toMatchObject({ days: { kind: 'weekdays', weekdays: ['MON', 'TUE', 'WED', 'THU', 'FRI'] } });
});

test.each([
  'cron(0/30 * ? * * *)',
  'cron(0 8,20 ? * * *)',
  'cron(0 2 ? * SUN 2027)',
  'cron(0 2 LW * ? *)',
  'cron(0 2 ? * FRIL *)',
  'cron(',
  'rate(1 week)',
  '',
])('the fields do not pretend to show %j', (expression) => {
  expect(formOf(expression)).toBeNull();
});

test('the kind is known from the keyword alone, while the rest is being typed', () => {
  expect([kindOf('cron(0 '), kindOf('  rate('), kindOf('at('), kindOf('every day')]).toEqual(['cron', 'rate', 'at', null]);
});

test.each(['rate', 'cron', 'at'] as const)('%s begins with something that can be saved', (kind) => {
  expect(parseSchedule({ expression: expressionOf(firstForm(kind, now)), now })).toMatchObject({ ok: true });
});
