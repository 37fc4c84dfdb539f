import { describe, expect, test } from 'vitest';
import { nextRun, nextRuns, parseSchedule, type ScheduleInput } from '../../../agent/schedule/schedule.ts';
import { saved, savedLongAgo } from './saved-schedule.ts';

const utc = (text: string): Date => new Date(`${text}Z`);

function refusal(expression: string, options: Partial<ScheduleInput> = {}) {
  const result = parseSchedule({ expression, now: utc('2024-01-01T00:00'), ...options });
  return result.ok ? { code: 'accepted' } : result;
}

describe('what is refused beyond the shared vectors', () => {
  test.each([
    ['   ', 'EMPTY'],
    [`cron(0 2 ? * ${'SUN,'.repeat(70)}SUN *)`, 'TOO_LONG'],
    [' cron(0 2 ? * SUN *)', 'UNKNOWN_KIND'],
    ['cron(0 2 ? * SUN *', 'CRON_WRAPPER'],
    ['cron(0 2 ? * SUN *)cron(0 2 ? * SUN *)', 'CRON_WRAPPER'],
    ['cron()', 'FIELD_COUNT'],
    ['cron(0/30 0 2 ? * SUN *)', 'SECONDS_NOT_ZERO'],
    ['cron(0 2 ? JAN SUN *)', 'MONTH_NOT_SUPPORTED'],
    ['cron(0 2 ? * SUN ?)', 'FIELD_SYNTAX'],
    ['cron(0,,30 2 ? * SUN *)', 'FIELD_SYNTAX'],
    ['cron(/30 2 ? * SUN *)', 'FIELD_SYNTAX'],
    ['cron(0 1-5-7 ? * SUN *)', 'FIELD_SYNTAX'],
    ['cron(0 2 L,15 * ? *)', 'FIELD_SYNTAX'],
    ['cron(0 2 1W,15 * ? *)', 'FIELD_SYNTAX'],
    ['cron(0 2 W * ? *)', 'FIELD_SYNTAX'],
    ['cron(0 2 ? * MON,FRIL *)', 'FIELD_SYNTAX'],
    ['cron(0 2 ? * ſUN *)', 'FIELD_SYNTAX'],
    ['cron(0 2 ? * 8L *)', 'FIELD_RANGE'],
    ['cron(0 2 0W * ? *)', 'FIELD_RANGE'],
    ['cron(0 2 ? * SUN 2200)', 'FIELD_RANGE'],
    ['cron(0 2 ? * SUN 99999999999999999999)', 'FIELD_RANGE'],
    ['cron(0 2 ? * SUN 2026-2024)', 'FIELD_RANGE_REVERSED'],
    ['cron(0/0 2 ? * SUN *)', 'FIELD_STEP'],
    ['cron(0 2 ? * SUN#2#3 *)', 'HASH_SYNTAX'],
    ['cron(0 2 ? * MON-FRI#2 *)', 'HASH_SYNTAX'],
    ['cron(50,10 23,0 ? * SUN *)', 'CRON_TOO_FREQUENT'],
    ['rate(29 minutes )', 'RATE_SYNTAX'],
    ['rate(0 minutes)', 'RATE_VALUE'],
    [`rate(${'9'.repeat(200)} days)`, 'RATE_TOO_LONG'],
    ['at(2030-13-01T00:00:00)', 'AT_DATE'],
    ['at(2030-07-07T24:00:00)', 'AT_DATE'],
    ['at(2030-07-07t15:55:00)', 'AT_SYNTAX'],
    ['at', 'AT_SYNTAX'],
    ['at(0000-01-01T00:00:00)', 'AT_DATE'],
  ])('%s is %s', (expression, code) => {
    expect(refusal(expression).code).toBe(code);
  });

  test('a time of day that is too close across midnight is refused although only Sundays count', () => {
    expect(refusal('cron(0,45 0,23 ? * SUN *)')).toMatchObject({
      code: 'CRON_TOO_FREQUENT',
      message: expect.stringContaining('15 minutes'),
    });
  });

  test('a reversed range is answered with the list that says the same', () => {
    expect(refusal('cron(0 22-2 ? * * *)')).toMatchObject({ message: expect.stringContaining('write 22-23,0-2') });
    expect(refusal('cron(0 2 ? * FRI-MON *)')).toMatchObject({ message: expect.stringContaining('write FRI-SAT,SUN-MON') });
    expect(refusal('cron(0 2 ? * SUN 2026-2024)')).toMatchObject({ message: expect.stringContaining('write 2024-2026') });
  });

  test('control characters of the expression are escaped in the message', () => {
    expect(refusal('cron(0 2 ? * \u0007 *)')).toMatchObject({ code: 'FIELD_SYNTAX', message: expect.stringContaining('\\u0007') });
  });
});

