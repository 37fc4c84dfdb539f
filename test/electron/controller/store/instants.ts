export const NOW = new Date('2026-03-01T02:00:00.000Z');

/** An instant some minutes after NOW. */
export const minutesOn = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
