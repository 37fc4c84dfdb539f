import { describe, expect, test } from 'vitest';
import type { CalendarAgenda } from '../../../electron/api/calendars.ts';
import { daySummary, matchesOf } from '../../../renderer/calendars/calendar-words.ts';
import { agendaOf, dayAfterKey, monthAfter, monthOf, rangeOf, weeksOf } from '../../../renderer/calendars/month-grid.ts';

const at = (text: string) => new Date(`${text}Z`);
const nothing: CalendarAgenda = { periods: [], events: [], runs: [], clockChanges: [], isCut: false };

describe('a month', () => {
  test('has whole weeks from Monday on', () => {
    const weeks = weeksOf('2026-03', 'Europe/Berlin');
    expect(weeks.map((week) => week[0]?.date)).toEqual([
      '2026-02-23',
      '2026-03-02',
      '2026-03-09',
      '2026-03-16',
      '2026-03-23',
      '2026-03-30',
    ]);
    expect(weeks.flat().filter(({ isInMonth }) => isInMonth)).toHaveLength(31);
  });

  test('begins at midnight of the zone, and a day with a change of the clocks has 23 or 25 hours', () => {
    const days = weeksOf('2026-03', 'Europe/Berlin').flat();
    expect(rangeOf(weeksOf('2026-03', 'Europe/Berlin')).from).toEqual(at('2026-02-22T23:00'));
    const hours = (date: string) =>
      days.filter((day) => day.date === date).map(({ start, end }) => (end.getTime() - start.getTime()) / 3_600_000);
    expect([hours('2026-03-28'), hours('2026-03-29')]).toEqual([[24], [23]]);
  });

  test('goes on over the end of a year', () => {
    expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
    expect(monthOf(at('2026-12-31T23:30'), 'Europe/Berlin')).toBe('2027-01');
  });
});

describe('a day', () => {
  const days = weeksOf('2026-03', 'UTC').flat();
  const tenth = days.find(({ date }) => date === '2026-03-10');
  const associationId = '00000001-0000-4000-8000-000000000001';
  const agenda: CalendarAgenda = {
    ...nothing,
    periods: [
      { state: 'OPEN', startsAt: at('2026-03-01T00:00'), endsAt: at('2026-03-10T18:00') },
      { state: 'CLOSED', startsAt: at('2026-03-10T18:00'), endsAt: at('2026-03-11T06:00') },
    ],
    runs: [
      { associationId, title: 'nightly', at: at('2026-03-10T12:00'), isSkipped: false },
      { associationId, title: 'nightly', at: at('2026-03-10T20:00'), isSkipped: true },
      { associationId, title: 'nightly', at: at('2026-03-11T00:00'), isSkipped: true },
    ],
  } as CalendarAgenda;

  test('has its part of what goes over midnight, and the runs from its first moment until before the next day', () => {
    if (tenth === undefined) throw new Error('March has a tenth day.');
    const { segments, runs } = agendaOf(agenda, tenth);
    expect(segments.map(({ state, from, to }) => [state, from, to])).toEqual([
      ['OPEN', 0, 0.75],
      ['CLOSED', 0.75, 1],
    ]);
    expect(runs).toHaveLength(2);
  });

  test('is said in words', () => {
    if (tenth === undefined) throw new Error('March has a tenth day.');
    expect(daySummary(agendaOf(agenda, tenth))).toMatch(/^closed \d\d:00 to 24:00, 2 runs, 1 of them skipped$/);
    expect(daySummary(agendaOf(nothing, tenth))).toBe('open');
  });

  test('is left by arrows, which end at the edge', () => {
    expect(dayAfterKey(days, '2026-03-10', 'ArrowDown')).toBe('2026-03-17');
    expect(dayAfterKey(days, '2026-03-10', 'ArrowLeft')).toBe('2026-03-09');
    expect(dayAfterKey(days, days[0]?.date ?? '', 'ArrowUp')).toBeNull();
    expect(dayAfterKey(days, '2026-03-10', 'Enter')).toBeNull();
  });
});

test('calendars are found by every word of their name and description, and by their state', () => {
  const row = { nextTransitionAt: null, type: 'DEFAULT_OPEN', problem: null, eventCount: 1, usedBy: [], documentVersion: 1 } as const;
  const rows = [
    { ...row, name: 'Exams', description: 'Room B12', state: 'OPEN' as const, usedBy: [] },
    { ...row, name: 'Freeze', description: 'Year end', state: 'CLOSED' as const, usedBy: [] },
  ];
  expect(matchesOf(rows, 'b12 exam', null).map(({ name }) => name)).toEqual(['Exams']);
  expect(matchesOf(rows, '', 'CLOSED').map(({ name }) => name)).toEqual(['Freeze']);
});
