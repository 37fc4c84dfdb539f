import { expect, test } from 'vitest';
import { openSsmSite, refusal } from './ssm-site.ts';

/** Closed on the first of March 2026 from 10:00 to 12:00 UTC. */
const calendar = (type: 'DEFAULT_OPEN' | 'DEFAULT_CLOSED', start: string, end: string) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//lab//test//EN',
    `X-CALENDAR-TYPE:${type}`,
    'BEGIN:VEVENT',
    'UID:1@lab',
    'DTSTAMP:20260101T000000Z',
    `DTSTART:${start}`,
    `DTEND:${end}`,
    'SUMMARY:Maintenance',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');

function calendarSite() {
  const opened = openSsmSite();
  const create = (Name: string, Content: string) =>
    opened.call('CreateDocument', { Name, Content, DocumentType: 'ChangeCalendar', DocumentFormat: 'TEXT' });
  create('Open-days', calendar('DEFAULT_OPEN', '20260301T100000Z', '20260301T120000Z'));
  create('Closed-days', calendar('DEFAULT_CLOSED', '20260301T090000Z', '20260301T110000Z'));
  const state = (CalendarNames: string[], AtTime?: string) =>
    opened.call('GetCalendarState', { CalendarNames, ...(AtTime === undefined ? {} : { AtTime }) });
  return { ...opened, state };
}

test('a calendar says whether it is open, now or then, and until when', () => {
  const { state } = calendarSite();
  expect(state(['Open-days'])).toEqual({
    State: 'OPEN',
    AtTime: '2026-03-01T02:00:00Z',
    NextTransitionTime: '2026-03-01T10:00:00Z',
  });
  expect(state(['Open-days'], '2026-03-01T10:00:00Z')).toEqual({
    State: 'CLOSED',
    AtTime: '2026-03-01T10:00:00Z',
    NextTransitionTime: '2026-03-01T12:00:00Z',
  });
  expect(state(['Open-days'], '2026-03-01T13:00:00+01:00')).toEqual({ State: 'OPEN', AtTime: '2026-03-01T12:00:00Z' });
});

test('several are open only while all of them are', () => {
  const { state } = calendarSite();
  expect(state(['Open-days', 'Closed-days'], '2026-03-01T09:30:00Z')).toEqual({
    State: 'OPEN',
    AtTime: '2026-03-01T09:30:00Z',
    NextTransitionTime: '2026-03-01T10:00:00Z',
  });
  expect(state(['Open-days', 'Closed-days'], '2026-03-01T08:00:00Z')).toMatchObject({
    State: 'CLOSED',
    NextTransitionTime: '2026-03-01T09:00:00Z',
  });
});

test('a calendar may be named by the ARN that it had', () => {
  const { state } = calendarSite();
  expect(state(['arn:aws:ssm:eu-west-1:111122223333:document/Open-days'])).toMatchObject({ State: 'OPEN' });
});

test('what is no calendar, and no time, is refused', () => {
  const { state } = calendarSite();
  expect(() => state(['No-such-days'])).toThrow(refusal('InvalidDocument', 'CalendarNames'));
  expect(() => state(['AWS-RunShellScript'])).toThrow(refusal('InvalidDocumentType', 'CalendarNames'));
  expect(() => state([])).toThrow(refusal('ValidationException', 'CalendarNames'));
  expect(() => state(['Open-days'], 'noon')).toThrow(refusal('ValidationException', 'AtTime'));
});
