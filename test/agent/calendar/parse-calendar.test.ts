import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { occurrencesFrom } from '../../../agent/calendar/calendar-event.ts';
import { calendarState } from '../../../agent/calendar/calendar-state.ts';
import { parseCalendar } from '../../../agent/calendar/parse-calendar.ts';
import { vectorText } from '../../vectors.ts';
import { anEvent, calendarText, understood } from './a-calendar.ts';

const problemsOf = (text: string) => {
  const parsed = parseCalendar(text);
  return parsed.ok ? [] : parsed.problems;
};

const LONG_AGO = Date.parse('1970-01-01T00:00:00Z');

/** When the first event of a calendar is on, the first few times. */
function times(lines: readonly string[], { count = 1, properties = [] as string[], components = [] as string[] } = {}): string[] {
  const calendar = understood(calendarText([...components, anEvent(lines)], ['X-CALENDAR-TYPE:DEFAULT_OPEN', ...properties]));
  const [event] = calendar.events;
  const found: string[] = [];
  if (event === undefined) return found;
  const text = (instant: number) => new Date(instant).toISOString().slice(0, 16);
  for (const { start, end } of occurrencesFrom(event, LONG_AGO)) if (found.push(`${text(start)} ${text(end)}`) === count) break;
  return found;
}

