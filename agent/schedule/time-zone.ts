/**
 * What the clocks on the wall show in an IANA zone, from the zone data that Node, Electron and browsers carry.
 * Instants are milliseconds since 1970 in UTC; a local time is what the wall shows, counted as if it were UTC.
 */

/** A stretch of time in which the clocks of a zone run evenly. */
export type ClockPeriod = {
  /** First instant of the period, and first instant after it. */
  start: number;
  end: number;
  /** Local time minus UTC. */
  offset: number;
  /** The offset just before `start`: smaller when the clocks went forward then, larger when they went back, else the same. */
  offsetBefore: number;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WINDOW_MS = 180 * DAY_MS;
/** No zone since 1970 has changed its clocks twice within so few days and come back to the same offset. */
const SAMPLE_MS = 4 * DAY_MS;
/** No zone is further from UTC, also for a day that is left out. */
const LARGEST_OFFSET_MS = 26 * HOUR_MS;

/** The last instant that Date has; the first is as far in the past. A search may look a little beyond. */
const LAST_INSTANT = 8.64e15;

/** A zone as its offsets at any instant, with the memory of when they change. */
export type Zone = { offsetAt(instant: number): number; windows: Map<number, readonly ClockPeriod[]> };

/** Memory of what the platform answered before: asking costs microseconds, and a search asks often. Names are few, and years too. */
const zones = new Map<string, Zone>();

const evenPeriod: ClockPeriod = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY, offset: 0, offsetBefore: 0 };

export const UTC = 'UTC';

/** Whether the name is one of the IANA data base; offsets such as +02:00 are none, because they know no daylight saving. */
export function isTimeZone(name: string): boolean {
  if (!/^[a-z][a-z0-9+_/-]{1,63}$/i.test(name)) return false;
  try {
    return zoneOf(name) !== null;
  } catch (cause) {
    if (cause instanceof RangeError) return false;
    throw cause;
  }
}

/** All names that this platform offers for choosing, UTC first. It understands older names beside them. */
export function timeZoneNames(): string[] {
  return [UTC, ...Intl.supportedValuesOf('timeZone').filter((name) => name !== UTC)];
}

/** The period that the instant is in. A period may be cut where nothing changes; then `offsetBefore` is `offset`. */
export function clockPeriod(timeZone: string, instant: number): ClockPeriod {
  return timeZone === UTC ? evenPeriod : periodIn(zoneOf(timeZone), instant);
}

export function localTime(timeZone: string, instant: number): number {
  return instant + clockPeriod(timeZone, instant).offset;
}

/** The first instant at which the wall shows this local time; where the clocks jump over it, the first instant after the jump. */
export function instantOf(timeZone: string, local: number): number {
  return timeZone === UTC ? local : firstInstantAt(zoneOf(timeZone), local).instant;
}

/** When the clocks of a zone change, from `from` until before `to`: forward is a change of more than 0 milliseconds. */
export function clockChanges(timeZone: string, from: number, to: number): { at: number; change: number }[] {
  const changes: { at: number; change: number }[] = [];
  for (let period = clockPeriod(timeZone, from); period.end < to; period = clockPeriod(timeZone, period.end)) {
    const next = clockPeriod(timeZone, period.end);
    if (next.offset !== period.offset) changes.push({ at: period.end, change: next.offset - period.offset });
  }
  return changes;
}

export function periodIn(zone: Zone, instant: number): ClockPeriod {
  const position = Math.floor(instant / WINDOW_MS);
  const known = zone.windows.get(position);
  const periods = known ?? periodsBetween(zone, position * WINDOW_MS, (position + 1) * WINDOW_MS);
  if (known === undefined) zone.windows.set(position, periods);
  return periods.find((period) => instant < period.end) ?? evenPeriod;
}

/** As instantOf, and the period in which that instant is. */
export function firstInstantAt(zone: Zone, local: number): { instant: number; period: ClockPeriod } {
  for (let period = periodIn(zone, local - LARGEST_OFFSET_MS); ; period = periodIn(zone, period.end)) {
    const instant = Math.max(local - period.offset, period.start);
    if (instant < period.end) return { instant, period };
  }
}

/** Throws a RangeError for a name that the platform does not know. However a name is capitalized, it is one zone: the memory stays small. */
export function zoneOf(timeZone: string): Zone {
  const key = timeZone.toLowerCase();
  const known = zones.get(timeZone) ?? zones.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const offsetAt = (instant: number) => offsetIn(format.format(Math.max(-LAST_INSTANT, Math.min(instant, LAST_INSTANT))));
  const zone: Zone = { offsetAt, windows: new Map() };
  zones.set(key, zone);
  return zone;
}

/** `1/1/2024, GMT-05:00`; seconds are there in the years before zones. */
function offsetIn(text: string): number {
  const [, sign, hours = 0, minutes = 0, seconds = 0] = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text) ?? [];
  const size = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -size : size;
}

function periodsBetween(zone: Zone, from: number, to: number): ClockPeriod[] {
  const periods: ClockPeriod[] = [];
  let current = { start: from, offset: zone.offsetAt(from), offsetBefore: zone.offsetAt(from - 1) };
  for (let low = from; low < to; low += SAMPLE_MS) {
    const high = Math.min(low + SAMPLE_MS, to - 1);
    const offset = zone.offsetAt(high);
    if (offset === current.offset) continue;
    const change = firstInstantWith(zone, low, high);
    periods.push({ ...current, end: change });
    current = { start: change, offset, offsetBefore: current.offset };
  }
  return [...periods, { ...current, end: to }];
}

/** The clocks change once between `low` and `high`: halves until the instant of the change is found. */
function firstInstantWith(zone: Zone, low: number, high: number): number {
  const offsetAfter = zone.offsetAt(high);
  let [before, after] = [low, high];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (zone.offsetAt(middle) === offsetAfter) after = middle;
    else before = middle;
  }
  return after;
}
