/** Wrong codes that one address may send in a window of time before it has to wait. */
const ALLOWED_FAILURES = 5;
const WINDOW_MS = 60_000;
/** Addresses that are remembered; the oldest is forgotten first, so that many addresses cannot fill the memory. */
const REMEMBERED = 10_000;

/** Slows down whoever guesses activation codes. Kept in memory: a code has far more than 128 bits, this only keeps the log readable. */
export type EnrollmentGuard = {
  /** Seconds that the address has to wait; 0 when it may try. */
  waitSeconds(address: string, now: Date): number;
  failed(address: string, now: Date): void;
};

export function createEnrollmentGuard(): EnrollmentGuard {
  const failures = new Map<string, Date[]>();
  const recent = (address: string, now: Date) => (failures.get(address) ?? []).filter((at) => now.getTime() - at.getTime() < WINDOW_MS);
  return {
    waitSeconds(address, now) {
      const kept = recent(address, now);
      const [oldest] = kept;
      if (oldest === undefined || kept.length < ALLOWED_FAILURES) return 0;
      return Math.ceil((oldest.getTime() + WINDOW_MS - now.getTime()) / 1000);
    },
    failed(address, now) {
      const kept = [...recent(address, now), now];
      failures.delete(address);
      failures.set(address, kept);
      const [oldest] = failures.keys();
      if (failures.size > REMEMBERED && oldest !== undefined) failures.delete(oldest);
    },
  };
}
