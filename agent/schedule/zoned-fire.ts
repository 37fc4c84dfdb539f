import { MINIMUM_GAP_MINUTES } from './minimum-gap.ts';
import { clockPeriod } from './time-zone.ts';

/** When something fires by the clock on the wall, in a world where the clocks never change. Local times as in time-zone.ts. */
export type LocalFires = {
  /** First fire strictly after the local time; null when there is none. */
  next(local: number): number | null;
  /** Whether there is a fire in every hour of a day. */
  fillsEveryHour: boolean;
};

/** The rule of this file, for a person. */
export const DAYLIGHT_SAVING_RULE =
  'When the clocks go forward, a time that does not exist runs at the first moment after the gap, unless the schedule runs within 30 minutes of that moment anyway. When they go back, a time that comes twice runs the first time only; a schedule that runs in every hour also runs in the repeated hour. Two runs are never less than 30 minutes apart.';

const GAP_MS = MINIMUM_GAP_MINUTES * 60_000;
const DAY_MS = 24 * 3_600_000;

type Search = { fires: LocalFires; timeZone: string };
type Change = { at: number; offset: number; offsetBefore: number };

/**
 * First fire strictly after `after`, by DAYLIGHT_SAVING_RULE; null when there is none.
 * Goes from one change of the clocks to the next: between two changes local time is as even as UTC.
 */
export function nextZonedFire({ fires, timeZone }: Search, after: number): number | null {
  let from = after;
  // That of `after` itself: in the last instant before a change, the change is still to come.
  let period = clockPeriod(timeZone, after);
  for (;;) {
    const { start, end, offset, offsetBefore } = period;
    const local = fires.next(from + offset);
    if (local === null) return null;
    const fire = local - offset;
    if (fire < end) {
      if (runsAfterChange(fires, { at: start, offset, offsetBefore }, fire)) return fire;
      from = fire;
      continue;
    }
    const next = clockPeriod(timeZone, end);
    if (runsInsteadOfGap(fires, { at: end, offset: next.offset, offsetBefore: offset })) return end;
    // Where no change is near, a fire that is weeks ahead has no repeats and no gaps before it to look at.
    const isQuiet = end - from > 2 * DAY_MS && local - from > 6 * DAY_MS;
    from = isQuiet ? Math.max(end - 1, local - 3 * DAY_MS) : end - 1;
    period = isQuiet ? clockPeriod(timeZone, from + 1) : next;
  }
}

/** A fire in the period that began with the change. */
function runsAfterChange(fires: LocalFires, change: Change, fire: number): boolean {
  const { at, offset, offsetBefore } = change;
  if (offset === offsetBefore) return true;
  const isRepeat = fire + offset < at + offsetBefore;
  if (isRepeat && !fires.fillsEveryHour) return false;
  return fire - at >= GAP_MS || !firesBetween(fires, fire - GAP_MS + offsetBefore, at + offsetBefore);
}

/** Whether the clocks jump over a fire, and the schedule has no other within 30 minutes of the jump. */
function runsInsteadOfGap(fires: LocalFires, { at, offset, offsetBefore }: Change): boolean {
  if (offset <= offsetBefore) return false;
  return (
    firesBetween(fires, at + offsetBefore - 1, at + offset) &&
    !firesBetween(fires, at + offsetBefore - GAP_MS, at + offsetBefore) &&
    !firesBetween(fires, at + offset - 1, at + offset + GAP_MS)
  );
}

/** Both ends are left out. */
function firesBetween(fires: LocalFires, from: number, to: number): boolean {
  const fire = fires.next(from);
  return fire !== null && fire < to;
}
