import type { Readable } from 'node:stream';
import type { Clock, Timer } from '../platform/clock.ts';

/** Long enough for what is in a pipe already, short enough not to be noticed. */
const QUIET_MILLISECONDS = 100;
const LONGEST_MILLISECONDS = 2000;

/**
 * Waits for the rest of what a process printed after it exited, then closes its pipes. A process in the background may hold them
 * open for ever, so they are closed as well once nothing has come for a moment, or when it goes on and on.
 */
export function closePipes(pipes: readonly Readable[], clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    let chunks = 0;
    let open = pipes.filter(({ closed }) => !closed).length;
    let quiet: Timer = { cancel: () => undefined };
    const longest = clock.after(LONGEST_MILLISECONDS, () => finish());
    const finish = () => {
      quiet.cancel();
      longest.cancel();
      for (const pipe of pipes) pipe.destroy();
      resolve();
    };
    const listen = () => {
      quiet.cancel();
      const before = chunks;
      // After a stall of this process the timer is early: what waits in the pipes is read first, and then counts.
      quiet = clock.after(QUIET_MILLISECONDS, () => setImmediate(() => (chunks === before ? finish() : undefined)));
    };
    for (const pipe of pipes) {
      pipe.on('data', () => {
        chunks += 1;
        listen();
      });
      pipe.once('close', () => {
        open -= 1;
        if (open === 0) finish();
      });
    }
    if (open === 0) finish();
    else listen();
  });
}
