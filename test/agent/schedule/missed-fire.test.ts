import { expect, test } from 'vitest';
import { decideMissedFire, resumeAfter } from '../../../agent/schedule/missed-fire.ts';
import { nextRun } from '../../../agent/schedule/schedule.ts';
import { saved } from './saved-schedule.ts';

const utc = (text: string): Date => new Date(`${text}Z`);
const missedAt = utc('2024-01-07T02:00');
const now = utc('2024-01-07T09:00');

test('a missed fire runs late when the next one is more than 30 minutes away', () => {
  expect(decideMissedFire({ missedAt, nextFire: utc('2024-01-07T09:30:00.001'), now })).toEqual({ kind: 'run-late' });
});

test('a missed fire is skipped when the next one is 30 minutes away or less', () => {
  expect(decideMissedFire({ missedAt, nextFire: utc('2024-01-07T09:30'), now })).toEqual({ kind: 'skip', because: 'next-fire-is-near' });
});

test('a missed fire runs late when no other will come', () => {
  expect(decideMissedFire({ missedAt, nextFire: null, now })).toEqual({ kind: 'run-late' });
});

test('a fire that is still ahead because the clock was set back is not missed', () => {
  expect(decideMissedFire({ missedAt, nextFire: missedAt, now: utc('2024-01-07T01:00') })).toEqual({
    kind: 'skip',
    because: 'not-due-yet',
  });
});

test('a fire of this very instant is due', () => {
  expect(decideMissedFire({ missedAt: now, nextFire: null, now })).toEqual({ kind: 'run-late' });
});

test('a clock that jumps backwards does not fire the same instant twice', () => {
  const schedule = saved('cron(0 2 ? * SUN *)');
  const search = resumeAfter({ now: utc('2024-01-07T01:58'), lastFired: missedAt });
  expect(nextRun(schedule, search)).toEqual(utc('2024-01-14T02:00'));
});

test('the search for the next fire starts now when the clock only went forward', () => {
  expect(resumeAfter({ now, lastFired: missedAt })).toEqual(now);
  expect(resumeAfter({ now, lastFired: null })).toEqual(now);
});
