import { instantOf, isTimeZone, localTime } from '../../agent/schedule/time-zone.ts';
import { clockTime, localZone, zoneOffset } from '../ui/moment.ts';

/** The date in that zone, as a date field takes it. */
export const today = (timeZone: string, now: Date = new Date()): string =>
  new Date(isTimeZone(timeZone) ? localTime(timeZone, now.getTime()) : now.getTime()).toISOString().slice(0, 10);

interface WallTime {
  date: string;
  time: string;
  timeZone: string;
}

/** A time of a zone, on this computer's clock on that day: `16:00 here (Europe/Paris, UTC+2)`. Empty where it is the same clock. */
export function onThisClock({ date, time, timeZone }: WallTime): string {
  const local = new Date(`${date}T${time}:00Z`);
  if (Number.isNaN(local.getTime()) || !isTimeZone(timeZone) || timeZone === localZone()) return '';
  const at = new Date(instantOf(timeZone, local.getTime()));
  const [zone, offset] = [localZone(), zoneOffset(at)];
  return `${clockTime(at)} here (${zone === offset ? zone : `${zone}, ${offset}`})`;
}
