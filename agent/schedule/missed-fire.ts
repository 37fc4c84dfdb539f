import { MINIMUM_GAP_MINUTES } from './minimum-gap.ts';

/** A fire whose moment passed while nobody could dispatch it. Either way the caller records the missed interval. */
export type MissedFireDecision = { kind: 'run-late' } | { kind: 'skip'; because: 'next-fire-is-near' | 'not-due-yet' };

const NEAR_MS = MINIMUM_GAP_MINUTES * 60_000;

/**
 * Run once after start-up when the next fire is more than 30 minutes away, else skip.
 * However many fires were missed, ask once: `missedAt` is the one that was waited for, `nextFire` the first after `now`
 * (null when there is none). `not-due-yet` is what a clock set back looks like.
 */
export function decideMissedFire({ missedAt, nextFire, now }: { missedAt: Date; nextFire: Date | null; now: Date }): MissedFireDecision {
  if (missedAt > now) return { kind: 'skip', because: 'not-due-yet' };
  if (nextFire !== null && nextFire.getTime() - now.getTime() <= NEAR_MS) return { kind: 'skip', because: 'next-fire-is-near' };
  return { kind: 'run-late' };
}

/** Where the search for the next fire starts, so that a clock that was set back does not fire the same instant twice. */
export function resumeAfter({ now, lastFired }: { now: Date; lastFired: Date | null }): Date {
  return lastFired !== null && lastFired > now ? lastFired : now;
}