describe('options', () => {
  test.each([
    [0, 'ScheduleOffset'],
    [1.5, 'ScheduleOffset'],
    [Number.NaN, 'ScheduleOffset'],
  ])('an offset of %s is out of range', (scheduleOffset, field) => {
    expect(refusal('cron(0 2 ? * SUN *)', { scheduleOffset, applyOnlyAtCronInterval: true })).toMatchObject({
      code: 'OFFSET_RANGE',
      field,
    });
  });

  test('an offset is for cron only, so at refuses it', () => {
    expect(refusal('at(2030-07-07T15:55:00)', { scheduleOffset: 2, applyOnlyAtCronInterval: true }).code).toBe('OFFSET_CRON_ONLY');
  });

  test('a refusal names the field that has to be changed', () => {
    expect(refusal('rate(1 day)', { applyOnlyAtCronInterval: true })).toMatchObject({ field: 'ApplyOnlyAtCronInterval' });
    expect(refusal('cron(0 2 ? * SUN *)', { scheduleOffset: 2 })).toMatchObject({ field: 'ScheduleOffset' });
    expect(refusal('every(1 day)')).toMatchObject({ field: 'ScheduleExpression' });
  });

  test('at in the past with ApplyOnlyAtCronInterval would never fire', () => {
    expect(refusal('at(2020-07-07T15:55:00)', { applyOnlyAtCronInterval: true }).code).toBe('NEVER_FIRES');
    expect(refusal('at(2024-01-01T00:00:00)', { applyOnlyAtCronInterval: true }).code).toBe('NEVER_FIRES');
  });

  test('no offset is the same as an offset of null', () => {
    expect(saved('rate(1 day)', { scheduleOffset: null })).toEqual(saved('rate(1 day)'));
  });
});

describe('offset', () => {
  const patchTuesday = (anchor: Date) =>
    saved('cron(30 23 ? * TUE#3 *)', { scheduleOffset: 2, applyOnlyAtCronInterval: true, now: anchor });

  test('the offset run still comes when the cron fire passed after the association was saved', () => {
    expect(nextRun(patchTuesday(utc('2024-01-01T00:00')), utc('2024-01-17T00:00'))).toEqual(utc('2024-01-18T23:30'));
  });

  test('the period is skipped when its cron fire had passed at the last update', () => {
    expect(nextRun(patchTuesday(utc('2024-01-17T00:00')), utc('2024-01-17T12:00'))).toEqual(utc('2024-02-22T23:30'));
  });

  test('the cron fire of the very instant of saving counts as passed', () => {
    expect(nextRun(patchTuesday(utc('2024-01-16T23:30')), utc('2024-01-16T23:30'))).toEqual(utc('2024-02-22T23:30'));
  });

  test('the last offset run may lie in the year after the last year', () => {
    const anchor = utc('2024-12-01T00:00');
    const lastDay = saved('cron(0 2 L * ? 2024)', { scheduleOffset: 3, applyOnlyAtCronInterval: true, now: anchor });
    expect(nextRuns(lastDay, anchor, 3)).toEqual([utc('2025-01-03T02:00')]);
  });
});

describe('next run', () => {
  test('a rate counts from its anchor, whatever the moment of asking', () => {
    const rate = saved('rate(45 minutes)', { now: utc('2024-01-01T00:07:30') });
    expect(nextRun(rate, utc('2024-01-01T02:00'))).toEqual(utc('2024-01-01T02:22:30'));
    expect(nextRun(rate, utc('2023-06-01T00:00'))).toEqual(utc('2024-01-01T00:52:30'));
  });

  test('at fires once', () => {
    const schedule = saved('at(2030-07-07T15:55:00)');
    expect(nextRun(schedule, utc('2030-07-07T15:54:59.999'))).toEqual(utc('2030-07-07T15:55'));
    expect(nextRun(schedule, utc('2030-07-07T15:55'))).toBeNull();
  });

  test('a cron ends with its last year', () => {
    const schedule = saved('cron(0 2 ? * * 2024,2026)');
    const after = utc('2024-12-31T02:00');
    expect(nextRun(schedule, after)).toEqual(utc('2026-01-01T02:00'));
    expect(nextRun(schedule, utc('2026-12-31T02:00'))).toBeNull();
  });

  test('no cron fires after 2199', () => {
    expect(nextRun(saved('cron(0 2 ? * * *)'), utc('2199-12-31T02:00'))).toBeNull();
  });

  test('29 February is not the last day of a century year that is no leap year', () => {
    expect(nextRun(saved('cron(0 2 L * ? *)'), utc('2100-02-01T00:00'))).toEqual(utc('2100-02-28T02:00'));
  });

  test('asking for runs of a schedule that ends gives those that are left', () => {
    const anchor = utc('2024-12-30T00:00');
    expect(nextRuns(saved('cron(0 2 ? * * 2024)'), anchor, 5)).toEqual([utc('2024-12-30T02:00'), utc('2024-12-31T02:00')]);
  });

  test('a parsed schedule survives being posted to another process', () => {
    const schedule = saved('cron(0 2 ? * TUE#3 2024-2030)');
    expect(structuredClone(schedule)).toEqual(schedule);
  });
});

test('a schedule that was saved under older limits goes on', () => {
  expect(nextRun(savedLongAgo('cron(0/10 * * * ? *)'), utc('2024-01-01T00:00'))).toEqual(utc('2024-01-01T00:10'));
  expect(nextRun(savedLongAgo('rate(5 minutes)'), utc('2024-01-01T00:00'))).toEqual(utc('2024-01-01T00:05'));
  expect(nextRun(savedLongAgo('cron(0 2 ? * * 2020)'), utc('2024-01-01T00:00'))).toBeNull();
});
