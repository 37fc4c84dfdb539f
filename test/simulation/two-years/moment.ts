/** Milliseconds since 1970, as everything in the two years is timed. */
export type Moment = number;

export const BEGIN: Moment = Date.UTC(2026, 0, 1);
export const END: Moment = Date.UTC(2028, 0, 1);
