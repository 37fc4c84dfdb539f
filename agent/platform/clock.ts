export interface Timer {
  cancel(): void;
}

/** What everything with effects asks for the time, so that a test can decide what time it is. */
export interface Clock {
  now(): Date;
  /** Calls `then` once, after so many milliseconds, unless the timer is cancelled first. */
  after(milliseconds: number, then: () => void): Timer;
}

// Longer waits overflow in the runtime and would end at once.
const LONGEST_TIMER_MILLISECONDS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => new Date(),
  after(milliseconds, then) {
    const timeout = setTimeout(then, Math.min(milliseconds, LONGEST_TIMER_MILLISECONDS));
    return { cancel: () => clearTimeout(timeout) };
  },
};

export interface Pause {
  readonly clock: Clock;
  readonly milliseconds: number;
  /** Ends the pause early. */
  readonly signal?: AbortSignal;
}

export function pause({ clock, milliseconds, signal }: Pause): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      timer.cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.after(milliseconds, end);
    signal?.addEventListener('abort', end, { once: true });
  });
}
