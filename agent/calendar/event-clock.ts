import { firstInstantAt, isTimeZone, periodIn, type Zone, zoneOf } from '../schedule/time-zone.ts';

/** The clocks on the wall that an event's times are meant by; local times as in agent/schedule/time-zone.ts. */
export type EventClock = {
  /** As a person knows it; `clockOf(name)` where `isKnown`. */
  name: string;
  zone: Zone;
};

export const utcClock = (): EventClock => ({ name: 'UTC', zone: { offsetAt: () => 0, windows: new Map() } });

/** By its name in the IANA data base; null when there is none. */
export function clockOf(name: string): EventClock | null {
  if (!isTimeZone(name)) return null;
  return name.toUpperCase() === 'UTC' ? utcClock() : { name, zone: zoneOf(name) };
}

/**
 * The first instant at which the wall shows this time. A time over which the clocks jump is read by the clocks before the jump, as RFC 5545
 * (3.3.5) says: 02:30 is then 03:30. That also keeps a repeat which falls there, instead of leaving it out, because a closed hour must not
 * vanish with the night in which the clocks change.
 */
export function instantOn({ zone }: EventClock, local: number): number {
  const { instant, period } = firstInstantAt(zone, local);
  return local - period.offset < instant ? local - period.offsetBefore : instant;
}

export function localOn({ zone }: EventClock, instant: number): number {
  return instant + periodIn(zone, instant).offset;
}