describe('what is refused, and where', () => {
  test('the shared samples', () => {
    expect(problemsOf(vectorText('document-samples/24-calendar-invalid-no-type.ics'))).toMatchObject([{ code: 'TYPE_MISSING' }]);
    expect(problemsOf(vectorText('document-samples/26-invalid-calendar-cancelled-occurrence.ics'))).toMatchObject([
      { code: 'OCCURRENCE_CANCELLED', line: 12, message: expect.stringContaining('EXDATE') },
    ]);
  });

  test.each([
    ['a text that is none', 'hello', 'NOT_A_CALENDAR', 1],
    ['nothing', '', 'NOT_A_CALENDAR', 1],
    ['a text that is cut off', 'BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nDTSTART:2026', 'NOT_A_CALENDAR', 4],
    ['a line without a name', calendarText(['what is this']), 'NOT_A_CALENDAR', 5],
    ['an END that fits nothing', calendarText(['END:VEVENT']), 'NOT_A_CALENDAR', 5],
    ['two calendars in one', calendarText([anEvent()]) + calendarText([anEvent()]), 'NOT_A_CALENDAR', 12],
    ['components without end', `BEGIN:VCALENDAR\n${'BEGIN:X\n'.repeat(3000)}`, 'NOT_A_CALENDAR', 9],
    ['an older version', calendarText([anEvent()]).replace('VERSION:2.0', 'VERSION:1.0'), 'VERSION_NOT_SUPPORTED', 2],
    ['no type', calendarText([anEvent()], []), 'TYPE_MISSING', 1],
    ['a type of another kind', calendarText([anEvent()], ['X-CALENDAR-TYPE:OPEN']), 'TYPE_MISSING', 4],
    ['two types', calendarText([anEvent()], ['X-CALENDAR-TYPE:DEFAULT_OPEN', 'X-CALENDAR-TYPE:DEFAULT_CLOSED']), 'TYPE_MISSING', 4],
    ['no event', calendarText([]), 'NO_EVENT', null],
    ['only a task', calendarText(['BEGIN:VTODO', 'UID:1', 'END:VTODO']), 'NO_EVENT', null],
    ['a zone of its own that is none', calendarText([anEvent()], ['X-CALENDAR-TYPE:DEFAULT_OPEN', 'X-WR-TIMEZONE:Mars']), 'TIME_ZONE', 5],
  ])('%s', (...[, text, code, line]) => {
    expect(problemsOf(text)).toMatchObject([{ code, line }]);
  });

  test.each([
    ['a moved occurrence', ['RECURRENCE-ID:20260112T180000Z'], 'RECURRENCE-ID'],
    ['a start that does not exist', ['DTSTART:20260230T180000Z'], 'DTSTART'],
    ['a start that is no date', ['DTSTART:tomorrow'], 'DTSTART'],
    ['a start without a zone', ['DTSTART:20260105T180000'], 'TZID=Europe/Berlin'],
    ['an unknown zone', ['DTSTART;TZID=Mars/Olympus:20260105T180000'], '\\"Mars/Olympus\\"'],
    ['no end', ['NOEND'], 'has no end'],
    ['an end before the start', ['DTEND:20260105T170000Z'], 'ends before'],
    ['an end at the start', ['DTEND:20260105T180000Z'], 'ends before'],
    ['a day at one end only', ['DTEND;VALUE=DATE:20260106'], 'a day at one end'],
    ['a length that is none', ['DURATION:-PT2H'], 'DURATION'],
    ['repeats by the hour', ['RRULE:FREQ=HOURLY;COUNT=3'], 'HOURLY'],
    ['repeats by the second', ['RRULE:FREQ=SECONDLY'], 'SECONDLY'],
    ['repeats by weeks of the year', ['RRULE:FREQ=YEARLY;BYWEEKNO=20'], 'BYWEEKNO'],
    ['repeats several times a day', ['RRULE:FREQ=DAILY;BYHOUR=9,18'], 'times of the day'],
    ['repeats without a number', ['RRULE:FREQ=DAILY;COUNT=0'], 'COUNT'],
    ['two ends of the repeats', ['RRULE:FREQ=DAILY;COUNT=3;UNTIL=20270101T000000Z'], 'UNTIL'],
    ['two rules', ['RRULE:FREQ=DAILY', 'RRULE:FREQ=WEEKLY'], 'two rules'],
    ['too many repeats to count', ['RRULE:FREQ=DAILY;COUNT=1000000000'], 'too often'],
  ])('%s', (_what, lines, words) => {
    const [problem, ...others] = problemsOf(calendarText([anEvent(lines, 'Exam “week” \u0007')]));
    expect(others).toEqual([]);
    expect(JSON.stringify(problem?.message)).toContain(words);
    expect(problem?.message).toMatch(/^[^\n\u0007]+\.$/);
    expect(problem?.line).toBeGreaterThan(4);
  });

  test('every event that is wrong is named, each on its line', () => {
    const text = calendarText([anEvent(), anEvent(['EXDATE:20260112T180000Z'], 'One'), anEvent(['NOEND'], 'Two')]);
    expect(problemsOf(text).map(({ code, line }) => ({ code, line }))).toEqual([
      { code: 'OCCURRENCE_CANCELLED', line: 16 },
      { code: 'EVENT_INVALID', line: 21 },
    ]);
  });

  test('repeats that would be counted through more years than there are end with the last one', () => {
    const text = calendarText([anEvent(['RRULE:FREQ=YEARLY;INTERVAL=50;COUNT=20000'])]);
    expect(understood(text).events[0]?.repeat?.lastStart).toBe(Date.parse('2976-01-05T18:00:00Z'));
  });

  test('more events than a document has room for are refused before they are read', () => {
    const text = calendarText(Array.from({ length: 2001 }, () => anEvent(['RRULE:FREQ=MONTHLY;BYDAY=9MO'])));
    expect(problemsOf(text)).toMatchObject([{ code: 'EVENT_INVALID', message: expect.stringContaining('2000 events') }]);
  });

  test('all counted repeats of a calendar together have a limit', () => {
    const text = calendarText([anEvent(['RRULE:FREQ=DAILY;COUNT=15000']), anEvent(['RRULE:FREQ=DAILY;COUNT=15000'])]);
    expect(problemsOf(text)).toMatchObject([{ code: 'EVENT_INVALID', message: expect.stringContaining('20000') }]);
  });
});

