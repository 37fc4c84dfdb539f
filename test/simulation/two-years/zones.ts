import type { Moment } from './moment.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export type Zone = 'UTC' | 'Europe/Berlin' | 'America/New_York' | 'Asia/Kolkata' | 'Australia/Sydney';

/** The n-th Sunday of a month (0 is January), or its last one, at an hour of UTC. */
function sunday([year, month]: readonly [number, number], which: number | 'last', utcHour: number): Moment {
  const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const sundays = Array.from({ length: days }, (_, place) => Date.UTC(year, month, place + 1)).filter(
    (at) => new Date(at).getUTCDay() === 0,
  );
  const at = which === 'last' ? sundays.at(-1) : sundays[which - 1];
  return (at ?? 0) + utcHour * HOUR;
}

/** Written down from the laws, and not asked of any library: when summer time begins and ends in a year, and what clocks show then. */
const RULES: Record<Zone, { standard: number; summer: number; isSummer(at: Moment, year: number): boolean }> = {
  UTC: { standard: 0, summer: 0, isSummer: () => false },
  'Asia/Kolkata': { standard: 5.5 * HOUR, summer: 5.5 * HOUR, isSummer: () => false },
  'Europe/Berlin': {
    standard: HOUR,
    summer: 2 * HOUR,
    isSummer: (at, year) => at >= sunday([year, 2], 'last', 1) && at < sunday([year, 9], 'last', 1),
  },
  'America/New_York': {
    standard: -5 * HOUR,
    summer: -4 * HOUR,
    isSummer: (at, year) => at >= sunday([year, 2], 2, 7) && at < sunday([year, 10], 1, 6),
  },
  // The clocks change at 02:00 standard time, which is 16:00 of the day before in UTC.
  'Australia/Sydney': {
    standard: 10 * HOUR,
    summer: 11 * HOUR,
    isSummer: (at, year) => at < sunday([year, 3], 1, 16) - DAY || at >= sunday([year, 9], 1, 16) - DAY,
  },
};

export function offsetAt(zone: Zone, at: Moment): number {
  const { standard, summer, isSummer } = RULES[zone];
  return isSummer(at, new Date(at).getUTCFullYear()) ? summer : standard;
}

/** The instants at which the wall shows a local time: none in a gap, two in a repeated hour. */
export function instantsOf(zone: Zone, local: number): Moment[] {
  const { standard, summer } = RULES[zone];
  const offsets = standard === summer ? [standard] : [Math.max(standard, summer), Math.min(standard, summer)];
  return offsets.map((offset) => ({ at: local - offset, offset })).flatMap(({ at, offset }) => (offsetAt(zone, at) === offset ? [at] : []));
}

/** The end of the gap that a local time is in: the first instant after the clocks went forward. */
export function gapEnd(zone: Zone, local: number): Moment {
  const { standard, summer } = RULES[zone];
  let [before, after] = [local - Math.max(standard, summer) - HOUR, local - Math.min(standard, summer) + HOUR];
  const offsetBefore = offsetAt(zone, before);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(zone, middle) === offsetBefore) before = middle;
    else after = middle;
  }
  return after;
}
