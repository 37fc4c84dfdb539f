import { useSyncExternalStore } from 'react';

/** A text is made again this often, but shown again only when it is another one: ages change in steps of ten seconds at the least. */
const TICK_MS = 1000;

const listeners = new Set<() => void>();
let now = new Date();
let timer: ReturnType<typeof setInterval> | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = new Date();
    for (const tell of listeners) tell();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/**
 * A text made of the time, kept true by one timer for the whole window. A component is rendered again only when its text changes.
 * The time that is given is never older than `since`, so that what happened a moment ago is not in the future.
 */
export function useTimeText(textAt: (now: Date) => string, since: Date | null = null): string {
  return useSyncExternalStore(subscribe, () => {
    if (timer === null) now = new Date();
    return textAt(since !== null && since > now && since.getTime() - now.getTime() < TICK_MS ? since : now);
  });
}