describe('when an event is', () => {
  test('times in UTC, with a line that is folded', () => {
    expect(times(['SUMMARY:A freeze with a title that goes on\r\n  on the next line'])).toEqual(['2026-01-05T18:00 2026-01-05T22:00']);
  });

  test('times in a zone, also across a change of the clocks', () => {
    expect(times(['DTSTART;TZID=Europe/Berlin:20260328T200000', 'DTEND;TZID=Europe/Berlin:20260329T080000'])).toEqual([
      '2026-03-28T19:00 2026-03-29T06:00',
    ]);
  });

  test('repeats keep the time of day, and their exact length over a change of the clocks', () => {
    const lines = ['DTSTART;TZID=Europe/Berlin:20260328T010000', 'DTEND;TZID=Europe/Berlin:20260328T050000', 'RRULE:FREQ=DAILY;COUNT=3'];
    expect(times(lines, { count: 4 })).toEqual([
      '2026-03-28T00:00 2026-03-28T04:00',
      '2026-03-29T00:00 2026-03-29T04:00',
      '2026-03-29T23:00 2026-03-30T03:00',
    ]);
  });

  test('a repeat whose hour does not exist is an hour later, and not lost', () => {
    const lines = ['DTSTART;TZID=Europe/Berlin:20260328T023000', 'DTEND;TZID=Europe/Berlin:20260328T040000', 'RRULE:FREQ=DAILY'];
    expect(times(lines, { count: 2 })).toEqual(['2026-03-28T01:30 2026-03-28T03:00', '2026-03-29T01:30 2026-03-29T03:00']);
  });

  test('whole days are days of the wall: one with a change of the clocks has 23 hours', () => {
    const lines = ['DTSTART;VALUE=DATE:20260328', 'DTEND;VALUE=DATE:20260329', 'RRULE:FREQ=DAILY'];
    expect(times(lines, { count: 2, properties: ['X-WR-TIMEZONE:Europe/Berlin'] })).toEqual([
      '2026-03-27T23:00 2026-03-28T23:00',
      '2026-03-28T23:00 2026-03-29T22:00',
    ]);
    expect(times(['DTSTART;VALUE=DATE:20260328', 'NOEND'])).toEqual(['2026-03-28T00:00 2026-03-29T00:00']);
  });

  test('a length in place of an end', () => {
    expect(times(['DURATION:PT90M'])).toEqual(['2026-01-05T18:00 2026-01-05T19:30']);
    expect(times(['DURATION:P1W'])).toEqual(['2026-01-05T18:00 2026-01-12T18:00']);
  });

  test('times without a zone are those of the calendar, or of whoever brings it in', () => {
    const floating = ['DTSTART:20260105T180000', 'DTEND:20260105T190000'];
    expect(times(floating, { properties: ['X-WR-TIMEZONE:America/New_York'] })).toEqual(['2026-01-05T23:00 2026-01-06T00:00']);
    const calendar = understood(calendarText([anEvent(floating)]), { timeZone: 'Asia/Tokyo' });
    expect(calendarState([calendar], new Date('2026-01-05T09:30:00Z')).state).toBe('CLOSED');
  });

  test('repeats end with the day or the instant of UNTIL', () => {
    const until = (text: string) => times([`RRULE:FREQ=DAILY;UNTIL=${text}`], { count: 10 }).length;
    expect([until('20260107'), until('20260107T180000Z'), until('20260107T175959Z')]).toEqual([3, 3, 2]);
  });

  test('the first time is on also where UNTIL is before it', () => {
    const before = ['RRULE:FREQ=DAILY;UNTIL=20260101T000000Z'];
    expect(times(before, { count: 10 }).map((time) => time.slice(0, 10))).toEqual(['2026-01-05']);
    expect(calendarState([understood(calendarText([anEvent(before)]))], new Date('2026-01-05T19:00:00Z')).state).toBe('CLOSED');
  });

  test('further dates are on beside the regular ones, in their order', () => {
    const lines = ['RRULE:FREQ=WEEKLY;COUNT=2', 'RDATE:20260101T180000Z,20260107T180000Z'];
    expect(times(lines, { count: 5 }).map((time) => time.slice(0, 10))).toEqual(['2026-01-01', '2026-01-05', '2026-01-07', '2026-01-12']);
  });
});

/** As Exchange writes them: a name of Windows, and the rules of now from 1601 on. */
const westernEurope = (tzid: string) => [
  'BEGIN:VTIMEZONE',
  `TZID:${tzid}`,
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];
const inZone = (tzid: string) => [`DTSTART;TZID="${tzid}":20260328T180000`, `DTEND;TZID="${tzid}":20260328T190000`, 'RRULE:FREQ=DAILY'];
const overChange = ['2026-03-28T17:00 2026-03-28T18:00', '2026-03-29T16:00 2026-03-29T17:00'];

