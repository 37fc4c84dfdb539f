import type { Change, ChangeNotices } from '../api/changes.ts';
import type { ChangeBroadcast } from './ports/change-feed.ts';

/** How long notices are gathered, so that a burst is one notice with each change once. */
const GATHER_MS = 40;
/** More changes than this in one notice are said as `everything`. */
const MOST_LISTED = 200;

class Watcher {
  #pending = new Map<string, Change>();
  #wake: (() => void) | null = null;

  add(change: Change): void {
    if (this.#pending.size <= MOST_LISTED) this.#pending.set(JSON.stringify(change), change);
    this.#wake?.();
  }

  take(): ChangeNotices {
    const changes = [...this.#pending.values()];
    this.#pending.clear();
    return changes.length > MOST_LISTED ? { kind: 'everything' } : { kind: 'some', changes };
  }

  /** Resolves when there is something to take, or the signal aborts. */
  async something(signal: AbortSignal): Promise<void> {
    if (this.#pending.size > 0 || signal.aborted) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    this.#wake = null;
  }
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

export function createChangeBroadcast(): ChangeBroadcast {
  const listeners = new Set<(change: Change) => void>();
  const watchers = new Set<Watcher>();
  return {
    publish(change) {
      for (const listener of listeners) listener(change);
      for (const watcher of watchers) watcher.add(change);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async *watch(signal) {
      const watcher = new Watcher();
      watchers.add(watcher);
      try {
        yield { kind: 'everything' };
        while (!signal.aborted) {
          await watcher.something(signal);
          if (signal.aborted) return;
          await pause(GATHER_MS);
          yield watcher.take();
        }
      } finally {
        watchers.delete(watcher);
      }
    },
  };
}
