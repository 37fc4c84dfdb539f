import * as fc from 'fast-check';

/** A cron expression together with an answer that was not computed from it: is this minute meant? Slow and plain on purpose. */
export type NaiveCron = { expression: string; minutes: ReadonlySet<number>; hours: ReadonlySet<number>; isDay: (day: Date) => boolean };

type Field = { text: string; values: ReadonlySet<number> };
type DayFields = { dayOfMonth: string; dayOfWeek: string; isDay: (day: Date) => boolean };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const names = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

function span(low: number, high: number, step = 1): number[] {
  return Array.from({ length: Math.max(0, Math.floor((high - low) / step) + 1) }, (_, position) => low + position * step);
}

function field(low: number, high: number): fc.Arbitrary<Field> {
  const value = fc.integer({ min: low, max: high });
  const one = value.map((n) => ({ text: String(n), list: [n] }));
  const range = fc.tuple(value, value).map(([a, b]) => {
    const [from, to] = a < b ? [a, b] : [b, a];
    return { text: `${from}-${to}`, list: span(from, to) };
  });
  const step = fc.integer({ min: 1, max: Math.min(high, 59) });
  const stepped = fc.tuple(value, step).map(([from, n]) => ({ text: `${from}/${n}`, list: span(from, high, n) }));
  const everyNth = step.map((n) => ({ text: `*/${n}`, list: span(low, high, n) }));
  const part = fc.oneof(one, range, stepped, everyNth);
  return fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => ({
    text: parts.map(({ text }) => text).join(','),
    values: new Set(parts.flatMap(({ list }) => list)),
  }));
}

const plainMinutes: fc.Arbitrary<Field> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 59 }).map((n) => ({ text: String(n), values: new Set([n]) })) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 29 }).map((n) => ({ text: `${n}/30`, values: new Set([n, n + 30]) })) },
  { weight: 1, arbitrary: field(0, 59) },
);

const isWorkingDay = (day: Date): boolean => day.getUTCDay() % 6 !== 0;
const dayAt = (day: Date, dayOfMonth: number): Date => new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), dayOfMonth));
const sharesMonth = (a: Date, b: Date): boolean => a.getUTCMonth() === b.getUTCMonth();
const isLastDay = (day: Date): boolean => !sharesMonth(day, new Date(day.getTime() + DAY_MS));

function isNearestWorkingDay(day: Date, wanted: number): boolean {
  const target = dayAt(day, wanted);
  if (!sharesMonth(target, day) || !isWorkingDay(day)) return false;
  const candidates = span(-3, 3)
    .map((distance) => dayAt(day, wanted + distance))
    .filter((candidate) => sharesMonth(candidate, day) && isWorkingDay(candidate));
  const distance = (candidate: Date): number => Math.abs(candidate.getTime() - target.getTime());
  return distance(day) === Math.min(...candidates.map(distance));
}

function isLastWorkingDay(day: Date): boolean {
  const later = span(1, 31).map((ahead) => new Date(day.getTime() + ahead * DAY_MS));
  return isWorkingDay(day) && !later.some((other) => sharesMonth(other, day) && isWorkingDay(other));
}

const days: fc.Arbitrary<DayFields> = fc.oneof(
  fc.constantFrom<DayFields>(
    { dayOfMonth: '*', dayOfWeek: '?', isDay: () => true },
    { dayOfMonth: '?', dayOfWeek: '*', isDay: () => true },
    { dayOfMonth: 'L', dayOfWeek: '?', isDay: isLastDay },
    { dayOfMonth: 'LW', dayOfWeek: '?', isDay: isLastWorkingDay },
  ),
  field(1, 31).map(({ text, values }) => ({ dayOfMonth: text, dayOfWeek: '?', isDay: (day: Date) => values.has(day.getUTCDate()) })),
  fc
    .integer({ min: 1, max: 31 })
    .map((wanted) => ({ dayOfMonth: `${wanted}W`, dayOfWeek: '?', isDay: (day: Date) => isNearestWorkingDay(day, wanted) })),
  field(1, 7).map(({ text, values }) => ({ dayOfMonth: '?', dayOfWeek: text, isDay: (day: Date) => values.has(day.getUTCDay() + 1) })),
  fc.tuple(fc.nat(6), fc.integer({ min: 1, max: 5 }), fc.boolean()).map(([weekday, ordinal, named]) => ({
    dayOfMonth: '?',
    dayOfWeek: `${named ? names[weekday] : weekday + 1}#${ordinal}`,
    isDay: (day: Date) => day.getUTCDay() === weekday && Math.ceil(day.getUTCDate() / 7) === ordinal,
  })),
  fc.nat(6).map((weekday) => ({
    dayOfMonth: '?',
    dayOfWeek: `${names[weekday]}L`,
    isDay: (day: Date) => day.getUTCDay() === weekday && !sharesMonth(day, new Date(day.getTime() + 7 * DAY_MS)),
  })),
);

const years: fc.Arbitrary<Field> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ text: '*', values: new Set(span(1970, 2199)) }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: 2024, max: 2030 }), fc.nat(3))
      .map(([from, more]) => ({ text: `${from}-${from + more}`, values: new Set(span(from, from + more)) })),
  },
);

export const naiveCron: fc.Arbitrary<NaiveCron> = fc.tuple(plainMinutes, field(0, 23), days, years).map(([minutes, hours, day, year]) => ({
  expression: `cron(${minutes.text} ${hours.text} ${day.dayOfMonth} * ${day.dayOfWeek} ${year.text})`,
  minutes: minutes.values,
  hours: hours.values,
  isDay: (date: Date) => year.values.has(date.getUTCFullYear()) && day.isDay(date),
}));

/** Looks at every minute after `after`, one by one, until `end`. */
export function stepToNextFire(cron: NaiveCron, after: Date, end: Date): Date | null {
  for (let time = Math.floor(after.getTime() / MINUTE_MS) * MINUTE_MS + MINUTE_MS; time <= end.getTime(); time += MINUTE_MS) {
    const minute = new Date(time);
    if (cron.minutes.has(minute.getUTCMinutes()) && cron.hours.has(minute.getUTCHours()) && cron.isDay(dayAt(minute, minute.getUTCDate())))
      return minute;
  }
  return null;
}

/** Sits on every minute of one day and looks ahead for the next, over midnight. */
export function naiveShortestGap({ minutes, hours }: NaiveCron): number {
  const fires = span(0, 24 * 60 - 1).filter((minute) => minutes.has(minute % 60) && hours.has(Math.floor(minute / 60)));
  return Math.min(
    ...fires.map((fire) => span(1, 24 * 60).find((ahead) => fires.includes((fire + ahead) % (24 * 60))) ?? Number.POSITIVE_INFINITY),
  );
}
