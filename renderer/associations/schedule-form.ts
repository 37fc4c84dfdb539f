/** What the friendly fields of a schedule can say. Whatever they cannot is written as an expression. */
export type ScheduleForm =
  | { kind: 'rate'; amount: number; unit: RateUnit }
  | { kind: 'cron'; time: string; days: CronDays }
  | { kind: 'at'; date: string; time: string };

export const RATE_UNITS = ['minute', 'hour', 'day'] as const;
export type RateUnit = (typeof RATE_UNITS)[number];

export const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export type CronDays =
  | { kind: 'every-day' }
  | { kind: 'weekdays'; weekdays: readonly Weekday[] }
  | { kind: 'day-of-month'; day: string }
  | { kind: 'nth-weekday'; nth: number; weekday: Weekday };

export type ScheduleKind = ScheduleForm['kind'];

/** The kind that an expression says it is; null when its keyword is none. */
export function kindOf(expression: string): ScheduleKind | null {
  const keyword = /^\s*(rate|cron|at)\b/i.exec(expression)?.[1]?.toLowerCase();
  return keyword === 'rate' || keyword === 'cron' || keyword === 'at' ? keyword : null;
}

const two = (value: string): string => value.padStart(2, '0');

function rateForm(inside: string): ScheduleForm | null {
  const [, amount = '', word = ''] = /^(\d{1,6}) (minute|hour|day)s?$/.exec(inside) ?? [];
  const unit = RATE_UNITS.find((candidate) => candidate === word);
  return unit === undefined ? null : { kind: 'rate', amount: Number(amount), unit };
}

const isWeekday = (text: string): text is Weekday => WEEKDAYS.some((day) => day === text);

function weekdaysOf(text: string): Weekday[] | null {
  const days: Weekday[] = [];
  for (const part of text.split(',')) {
    const [from = '', to = from] = part.split('-', 2);
    if (!isWeekday(from) || !isWeekday(to) || WEEKDAYS.indexOf(from) > WEEKDAYS.indexOf(to)) return null;
    days.push(...WEEKDAYS.slice(WEEKDAYS.indexOf(from), WEEKDAYS.indexOf(to) + 1));
  }
  return days;
}

function daysOf(dayOfMonth: string, dayOfWeek: string): CronDays | null {
  if ((dayOfMonth === '*' && dayOfWeek === '?') || (dayOfMonth === '?' && dayOfWeek === '*')) return { kind: 'every-day' };
  if (dayOfWeek === '?') return /^([1-9]|[12]\d|3[01]|L)$/.test(dayOfMonth) ? { kind: 'day-of-month', day: dayOfMonth } : null;
  if (dayOfMonth !== '?') return null;
  const [, weekday = '', nth = ''] = /^([A-Z]{3})#([1-5])$/.exec(dayOfWeek) ?? [];
  if (isWeekday(weekday)) return { kind: 'nth-weekday', nth: Number(nth), weekday };
  const weekdays = weekdaysOf(dayOfWeek);
  return weekdays === null ? null : { kind: 'weekdays', weekdays };
}

function cronForm(inside: string): ScheduleForm | null {
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = '', ...rest] = inside.toUpperCase().split(/\s+/);
  const isPlain = /^[0-5]?\d$/.test(minute) && /^([01]?\d|2[0-3])$/.test(hour) && month === '*' && year === '*' && rest.length === 0;
  const days = isPlain ? daysOf(dayOfMonth, dayOfWeek) : null;
  return days === null ? null : { kind: 'cron', time: `${two(hour)}:${two(minute)}`, days };
}

function atForm(inside: string): ScheduleForm | null {
  const [, date = '', time = ''] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):00$/.exec(inside) ?? [];
  return date === '' ? null : { kind: 'at', date, time };
}

/** The fields that say the same as the expression; null when they cannot. */
export function formOf(expression: string): ScheduleForm | null {
  const inside = /^\s*(?:rate|cron|at)\((.*)\)\s*$/i.exec(expression)?.[1]?.trim();
  if (inside === undefined) return null;
  switch (kindOf(expression)) {
    case 'rate':
      return rateForm(inside);
    case 'cron':
      return cronForm(inside);
    case 'at':
      return atForm(inside);
    case null:
      return null;
  }
}

function dayFields(days: CronDays): string {
  switch (days.kind) {
    case 'every-day':
      return '* * ?';
    case 'weekdays':
      return `? * ${WEEKDAYS.filter((day) => days.weekdays.includes(day)).join(',')}`;
    case 'day-of-month':
      return `${days.day} * ?`;
    case 'nth-weekday':
      return `? * ${days.weekday}#${days.nth}`;
  }
}

export function expressionOf(form: ScheduleForm): string {
  switch (form.kind) {
    case 'rate':
      return `rate(${form.amount} ${form.unit}${form.amount === 1 ? '' : 's'})`;
    case 'cron': {
      const [hour = '0', minute = '0'] = form.time.split(':');
      return `cron(${Number(minute)} ${Number(hour)} ${dayFields(form.days)} *)`;
    }
    case 'at':
      return `at(${form.date}T${form.time}:00)`;
  }
}

/** What a kind begins with when it is chosen. */
export function firstForm(kind: ScheduleKind, now: Date): ScheduleForm {
  switch (kind) {
    case 'rate':
      return { kind: 'rate', amount: 1, unit: 'day' };
    case 'cron':
      return { kind: 'cron', time: '02:00', days: { kind: 'every-day' } };
    case 'at': {
      const tomorrow = new Date(now.getTime() + 24 * 3_600_000).toISOString();
      return { kind: 'at', date: tomorrow.slice(0, 10), time: '02:00' };
    }
  }
}
