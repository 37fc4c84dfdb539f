import { expect, test } from 'vitest';
import { isDueNow, owedTrigger, triggerOfOwed, wasLongAbsent } from '../../../electron/domain/owed-run.ts';

const now = new Date('2026-03-01T02:00:00Z');
const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

test('a catch-up is left to the next run when that is less than 30 minutes away', () => {
  expect(isDueNow({ trigger: 'CatchUp', nextRunAt: after(29), now })).toBe(false);
  expect(isDueNow({ trigger: 'CatchUp', nextRunAt: after(30), now })).toBe(true);
  expect(isDueNow({ trigger: 'CatchUp', nextRunAt: null, now })).toBe(true);
});

test('a new member runs however near the next run is', () => {
  expect(isDueNow({ trigger: 'NodeMatched', nextRunAt: after(1), now })).toBe(true);
  expect(isDueNow({ trigger: 'LongAbsence', nextRunAt: after(1), now })).toBe(true);
});

test('a node was away for long after more than 30 days, and not when it was never there', () => {
  const days = (count: number) => new Date(now.getTime() - count * 24 * 3_600_000);
  expect(wasLongAbsent({ lastPingAt: days(31), now })).toBe(true);
  expect(wasLongAbsent({ lastPingAt: days(30), now })).toBe(false);
  expect(wasLongAbsent({ lastPingAt: null, now })).toBe(false);
});

test('what a node missed while it was away is one catch-up, whatever it was; a new member stays one', () => {
  expect(owedTrigger('Schedule')).toBe('CatchUp');
  expect(owedTrigger('Edited')).toBe('CatchUp');
  expect(owedTrigger('NodeMatched')).toBe('NodeMatched');
  expect(triggerOfOwed({ trigger: 'CatchUp', because: 'NodeOffline' })).toBe('CatchUp');
  expect(triggerOfOwed({ trigger: 'CatchUp', because: 'CalendarClosed' })).toBe('CalendarOpened');
});
