import { clockTime, localZone, zoneOffset } from '../ui/moment.ts';

/** A time of day in UTC, on this computer's clock as it is on `day`: `16:00 here (Europe/Paris, UTC+2)`. */
export function localTimeOfUtc(time: string, day: Date): string {
  const at = new Date(`${day.toISOString().slice(0, 10)}T${time}:00Z`);
  return Number.isNaN(at.getTime()) ? '' : `${clockTime(at)} here (${localZone()}, ${zoneOffset(at)})`;
}
