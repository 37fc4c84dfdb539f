import { expect, test } from 'vitest';
import { describeSchedule } from '../../../agent/schedule/schedule.ts';
import { saved } from './saved-schedule.ts';

test.each([
  ['rate(30 minutes)', 'Every 30 minutes'],
  ['rate(1 hour)', 'Every hour'],
  ['rate(1 day)', 'Every day'],
  ['rate(15 days)', 'Every 15 days'],
  ['at(2030-07-07T15:55:00)', 'Once at 2030-07-07 15:55 UTC'],
  ['at(2030-07-07T15:55:09)', 'Once at 2030-07-07 15:55:09 UTC'],
  ['cron(0/30 * * * ? *)', 'Every 30 minutes'],
  ['cron(15,45 * * * ? *)', 'Every 30 minutes from 00:15 UTC'],
  ['cron(0 * * * ? *)', 'Every hour'],
  ['cron(0 0/4 * * ? *)', 'Every 4 hours from 00:00 UTC'],
  ['cron(0 0/5 * * ? *)', 'Every 5 hours from 00:00 to 20:00 UTC'],
  ['cron(0 0/12 * * ? *)', 'At 00:00 and 12:00 UTC every day'],
  ['cron(0 9-17 ? * MON-FRI *)', 'Every hour from 09:00 to 17:00 UTC, every Monday to Friday'],
  ['cron(30 0,1,5,6,9,11,17,20 ? * * *)', 'At 00:30, 01:30, 05:30, 06:30, 09:30, 11:30 UTC and 2 more every day'],
  ['cron(15 13 ? * * *)', 'At 13:15 UTC every day'],
  ['cron(15 13 1/1 * ? *)', 'At 13:15 UTC every day'],
  ['cron(0 2 ? * SUN *)', 'At 02:00 UTC every Sunday'],
  ['cron(0 2 ? * SAT,SUN *)', 'At 02:00 UTC every Sunday and Saturday'],
  ['cron(0 2 ? * MON,WED,FRI *)', 'At 02:00 UTC every Monday, Wednesday and Friday'],
  ['cron(0 2 ? * TUE#3 *)', 'At 02:00 UTC on the third Tuesday of the month'],
  ['cron(0 2 ? * MON#5 *)', 'At 02:00 UTC on the fifth Monday of the month (in months that have one)'],
  ['cron(0 2 ? * 6L *)', 'At 02:00 UTC on the last Friday of the month'],
  ['cron(0 2 1,15 * ? *)', 'At 02:00 UTC on the 1st and 15th of the month'],
  ['cron(0 2 1-7 * ? *)', 'At 02:00 UTC on the 1st to the 7th of the month'],
  ['cron(0 2 2,3,12,22 * ? *)', 'At 02:00 UTC on the 2nd, 3rd, 12th and 22nd of the month'],
  ['cron(0 2 31 * ? *)', 'At 02:00 UTC on the 31st of the month (in months that have one)'],
  ['cron(0 2 L * ? *)', 'At 02:00 UTC on the last day of the month'],
  ['cron(0 2 LW * ? *)', 'At 02:00 UTC on the last weekday (Monday to Friday) of the month'],
  ['cron(0 2 15W * ? *)', 'At 02:00 UTC on the weekday (Monday to Friday) nearest the 15th of the month'],
  ['cron(0 2 ? * SUN 2024-2026)', 'At 02:00 UTC every Sunday, from 2024 to 2026'],
  ['cron(0 2 ? * SUN 2025/10)', 'At 02:00 UTC every Sunday, in 2025, 2035, 2045, 2055, 2065, 2075 and 12 more'],
  ['cron(0 2 ? * SUN 2025)', 'At 02:00 UTC every Sunday, in 2025'],
])('%s reads "%s"', (expression, words) => {
  expect(describeSchedule(saved(expression))).toBe(words);
});

test.each([
  [1, 'At 02:00 UTC on the third Tuesday of the month, plus 1 day'],
  [2, 'At 02:00 UTC on the third Tuesday of the month, plus 2 days'],
])('an offset of %s is part of the description', (scheduleOffset, words) => {
  expect(describeSchedule(saved('cron(0 2 ? * TUE#3 *)', { scheduleOffset, applyOnlyAtCronInterval: true }))).toBe(words);
});
