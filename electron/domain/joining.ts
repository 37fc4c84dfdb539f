import type { TargetStatus } from './execution.ts';

/** What is known of an association on a node at the moment that the node connects or its tags change. */
export type JoiningFacts = {
  /** The latest target of this association on this node; null when it never had one. */
  latest: { associationVersion: number; status: TargetStatus; detailedStatus: string } | null;
  associationVersion: number;
  applyOnlyAtCronInterval: boolean;
  nextRunAt: Date | null;
  now: Date;
};

export type JoiningDecision = { kind: 'run'; trigger: 'NodeMatched' | 'CatchUp' } | { kind: 'wait' };

/** A catch-up this close to the next fire is left to that fire (spec.md 5.1, trigger 8). */
const CATCH_UP_MINIMUM_MS = 30 * 60 * 1000;

/**
 * spec.md 5.1, triggers 7 and 8: a node that starts to match runs at once; one that missed a run runs once more, however many it
 * missed. With ApplyOnlyAtCronInterval a new node waits for the next fire.
 */
export function decideJoining(facts: JoiningFacts): JoiningDecision {
  const { latest, nextRunAt, now } = facts;
  if (latest === null) return facts.applyOnlyAtCronInterval ? { kind: 'wait' } : { kind: 'run', trigger: 'NodeMatched' };
  if (latest.status !== 'Skipped' || latest.detailedStatus !== 'NodeOffline') return { kind: 'wait' };
  const soon = nextRunAt !== null && nextRunAt.getTime() - now.getTime() < CATCH_UP_MINIMUM_MS;
  return soon ? { kind: 'wait' } : { kind: 'run', trigger: 'CatchUp' };
}
