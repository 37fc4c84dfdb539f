/** Associations may not fire more often; the general AWS limit is 5 minutes. */
export const MINIMUM_GAP_MINUTES = 30;

export const MINUTES_PER_DAY = 24 * 60;

/** On a ring of 24 hours, so that 23:45 and 00:00 are 15 minutes apart even where no two days follow each other. */
export function shortestGap(minutesOfDay: readonly number[]): number {
  const firstOfTomorrow = MINUTES_PER_DAY + (minutesOfDay[0] ?? 0);
  return Math.min(...minutesOfDay.map((minute, position) => (minutesOfDay[position + 1] ?? firstOfTomorrow) - minute));
}
