/** How an event repeats, by whole days: its time of day is the same every time (RFC 5545, 3.3.10). */
export type RepeatRule = {
  frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  interval: number;
  /** 1 to 12; empty: all. */
  months: readonly number[];
  /** 1 to 31, or -1 to -31 from the end; empty: not said. */
  monthDays: readonly number[];
  /** With an ordinal (2 is the second, -1 the last) of the month or year; empty: not said. */
  weekdays: readonly RepeatWeekday[];
  /** Which of the days of one week, month or year are meant; empty: all. */
  positions: readonly number[];
  weekStart: number;
};

export type RepeatWeekday = { weekday: number; ordinal: number | null };