describe('zones that a file brings', () => {
  test.each([
    ['a name of the IANA data base', 'Europe/Berlin', []],
    ['a name with the prefix of a program', '/mozilla.org/20070129_1/Europe/Berlin', []],
    ['a name of Windows without rules', 'W. Europe Standard Time', []],
    ['a name of Windows with rules', 'W. Europe Standard Time', westernEurope('W. Europe Standard Time')],
    ['a name that only this file knows', 'Customized Time Zone', westernEurope('Customized Time Zone')],
    [
      'a name of the IANA data base with wrong rules',
      'Europe/Berlin',
      westernEurope('Europe/Berlin').map((line) => line.replace('+0200', '+0900')),
    ],
  ])('%s', (_what, tzid, components) => {
    expect(times(inZone(tzid), { count: 2, components })).toEqual(overChange);
  });

  test.each([
    ['has no parts', (lines: string[]) => [...lines.slice(0, 2), 'END:VTIMEZONE']],
    ['has no offsets', (lines: string[]) => lines.filter((line) => !line.startsWith('TZOFFSET'))],
    ['repeats in a way that is not known', (lines: string[]) => lines.map((line) => line.replace('FREQ=YEARLY', 'FREQ=SECONDLY'))],
  ])('rules of which one %s make no zone', (_what, spoil) => {
    const text = calendarText([...spoil(westernEurope('Ours')), anEvent(inZone('Ours'))]);
    expect(problemsOf(text)).toMatchObject([{ code: 'EVENT_INVALID', message: expect.stringContaining('"Ours"') }]);
  });
});

describe('hostile texts', () => {
  test('parsing never throws, whatever comes', () => {
    const piece = fc.constantFrom(
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'END:VEVENT',
      'END:VCALENDAR',
      'DTSTART',
      'RRULE',
      'FREQ=DAILY',
      ':',
      ';',
      '=',
      '"',
      ',',
      '\n',
      '\r\n ',
      '__proto__',
      'TZID=',
      '20260105T180000Z',
      '\u0000',
      '\\',
      'constructor',
    );
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
    );
    void fc.assert(
      fc.property(anything, anything, (text, inside) => {
        expect(parseCalendar(text).ok).toBe(false);
        for (const line of [`DTSTART${inside}`, `RRULE:${inside}`, `X-A;${inside}:1`])
          parseCalendar(calendarText([anEvent([line.replaceAll(/[\r\n]/g, '')])]));
      }),
      { numRuns: 1500 },
    );
  });

  test.each(['FREQ=YEARLY;INTERVAL=50;COUNT=20000', 'FREQ=MONTHLY;INTERVAL=500;COUNT=20000'])(
    'repeats that are counted past all years that there are end with these: %s',
    (rule) => {
      const calendar = understood(calendarText([anEvent([`RRULE:${rule}`])]));
      expect(calendarState([calendar], new Date('2026-01-05T19:00:00Z'))).toEqual({
        state: 'CLOSED',
        nextTransitionAt: new Date('2026-01-05T22:00:00Z'),
      });
      expect(calendarState([calendar], new Date(8.64e15))).toEqual({ state: 'OPEN', nextTransitionAt: null });
    },
  );

  test('a calendar full of the worst repeats is understood and asked in a bounded time', () => {
    const worst = [
      'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
      'RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2',
      'RRULE:FREQ=DAILY',
      'RRULE:FREQ=YEARLY;BYDAY=53SU;INTERVAL=1000',
    ];
    const events = Array.from({ length: 400 }, (_, number) =>
      anEvent(['DTSTART:16010101T000000Z', 'DTEND:16010102T000000Z', worst[number % 4] ?? ''], 'x'),
    );
    const startedAt = performance.now();
    const calendar = understood(calendarText(events));
    expect(calendarState([calendar], new Date('2199-01-01T00:00:00Z'))).toEqual({ state: 'CLOSED', nextTransitionAt: null });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
