import type { Chance } from './chance.ts';
import type { Moment } from './moment.ts';
import type { DayRule, ScheduleLine } from './schedule-lines.ts';

import type { Zone } from './zones.ts';

const NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const ZONES: readonly Zone[] = ['UTC', 'UTC', 'UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney'];

type WrittenDays = { rule: DayRule; dayOfMonth: string; dayOfWeek: string };

const byDate = (rule: DayRule, dayOfMonth: string): WrittenDays => ({ rule, dayOfMonth, dayOfWeek: '?' });
const byWeekday = (rule: DayRule, dayOfWeek: string): WrittenDays => ({ rule, dayOfMonth: '?', dayOfWeek });

/** A name or a number, as people write weekdays. */
const weekdayText = (chance: Chance, weekday: number): string => (chance.happens(0.5) ? (NAMES[weekday - 1] ?? '') : String(weekday));

function monthlyDays(chance: Chance): WrittenDays {
  const weekday = chance.between(1, 7);
  const date = chance.between(1, 31);
  const nth = chance.between(1, 5);
  return chance.oneOf([
    () => byDate({ kind: 'last-day' }, 'L'),
    () => byDate({ kind: 'last-working-day' }, 'LW'),
    () => byDate({ kind: 'working-day-near', date }, `${date}W`),
    () => byDate({ kind: 'dates', dates: [date] }, String(date)),
    () => byWeekday({ kind: 'nth-weekday', weekday, nth }, `${weekdayText(chance, weekday)}#${nth}`),
    () => byWeekday({ kind: 'last-weekday', weekday }, `${weekdayText(chance, weekday)}L`),
  ])();
}

function weeklyDays(chance: Chance): WrittenDays {
  const weekdays = chance.someOf([1, 2, 3, 4, 5, 6, 7], chance.between(1, 2)).sort();
  return byWeekday({ kind: 'weekdays', weekdays }, weekdays.map((weekday) => weekdayText(chance, weekday)).join(','));
}

function dailyDays(chance: Chance): WrittenDays {
  return chance.oneOf([
    () => byDate({ kind: 'every' }, '*'),
    () => byWeekday({ kind: 'every' }, '*'),
    () => byDate({ kind: 'every' }, '1/1'),
    () => byWeekday({ kind: 'weekdays', weekdays: [2, 3, 4, 5, 6] }, 'MON-FRI'),
  ])();
}

type Times = { minutes: number[]; minuteText: string; hours: number[]; hourText: string };

/** Not at minute 7, at which the calendars turn: what is first of two things at one moment is nobody's promise. */
function anyMinute(chance: Chance, upTo = 59): number {
  const minute = chance.between(0, upTo);
  return minute === 7 ? 8 : minute;
}

function onceADay(chance: Chance): Times {
  const [minute, hour] = [anyMinute(chance), chance.between(0, 23)];
  return {
    minutes: [minute],
    minuteText: chance.happens(0.2) ? String(minute).padStart(2, '0') : String(minute),
    hours: [hour],
    hourText: String(hour),
  };
}

function oftenADay(chance: Chance): Times {
  const minute = anyMinute(chance, 29);
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  return chance.oneOf([
    (): Times => ({ minutes: [minute], minuteText: String(minute), hours, hourText: '*' }),
    (): Times => ({ minutes: [minute, minute + 30], minuteText: `${minute}/30`, hours, hourText: '*' }),
    (): Times => ({ minutes: [minute], minuteText: String(minute), hours: hours.filter((hour) => hour % 6 === 0), hourText: '0/6' }),
    (): Times => ({ minutes: [minute], minuteText: String(minute), hours: [9, 10, 11, 12, 13, 14, 15, 16, 17], hourText: '9-17' }),
  ])();
}

type CronWishes = { days: WrittenDays; times: Times; hasOptions: boolean };

function cron(chance: Chance, { days, times, hasOptions }: CronWishes): ScheduleLine {
  const waits = hasOptions && chance.happens(0.35);
  const seconds = chance.happens(0.2) ? '0 ' : '';
  return {
    kind: 'cron',
    expression: `cron(${seconds}${times.minuteText} ${times.hourText} ${days.dayOfMonth} * ${days.dayOfWeek} *)`,
    minutes: times.minutes,
    hours: times.hours,
    days: days.rule,
    zone: chance.oneOf(ZONES),
    offsetDays: waits && chance.happens(0.5) ? chance.between(1, 6) : null,
    appliesOnlyAtInterval: waits,
  };
}

export const monthly = (chance: Chance): ScheduleLine =>
  cron(chance, { days: monthlyDays(chance), times: onceADay(chance), hasOptions: true });
export const weekly = (chance: Chance): ScheduleLine =>
  cron(chance, { days: weeklyDays(chance), times: onceADay(chance), hasOptions: true });
export const daily = (chance: Chance): ScheduleLine => cron(chance, { days: dailyDays(chance), times: onceADay(chance), hasOptions: true });
export const often = (chance: Chance): ScheduleLine =>
  cron(chance, { days: dailyDays(chance), times: oftenADay(chance), hasOptions: false });

export function rate(chance: Chance, low: number, high: number): ScheduleLine {
  const minutes = chance.between(low, high);
  if (minutes % 1440 === 0) {
    const days = minutes / 1440;
    return { kind: 'rate', minutes, expression: days === 1 ? 'rate(1 day)' : `rate(${days} days)` };
  }
  if (minutes % 60 === 0) return { kind: 'rate', minutes, expression: minutes === 60 ? 'rate(1 hour)' : `rate(${minutes / 60} hours)` };
  return { kind: 'rate', minutes, expression: `rate(${minutes} minutes)` };
}

export function once(chance: Chance, after: Moment): ScheduleLine {
  // On a second at which nothing else happens.
  const at = Math.floor((after + chance.between(1, 60) * 86_400_000) / 60_000) * 60_000 + 23_000;
  return { kind: 'at', at, expression: `at(${new Date(at).toISOString().slice(0, 19)})`, appliesOnlyAtInterval: chance.happens(0.5) };
}
