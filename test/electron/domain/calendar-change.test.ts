import { describe, expect, test } from 'vitest';
import { calendarState } from '../../../agent/calendar/calendar-state.ts';
import { describeRepeat } from '../../../agent/calendar/describe-repeat.ts';
import { changedCalendar } from '../../../electron/domain/calendar-change.ts';
import { readCalendarText } from '../../../electron/domain/calendar-content.ts';
import type { CalendarChange, EventDraft } from '../../../electron/domain/calendar-draft.ts';
import { anEvent, calendarText, understood } from '../../agent/calendar/a-calendar.ts';

const facts = { now: new Date('2026-01-01T00:00:00Z'), newUid: () => 'uid@test' };

const anEventDraft = (settings: Partial<EventDraft> = {}): EventDraft => ({
  summary: 'Freeze',
  isAdvisory: false,
  timeZone: 'Europe/Berlin',
  startsAt: '2026-03-27T18:00',
  endsAt: '2026-03-27T22:00',
  weekdays: [],
  until: null,
  ...settings,
});
const create = (event: EventDraft): CalendarChange => ({ kind: 'create', type: 'DEFAULT_OPEN', description: 'No changes', event });
const anImport = (text: string, settings: Partial<Extract<CalendarChange, { kind: 'import' }>> = {}): CalendarChange => ({
  kind: 'import',
  type: 'DEFAULT_OPEN',
  fileName: 'exams.ics',
  text,
  timeZone: null,
  ...settings,
});

/** A zone that only its file knows, always as far from UTC. */
const labZone = (offset: string): string[] => [
  'BEGIN:VTIMEZONE',
  'TZID:Lab',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  `TZOFFSETFROM:${offset}`,
  `TZOFFSETTO:${offset}`,
  'END:STANDARD',
  'END:VTIMEZONE',
];

function changed(current: string | null, change: CalendarChange) {
  const result = changedCalendar(current, change, facts);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join(' '));
  return result;
}
const summaries = (content: string) => understood(content).events.map(({ summary }) => summary);
const problemsOf = (current: string | null, change: CalendarChange) => {
  const result = changedCalendar(current, change, facts);
  return result.ok ? [] : result.problems;
};

describe('an event that a person writes', () => {
  test('is on when it says, in its zone', () => {
    const { content, calendar } = changed(null, create(anEventDraft()));
    expect(calendar).toMatchObject({ type: 'DEFAULT_OPEN', description: 'No changes' });
    expect(calendarState([understood(content)], new Date('2026-03-27T12:00:00Z'))).toEqual({
      state: 'OPEN',
      nextTransitionAt: new Date('2026-03-27T17:00:00Z'),
    });
  });

  test('every week on some days until a day, which is one of them', () => {
    const weekly = anEventDraft({ weekdays: [5, 1], until: '2026-04-03' });
    const { calendar } = changed(null, create(weekly));
    const [event] = calendar.events;
    expect(event === undefined ? '' : describeRepeat(event)).toBe('Every week on Friday and Monday, until 3 April 2026');
    expect(calendarState([calendar], new Date('2026-04-03T17:00:00Z')).state).toBe('CLOSED');
    expect(calendarState([calendar], new Date('2026-04-04T17:00:00Z'))).toEqual({ state: 'OPEN', nextTransitionAt: null });
  });

  test('is told by its weekday also where it began before 1970', () => {
    const [event] = understood(calendarText([anEvent(['DTSTART:19691224T180000Z', 'DTEND:19691224T190000Z', 'RRULE:FREQ=WEEKLY'])])).events;
    expect(event === undefined ? '' : describeRepeat(event)).toBe('Every week on Wednesday');
  });

  test('text that would be a line of its own is only text', () => {
    const summary = 'Exam\r\nEND:VEVENT\r\nRRULE:FREQ=DAILY;a,b\\';
    const { calendar, content } = changed(null, create(anEventDraft({ summary })));
    expect(calendar.events).toHaveLength(1);
    expect(calendar.events[0]?.repeat).toBeNull();
    expect(summaries(content)[0]).toContain('RRULE:FREQ=DAILY;a,b\\');
  });

  test.each([
    ['an end before the start', { endsAt: '2026-03-27T17:00' }],
    ['a day that does not exist', { startsAt: '2026-02-30T18:00' }],
    ['a zone that does not exist', { timeZone: 'Mars/Olympus' }],
    ['an end of the repeats that is no day', { weekdays: [5], until: '2026-13-01' }],
  ])('%s is refused', (_what, settings) => {
    expect(problemsOf(null, create(anEventDraft(settings)))).toMatchObject([{ code: 'EVENT_INVALID' }]);
  });
});

