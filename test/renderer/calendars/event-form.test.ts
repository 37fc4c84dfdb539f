import { expect, test } from 'vitest';
import { EventDraft } from '../../../electron/domain/calendar-draft.ts';
import { draftOf, firstForm, whyIncomplete, withRepeats, withStartDate } from '../../../renderer/calendars/event-form.ts';
import { timeText } from '../../../renderer/calendars/event-words.ts';
import { nameFromFile } from '../../../renderer/calendars/import-words.ts';

const form = { ...firstForm('2026-03-27', 'Europe/Berlin'), summary: ' Exam ' };

test('a form that is complete is a draft that the controller takes', () => {
  expect(whyIncomplete(form)).toBeNull();
  expect(EventDraft.parse(draftOf(form))).toMatchObject({
    summary: 'Exam',
    startsAt: '2026-03-27T18:00',
    endsAt: '2026-03-27T22:00',
    weekdays: [],
  });
});

test('a start that moves takes the end along', () => {
  const twoDays = { ...form, endDate: '2026-03-29' };
  expect(withStartDate(twoDays, '2026-04-30').endDate).toBe('2026-05-02');
  expect(withStartDate(twoDays, '').endDate).toBe('2026-03-29');
});

test('repeats begin with the weekday of the first event, and go with them', () => {
  const weekly = withRepeats(form, 'weekly');
  expect(draftOf({ ...weekly, until: '2026-06-30' })).toMatchObject({ weekdays: [5], until: '2026-06-30' });
  expect(draftOf(withRepeats({ ...weekly, until: '2026-06-30' }, 'once'))).toMatchObject({ weekdays: [], until: null });
});

test.each([
  [{ summary: ' ' }, /title/],
  [{ startTime: '' }, /when it starts/],
  [{ repeats: 'weekly' as const, weekdays: [] }, /weekday/],
])('%j is not complete', (part, words) => {
  expect(whyIncomplete({ ...form, ...part })).toMatch(words);
});

test.each([
  ['Exams 2026.ics', 'Exams-2026'],
  ['Prüfungen.ics', 'Prufungen'],
  ['../../etc/passwd.ics', '..-..-etc-passwd'],
  ['a.ics', ''],
])('the file %s offers the name "%s"', (file, name) => {
  expect(nameFromFile(file)).toBe(name);
});

const time = (startsAt: string, endsAt: string) => ({ startsAt: new Date(`${startsAt}Z`), endsAt: new Date(`${endsAt}Z`) });

test('times are said in the zone of the event, with both days where there are two', () => {
  const zone = { timeZone: 'Europe/Berlin', isAllDay: false };
  expect(timeText(time('2026-03-27T17:00', '2026-03-27T21:00'), zone)).toBe('Fri, 27 Mar 2026, 18:00 to 22:00 Europe/Berlin');
  expect(timeText(time('2026-03-27T21:00', '2026-03-28T05:00'), zone)).toBe(
    'Fri, 27 Mar 2026, 22:00 to Sat, 28 Mar 2026, 06:00 Europe/Berlin',
  );
});

test('whole days have no times', () => {
  const zone = { timeZone: 'UTC', isAllDay: true };
  expect(timeText(time('2026-03-27T00:00', '2026-03-28T00:00'), zone)).toBe('Fri, 27 Mar 2026, all day, UTC');
  expect(timeText(time('2026-03-27T00:00', '2026-03-30T00:00'), zone)).toBe('Fri, 27 Mar 2026 to Sun, 29 Mar 2026, whole days, UTC');
});

test('a zone that only its file knows is said in UTC', () => {
  expect(timeText(time('2026-03-27T17:00', '2026-03-27T21:00'), { timeZone: 'Customized Time Zone', isAllDay: false })).toContain(
    '17:00 to 21:00 UTC',
  );
});
