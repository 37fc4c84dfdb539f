import type { ChangeCalendar } from '../../../agent/calendar/change-calendar.ts';
import { type CalendarChoices, parseCalendar } from '../../../agent/calendar/parse-calendar.ts';

/** The lines of one event; what is not given is as in most events. */
export function anEvent(lines: readonly string[] = [], summary = 'Freeze'): string {
  const own = (name: string) => lines.some((line) => line.startsWith(name));
  const usual = [
    ...(own('UID') ? [] : [`UID:${summary}@test`]),
    ...(own('SUMMARY') ? [] : [`SUMMARY:${summary}`]),
    ...(own('DTSTART') ? [] : ['DTSTART:20260105T180000Z']),
    ...(own('DTEND') || own('DURATION') || own('NOEND') ? [] : ['DTEND:20260105T220000Z']),
  ];
  return ['BEGIN:VEVENT', ...usual, ...lines.filter((line) => line !== 'NOEND'), 'END:VEVENT'].join('\r\n');
}

/** An iCalendar text around events and other components. */
export function calendarText(components: readonly string[], properties: readonly string[] = ['X-CALENDAR-TYPE:DEFAULT_OPEN']): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//EN', ...properties, ...components, 'END:VCALENDAR', ''].join('\r\n');
}

/** The calendar of a text that is expected to be good. */
export function understood(text: string, choices: CalendarChoices = {}): ChangeCalendar {
  const parsed = parseCalendar(text, choices);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '));
  return parsed.calendar;
}
