import type { CalendarEvent, EventRepeat } from './calendar-event.ts';
import { dayOf, partsOf, weekdayOf } from './day.ts';
import { localOn } from './event-clock.ts';
import type { RepeatRule, RepeatWeekday } from './repeat-rule.ts';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const UNITS = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' } as const;
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];
const SHOWN = 7;

/** In plain English: “Every 2 weeks on Monday and Friday, 6 times”. Null where an event does not repeat. */
export function describeRepeat(event: CalendarEvent): string | null {
  const { repeat, extraStarts } = event;
  const extras = extraStarts.length === 0 ? '' : `${extraStarts.length} more ${extraStarts.length === 1 ? 'date' : 'dates'}`;
  if (repeat === null) return extras === '' ? null : `And on ${extras}`;
  const { rule } = repeat;
  const every = rule.interval === 1 ? `Every ${UNITS[rule.frequency]}` : `Every ${rule.interval} ${UNITS[rule.frequency]}s`;
  const parts = [daysPhrase(event, rule), monthsPhrase(rule), positionsPhrase(rule)].filter((part) => part !== '');
  return [[every, ...parts].join(' '), endPhrase(event, repeat), extras === '' ? '' : `and on ${extras}`]
    .filter((part) => part !== '')
    .join(', ');
}

function daysPhrase({ firstLocal }: CalendarEvent, { frequency, monthDays, weekdays, months }: RepeatRule): string {
  const first = dayOf(firstLocal);
  const { month, dayOfMonth } = partsOf(first);
  const days = monthDays.map(monthDayPhrase);
  const named = weekdays.map(weekdayPhrase);
  if (days.length > 0) return `on ${inWords(days)}${named.length > 0 ? ` if it is ${inWords(named, 'or')}` : ''}`;
  if (named.length > 0) return `on ${inWords(named)}`;
  switch (frequency) {
    case 'DAILY':
      return '';
    case 'WEEKLY':
      return `on ${WEEKDAYS[weekdayOf(first)] ?? ''}`;
    case 'MONTHLY':
      return `on ${monthDayPhrase(dayOfMonth)}`;
    case 'YEARLY':
      return months.length > 0 ? `on ${monthDayPhrase(dayOfMonth)}` : `on ${dayOfMonth} ${MONTHS[month - 1] ?? ''}`;
  }
}

const monthsPhrase = ({ months }: RepeatRule): string =>
  months.length === 0 ? '' : `in ${inWords(months.map((month) => MONTHS[month - 1] ?? ''))}`;

const positionsPhrase = ({ positions }: RepeatRule): string =>
  positions.length === 0 ? '' : `(only ${inWords(positions.map((position) => `${ordinalPhrase(position)} of these`))})`;

function endPhrase({ clock }: CalendarEvent, { count, lastStart }: EventRepeat): string {
  if (count !== null) return count === 1 ? 'once' : `${count} times`;
  if (lastStart === null) return '';
  const { year, month, dayOfMonth } = partsOf(dayOf(localOn(clock, lastStart)));
  return `until ${dayOfMonth} ${MONTHS[month - 1] ?? ''} ${year}`;
}

function weekdayPhrase({ weekday, ordinal }: RepeatWeekday): string {
  const name = WEEKDAYS[weekday] ?? '';
  return ordinal === null ? name : `${ordinalPhrase(ordinal)} ${name}`;
}

/** 2 is the second, -1 the last, -2 the second to last. */
function ordinalPhrase(ordinal: number): string {
  if (ordinal === -1) return 'the last';
  const size = Math.abs(ordinal);
  const word = ORDINALS[size - 1] ?? `${size}.`;
  return ordinal > 0 ? `the ${word}` : `the ${word} to last`;
}

function monthDayPhrase(day: number): string {
  if (day < 0) return day === -1 ? 'the last day' : `${ordinalPhrase(day)} day`;
  const ending = day >= 11 && day <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `the ${day}${ending}`;
}

function inWords(parts: readonly string[], and: 'and' | 'or' = 'and'): string {
  const shown = parts.length > SHOWN ? [...parts.slice(0, SHOWN - 1), `${parts.length - SHOWN + 1} more`] : parts;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${and} ${shown.at(-1)}`;
}
