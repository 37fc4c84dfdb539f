import type { Change, ChangeNotices } from '../../api/changes.ts';

/** Says what changed, by id, after it is committed. */
export type ChangeFeed = { publish(change: Change): void };

/** The feed with those who hear it. */
export type ChangeBroadcast = ChangeFeed & {
  /** Called at once with every change, in order; for parts of the controller itself. */
  listen(listener: (change: Change) => void): () => void;
  /**
   * Notices for one window. Gathered while the window is slow, so nothing piles up: a change is there once, and too many become
   * `everything`. Ends when the signal aborts.
   */
  watch(signal: AbortSignal): AsyncGenerator<ChangeNotices>;
};
