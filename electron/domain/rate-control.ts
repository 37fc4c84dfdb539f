/** Targets that one execution may have running at once when the association does not say (spec.md section 4). */
const DEFAULT_CONCURRENCY = 50;

/** `maxConcurrency`: 1 or more, or 1% to 100% (spec.md 1.1). */
export const MAX_CONCURRENCY_PATTERN = /^([1-9][0-9]{0,6}|([1-9][0-9]?|100)%)$/;
/** `maxErrors`: 0 or more, or 0% to 100%. */
export const MAX_ERRORS_PATTERN = /^(0|[1-9][0-9]{0,6}|([1-9]?[0-9]|100)%)$/;

/** Fixed when an execution starts, from the number of its targets; nodes that join later do not change it. */
export type RateLimits = { concurrency: number; toleratedErrors: number };

const floorOf = (setting: string, targets: number): number =>
  setting.endsWith('%') ? Math.floor((targets * Number.parseInt(setting, 10)) / 100) : Math.min(Number.parseInt(setting, 10), targets);

export function rateLimits(settings: { maxConcurrency: string | null; maxErrors: string | null; targets: number }): RateLimits {
  const { maxConcurrency, maxErrors, targets } = settings;
  return {
    concurrency:
      maxConcurrency === null ? Math.min(DEFAULT_CONCURRENCY, targets) : Math.min(targets, Math.max(1, floorOf(maxConcurrency, targets))),
    toleratedErrors: maxErrors === null ? targets : maxErrors.endsWith('%') ? floorOf(maxErrors, targets) : Number.parseInt(maxErrors, 10),
  };
}

/** Nodes that begin to match while an association runs: as many as there are free slots start, the others wait (spec.md section 4). */
export function decideJoins({ limit, running, newNodes }: { limit: number; running: number; newNodes: number }): {
  startNow: number;
  waitForNextInterval: number;
} {
  const startNow = Math.min(newNodes, Math.max(0, limit - running));
  return { startNow, waitForNextInterval: newNodes - startNow };
}

/** How far an execution is, as far as rate control asks. */
export type Progress = { running: number; errors: number; waiting: number };

export type DispatchDecision = { kind: 'start'; count: number } | { kind: 'stop' } | { kind: 'wait' };

/** Who may start now. The (tolerated + 1)-th error stops the execution: what runs ends, what waits is never started. */
export function decideDispatch(limits: RateLimits, progress: Progress): DispatchDecision {
  if (progress.waiting === 0) return { kind: 'wait' };
  if (progress.errors > limits.toleratedErrors) return { kind: 'stop' };
  const free = limits.concurrency - progress.running;
  return free > 0 ? { kind: 'start', count: Math.min(free, progress.waiting) } : { kind: 'wait' };
}
