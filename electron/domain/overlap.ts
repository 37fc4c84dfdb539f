import type { ExecutionTarget, Trigger } from './execution.ts';
import { isFinal } from './execution.ts';

/** AWS's default of a step without timeoutSeconds. */
const DEFAULT_STEP_TIMEOUT_SECONDS = 3600;

/** Triggers of the schedule's own clock: only a next interval ends an older one (spec.md 5.2). After an edit, what runs finishes. */
const ENDS_OLDER_RUN: ReadonlySet<Trigger> = new Set<Trigger>(['Schedule', 'MissedSchedule']);

/** The longest timeout of the steps: as they state it, also where a parameter gives it. */
export function longestTimeoutSeconds(
  steps: readonly { inputs: Record<string, unknown> }[],
  parameters: Record<string, readonly string[]>,
): number {
  const timeouts = steps.map(({ inputs }) => {
    const given = inputs.timeoutSeconds;
    const name = typeof given === 'string' ? /^\{\{\s*(\w+)\s*\}\}$/.exec(given)?.[1] : undefined;
    const seconds = Number(name === undefined ? given : parameters[name]?.[0]);
    return Number.isFinite(seconds) && seconds > 0 ? seconds : DEFAULT_STEP_TIMEOUT_SECONDS;
  });
  return Math.max(DEFAULT_STEP_TIMEOUT_SECONDS * Number(timeouts.length === 0), ...timeouts);
}

export type Overlap = {
  /** Targets that never started: the newer execution takes their place. */
  superseded: readonly ExecutionTarget[];
  running: readonly ExecutionTarget[];
  /** When what still runs is given up; null when it may finish. */
  endsAt: Date | null;
};

export type OverlapFacts = {
  /** Unfinished targets of the older execution that the newer one also covers. */
  older: readonly ExecutionTarget[];
  trigger: Trigger;
  /** The longest timeout of a step of the older execution's document. */
  stepTimeoutSeconds: number;
  now: Date;
};

/** What becomes of an older execution of the same association when a newer one begins (spec.md 5.2 and 4). */
export function decideOverlap({ older, trigger, stepTimeoutSeconds, now }: OverlapFacts): Overlap {
  const unfinished = older.filter(({ status }) => !isFinal(status));
  const running = unfinished.filter(({ status }) => status === 'InProgress');
  const graceMs = stepTimeoutSeconds * 1000;
  return {
    superseded: unfinished.filter(({ status }) => status !== 'InProgress'),
    running,
    endsAt: running.length > 0 && ENDS_OLDER_RUN.has(trigger) ? new Date(now.getTime() + graceMs) : null,
  };
}
