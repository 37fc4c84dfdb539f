/** Which days of a month a cron expression means. Weekdays count as Date counts them: 0 is Sunday. */
export type DayRule =
  | { kind: 'days-of-month'; days: readonly number[] }
  | { kind: 'last-day' }
  | { kind: 'last-working-day' }
  | { kind: 'nearest-working-day'; day: number }
  | { kind: 'weekdays'; weekdays: readonly number[] }
  | { kind: 'nth-weekday'; weekday: number; ordinal: number }
  | { kind: 'last-weekday'; weekday: number };

export type CalendarMonth = { length: number; firstWeekday: number };

const SUNDAY = 0;
const SATURDAY = 6;

/** `month` counts as Date counts it: 0 is January. */
export function calendarMonth(year: number, month: number): CalendarMonth {
  return {
    length: new Date(Date.UTC(year, month + 1, 0)).getUTCDate(),
    firstWeekday: new Date(Date.UTC(year, month, 1)).getUTCDay(),
  };
}

/** The first day of the month, `from` or later, that the rule means; null when there is none. */
export function firstDay(rule: DayRule, month: CalendarMonth, from: number): number | null {
  switch (rule.kind) {
    case 'days-of-month':
      return rule.days.find((day) => day >= from && day <= month.length) ?? null;
    case 'weekdays':
      return firstOnWeekdays(rule.weekdays, month, from);
    case 'last-day':
      return notBefore(from, month.length);
    case 'last-working-day':
      return notBefore(from, workingDayNear(month, month.length));
    case 'nearest-working-day':
      return rule.day > month.length ? null : notBefore(from, workingDayNear(month, rule.day));
    case 'nth-weekday':
      return notBefore(from, nthWeekday(month, rule));
    case 'last-weekday':
      return notBefore(from, lastOnWeekday(month, rule.weekday));
  }
}

function notBefore(from: number, day: number | null): number | null {
  return day === null || day < from ? null : day;
}

function weekdayOf(month: CalendarMonth, day: number): number {
  return (month.firstWeekday + day - 1) % 7;
}

function firstOnWeekdays(weekdays: readonly number[], month: CalendarMonth, from: number): number | null {
  const end = Math.min(month.length, from + 6);
  for (let day = from; day <= end; day += 1) {
    if (weekdays.includes(weekdayOf(month, day))) return day;
  }
  return null;
}

/** Monday to Friday nearest to `day`, never in another month: the 1st on a Saturday gives Monday the 3rd. */
function workingDayNear(month: CalendarMonth, day: number): number {
  const weekday = weekdayOf(month, day);
  if (weekday === SATURDAY) return day === 1 ? 3 : day - 1;
  if (weekday === SUNDAY) return day === month.length ? day - 2 : day + 1;
  return day;
}

function nthWeekday(month: CalendarMonth, { weekday, ordinal }: { weekday: number; ordinal: number }): number | null {
  const day = 1 + ((weekday - month.firstWeekday + 7) % 7) + (ordinal - 1) * 7;
  return day > month.length ? null : day;
}

function lastOnWeekday(month: CalendarMonth, weekday: number): number {
  return month.length - ((weekdayOf(month, month.length) - weekday + 7) % 7);
}
