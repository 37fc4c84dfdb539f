import type { CronTiming } from './cron.ts';
import type { DayRule } from './day-rule.ts';
import { MINUTES_PER_DAY } from './minimum-gap.ts';
import type { RateTiming } from './rate.ts';
import { localTime, UTC } from './time-zone.ts';

const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const ordinalNames = ['first', 'second', 'third', 'fourth', 'fifth'];

export function describeRate({ amount, unit }: RateTiming): string {
  return `Every ${amount === 1 ? unit : `${amount} ${unit}s`}`;
}

export function describeAt({ at, timeZone }: { at: Date; timeZone: string }): string {
  const local = new Date(localTime(timeZone, at.getTime()));
  const [day, time = ''] = local.toISOString().split('T');
  return `Once at ${day} ${time.slice(0, local.getUTCSeconds() === 0 ? 5 : 8)}${zonePhrase(timeZone)}`;
}

export function describeCron(
  { minutesOfDay, days, years }: CronTiming,
  { scheduleOffsetDays: offsetDays, timeZone }: { scheduleOffsetDays: number | null; timeZone: string },
): string {
  const times = timesPhrase(minutesOfDay, zonePhrase(timeZone));
  const day = times.spansDay && isEveryDay(days) ? '' : `${times.spansDay ? ', ' : ' '}${daysPhrase(days)}`;
  const offset = offsetDays === null ? '' : `, plus ${offsetDays} ${offsetDays === 1 ? 'day' : 'days'}`;
  return `${times.text}${day}${offset}${yearsPhrase(years)}`;
}

/** `spansDay`: the words already speak of a whole day, so "every day" need not follow. */
type TimesPhrase = { text: string; spansDay: boolean };

function zonePhrase(timeZone: string): string {
  return timeZone === UTC ? ' UTC' : ` ${timeZone} time`;
}

function timesPhrase(minutesOfDay: readonly number[], zone: string): TimesPhrase {
  const [first = 0, second = 0] = minutesOfDay;
  const last = minutesOfDay.at(-1) ?? first;
  const gap = second - first;
  const isEven = minutesOfDay.every((minute, position) => minute === first + position * gap);
  if (minutesOfDay.length <= 3 || !isEven) return { text: `At ${shortened(minutesOfDay.map(timeOfDay), zone)}`, spansDay: false };
  const every = `Every ${gapPhrase(gap)}`;
  if (last + gap - first !== MINUTES_PER_DAY)
    return { text: `${every} from ${timeOfDay(first)} to ${timeOfDay(last)}${zone}`, spansDay: true };
  return { text: first === 0 && gap <= 60 ? every : `${every} from ${timeOfDay(first)}${zone}`, spansDay: true };
}

function gapPhrase(minutes: number): string {
  if (minutes === 60) return 'hour';
  return minutes % 60 === 0 ? `${minutes / 60} hours` : `${minutes} minutes`;
}

function timeOfDay(minuteOfDay: number): string {
  return `${String(Math.floor(minuteOfDay / 60)).padStart(2, '0')}:${String(minuteOfDay % 60).padStart(2, '0')}`;
}

function isEveryDay(days: DayRule): boolean {
  return (days.kind === 'days-of-month' && days.days.length === 31) || (days.kind === 'weekdays' && days.weekdays.length === 7);
}

function daysPhrase(days: DayRule): string {
  if (isEveryDay(days)) return 'every day';
  switch (days.kind) {
    case 'days-of-month':
      return `on the ${numbersPhrase(days.days, ordinalNumber, 'to the')} of the month${rareDayNote(Math.min(...days.days))}`;
    case 'last-day':
      return 'on the last day of the month';
    case 'last-working-day':
      return 'on the last weekday (Monday to Friday) of the month';
    case 'nearest-working-day':
      return `on the weekday (Monday to Friday) nearest the ${ordinalNumber(days.day)} of the month${rareDayNote(days.day)}`;
    case 'weekdays':
      return `every ${numbersPhrase(days.weekdays, weekdayName, 'to')}`;
    case 'nth-weekday':
      return `on the ${ordinalNames[days.ordinal - 1]} ${weekdayName(days.weekday)} of the month${days.ordinal === 5 ? RARE : ''}`;
    case 'last-weekday':
      return `on the last ${weekdayName(days.weekday)} of the month`;
  }
}

const RARE = ' (in months that have one)';

function rareDayNote(day: number): string {
  return day > 28 ? RARE : '';
}

function yearsPhrase(years: CronTiming['years']): string {
  if (years === 'every') return '';
  return isRun(years) ? `, from ${years.at(0)} to ${years.at(-1)}` : `, in ${shortened(years.map(String))}`;
}

/** Three or more in a row are a range, all others a list. */
function numbersPhrase(numbers: readonly number[], name: (value: number) => string, to: string): string {
  const names = numbers.map(name);
  return isRun(numbers) ? `${names.at(0)} ${to} ${names.at(-1)}` : inWords(names);
}

function isRun(numbers: readonly number[]): boolean {
  const [first] = numbers;
  return first !== undefined && numbers.length > 2 && numbers.every((value, position) => value === first + position);
}

function weekdayName(weekday: number): string {
  return weekdayNames[weekday] ?? '';
}

function ordinalNumber(day: number): string {
  const isTeen = day >= 11 && day <= 13;
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${ending}`;
}

function inWords(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** A long list shows its first six parts and how many more there are. */
function shortened(parts: readonly string[], ending = ''): string {
  const shown = parts.length > 7 ? parts.slice(0, 6) : parts;
  return parts === shown ? `${inWords(parts)}${ending}` : `${shown.join(', ')}${ending} and ${parts.length - shown.length} more`;
}
