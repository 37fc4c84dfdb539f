/** Days of the Gregorian calendar, counted from 1970-01-01; weekdays count as Date counts them: 0 is Sunday. */
export const DAY_MS = 24 * 3_600_000;

const THURSDAY = 4;

export const dayNumber = (year: number, month: number, dayOfMonth: number): number => Date.UTC(year, month - 1, dayOfMonth) / DAY_MS;

export const dayOf = (local: number): number => Math.floor(local / DAY_MS);

/** Months are 1 to 12. */
export function partsOf(day: number): { year: number; month: number; dayOfMonth: number } {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, dayOfMonth: date.getUTCDate() };
}

export const weekdayOf = (day: number): number => (((day + THURSDAY) % 7) + 7) % 7;

export const lengthOfMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
