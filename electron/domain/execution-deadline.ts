/** A run without news for this long is given up (spec.md 6.3). */
export const STUCK_AFTER_MS = 2 * 3_600_000;

export type Deadlines = { cutOffAt: Date | null; overlapEndsAt: Date | null };

/** Which of its deadlines has ended an execution by now: a newer execution's (spec.md 5.2), or Duration's (1.1). */
export function passedDeadline({ cutOffAt, overlapEndsAt }: Deadlines, now: Date): 'overlap' | 'cut-off' | null {
  if (overlapEndsAt !== null && overlapEndsAt <= now) return 'overlap';
  return cutOffAt !== null && cutOffAt <= now ? 'cut-off' : null;
}
