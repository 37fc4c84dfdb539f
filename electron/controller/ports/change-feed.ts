import type { Change } from '../../api/changes.ts';

/** Says what changed, by id, after it is committed. */
export type ChangeFeed = { publish(change: Change): void };
