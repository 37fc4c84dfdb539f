const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

const short = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const dated = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const exact = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
} as const;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(at: Date, options: Intl.DateTimeFormatOptions, zone?: string): string {
  const key = JSON.stringify([options, zone]);
  const known = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
  formats.set(key, known);
  return known.format(at);
}

export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `UTC+2`, at that moment: summer time is part of it. */
export function zoneOffset(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const sign = minutes < 0 ? '−' : '+';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${sign}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** Two lines: this computer's zone, then UTC. */
export function exactTime(at: Date): string {
  return `${format(at, exact)} ${localZone()} (${zoneOffset(at)})\n${format(at, exact, 'UTC')} UTC`;
}

/** `Sun 29 Mar, 03:00`, as the wall shows it in that zone; the year where it is another one than in `now`. */
export function zonedTime(at: Date, zone: string, now: Date = at): string {
  const isOtherYear = at.getUTCFullYear() !== now.getUTCFullYear();
  return format(at, { ...dated, weekday: 'short', ...(isOtherYear ? { year: 'numeric' } : {}) }, zone);
}

export const utcTime = (at: Date): string => `${zonedTime(at, 'UTC')} UTC`;

/** With the day only when it is another one, and the year only when it is another one. */
export function localTime(at: Date, now: Date): string {
  if (at.toDateString() === now.toDateString()) return format(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const isNear = Math.abs(at.getTime() - now.getTime()) < 6 * DAY * 1000;
  if (isNear) return format(at, short);
  return format(at, at.getFullYear() === now.getFullYear() ? dated : { ...dated, year: 'numeric' });
}

export const clockTime = (at: Date): string => format(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

const unit = (seconds: number): string => {
  if (seconds < MINUTE) return `${Math.floor(seconds / 10) * 10} s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h`;
  return `${Math.floor(seconds / DAY)} d`;
};

/** `just now`, `3 min ago`, `in 2 h`. In steps of ten seconds, so that a page of them does not flicker. */
export function relativeTime(at: Date, now: Date): string {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000);
  if (Math.abs(seconds) < 10) return seconds < 0 ? 'now' : 'just now';
  return seconds > 0 ? `${unit(seconds)} ago` : `in ${unit(-seconds)}`;
}

/** `0.4 s`, `12 s`, `3 min 05 s`, `2 h 10 min`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.floor(seconds);
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min ${String(whole % MINUTE).padStart(2, '0')} s`;
  return `${Math.floor(whole / HOUR)} h ${String(Math.floor((whole % HOUR) / MINUTE)).padStart(2, '0')} min`;
}

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB'];

export function bytesText(bytes: number): string {
  let [value, step] = [bytes, 0];
  while (value >= 1024 && step < UNITS.length - 1) {
    value /= 1024;
    step += 1;
  }
  const number = step === 0 ? value.toLocaleString('en-GB') : value.toFixed(value < 10 ? 1 : 0);
  return `${number} ${step === 0 && bytes === 1 ? 'byte' : UNITS[step]}`;
}

export const countText = (count: number): string => count.toLocaleString('en-GB');

/** `1 node`, `2 nodes`, `1,204 nodes`. */
export const plural = (count: number, one: string, many = `${one}s`): string => `${countText(count)} ${count === 1 ? one : many}`;
