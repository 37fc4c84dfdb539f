import type { Clock } from './ports/clock.ts';

/** A timer longer than this fires at once in Node, so long waits are made of shorter ones. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's clock. A wait is re-measured at its end, so a clock that was set back does not wake anyone early. */
export function systemClock(): Clock {
  const now = () => new Date();
  return {
    now,
    wakeAt(at, wake) {
      let timer: NodeJS.Timeout;
      const arm = () => {
        const remaining = at.getTime() - now().getTime();
        if (remaining <= 0) {
          timer = setTimeout(wake, 0);
          return;
        }
        timer = setTimeout(arm, Math.min(remaining, LONGEST_TIMER_MS));
      };
      arm();
      return () => clearTimeout(timer);
    },
  };
}