describe('a file that is brought in', () => {
  const own = changed(null, create(anEventDraft({ summary: 'Own' }))).content;

  test('needs no type of its own, since the person says it', () => {
    const { calendar } = changed(null, anImport(calendarText([anEvent()], []), { type: 'DEFAULT_CLOSED' }));
    expect(calendar.type).toBe('DEFAULT_CLOSED');
    expect(problemsOf(null, anImport(calendarText([anEvent()], []), { type: null }))).toMatchObject([{ code: 'TYPE_MISSING' }]);
  });

  test('leaves what a calendar does not need where it was', () => {
    const chatty = anEvent(['DESCRIPTION:Call me', 'ATTENDEE:mailto:a@example.org', 'BEGIN:VALARM', 'TRIGGER:-PT5M', 'END:VALARM']);
    expect(changed(null, anImport(calendarText([chatty]))).content).not.toMatch(/DESCRIPTION|ATTENDEE|VALARM/);
  });

  test('has a long title cut between characters, and not inside one', () => {
    const { content } = changed(null, anImport(calendarText([anEvent([], `${'a'.repeat(199)}😀${'b'.repeat(50)}`)])));
    expect(content.isWellFormed()).toBe(true);
    expect(summaries(content)).toEqual([`${'a'.repeat(199)}😀`]);
  });

  test('brought in again replaces its events, and leaves all others', () => {
    const first = changed(own, anImport(calendarText([anEvent([], 'A'), anEvent([], 'B')]))).content;
    const other = changed(first, anImport(calendarText([anEvent([], 'Other')]), { fileName: 'holidays.ics' })).content;
    const again = changed(other, anImport(calendarText([anEvent([], 'C')]))).content;
    expect(summaries(again)).toEqual(['Own', 'Other', 'C']);
  });

  test('brought in again without a change makes the same text', () => {
    const once = changed(own, anImport(calendarText([anEvent(['DTSTAMP:20260101T000000Z'])]))).content;
    expect(changed(once, anImport(calendarText([anEvent(['DTSTAMP:20260101T000000Z'])]))).content).toBe(once);
  });

  test('has the times without a zone in the zone that is said for it alone', () => {
    const floating = calendarText([anEvent(['DTSTART:20260105T180000', 'DTEND:20260105T190000'])]);
    expect(problemsOf(own, anImport(floating))).toMatchObject([{ line: expect.any(Number) }]);
    const berlin = changed(own, anImport(floating, { timeZone: 'Europe/Berlin' })).content;
    const both = changed(berlin, anImport(floating, { timeZone: 'Asia/Tokyo', fileName: 'tokyo.ics' })).calendar;
    const startsAt = (at: string) => calendarState([both], new Date(at)).state;
    expect([startsAt('2026-01-05T17:30:00Z'), startsAt('2026-01-05T09:30:00Z'), startsAt('2026-01-05T12:00:00Z')]).toEqual([
      'CLOSED',
      'CLOSED',
      'OPEN',
    ]);
  });

  test('keeps the clocks that only it knows, also beside another file that means others by the same name', () => {
    const file = (offset: string) =>
      calendarText([...labZone(offset), anEvent(['DTSTART;TZID=Lab:20260105T120000', 'DTEND;TZID=Lab:20260105T130000'])]);
    const one = changed(own, anImport(file('+0300'))).content;
    const two = changed(one, anImport(file('-0500'), { fileName: 'two.ics' }));
    const isClosed = (hour: string) => calendarState([two.calendar], new Date(`2026-01-05T${hour}:30:00Z`)).state === 'CLOSED';
    expect(['09', '12', '17'].map(isClosed)).toEqual([true, false, true]);
    const without = changed(two.content, { kind: 'remove-events', positions: [1, 2] }).content;
    expect(without).not.toContain('VTIMEZONE');
  });

  test('keeps the clocks that only it knows where its times name none and the file names them for all', () => {
    const file = (offset: string) =>
      calendarText([...labZone(offset), anEvent(['DTSTART:20260105T120000', 'DTEND:20260105T130000'])], ['X-WR-TIMEZONE:Lab']);
    const one = changed(own, anImport(file('+0300'))).content;
    const two = changed(one, anImport(file('-0500'), { fileName: 'two.ics' }));
    const closedHours = (calendar: ReturnType<typeof understood>) =>
      ['09', '12', '17'].filter((hour) => calendarState([calendar], new Date(`2026-01-05T${hour}:30:00Z`)).state === 'CLOSED');
    expect(closedHours(two.calendar)).toEqual(['09', '17']);
    expect(closedHours(changed(two.content, { kind: 'remove-events', positions: [0] }).calendar)).toEqual(['09', '17']);
    const without = changed(two.content, { kind: 'remove-events', positions: [1, 2] }).content;
    expect(without).not.toContain('VTIMEZONE');
  });

  test('is refused by its own lines', () => {
    expect(problemsOf(own, anImport(calendarText([anEvent(['EXDATE:20260105T180000Z'])])))).toMatchObject([
      { code: 'OCCURRENCE_CANCELLED', line: 10 },
    ]);
  });
});

test('events are removed one by one, but not the last', () => {
  const text = changed(null, anImport(calendarText([anEvent([], 'A'), anEvent([], 'B'), anEvent([], 'C')]))).content;
  const left = changed(text, { kind: 'remove-events', positions: [0, 2] }).content;
  expect(summaries(left)).toEqual(['B']);
  expect(problemsOf(left, { kind: 'remove-events', positions: [0] })).toMatchObject([{ code: 'NO_EVENT' }]);
});

test('a file that is full of zones is brought in soon, into a calendar that has many', () => {
  const zone = (name: string, ...parts: string[]) => ['BEGIN:VTIMEZONE', `TZID:${name}`, ...parts, 'END:VTIMEZONE'].join('\r\n');
  const parts = ['BEGIN:STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0100', 'END:STANDARD'];
  const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
  const used = numbers(280).map((number) => anEvent([`DTSTART;TZID=z${number}:20260101T000000`, 'DURATION:PT1H']));
  const current = calendarText([...numbers(280).map((number) => zone(`z${number}`, ...parts)), ...used]);
  const file = calendarText([...numbers(20_000).map((number) => zone(`q${number}`)), anEvent()]);
  const before = process.cpuUsage();
  expect(changed(current, anImport(file)).calendar.events).toHaveLength(281);
  expect(process.cpuUsage(before).user).toBeLessThan(4_000_000);
});

test('a text that is larger than a document may be is not read at all', () => {
  const read = readCalendarText(`${calendarText([anEvent()])}${'A:b\r\n'.repeat(20_000)}`);
  expect(read).toMatchObject({ ok: false, problems: [{ code: 'MaxDocumentSizeExceeded' }] });
});
