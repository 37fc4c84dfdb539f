import { expect, test } from 'vitest';
import * as z from 'zod';
import type { TargetStatus } from '../../../electron/domain/execution.ts';
import { countTargets, executionStatus } from '../../../electron/domain/execution.ts';
import { decideDispatch, MAX_CONCURRENCY_PATTERN, MAX_ERRORS_PATTERN, rateLimits } from '../../../electron/domain/rate-control.ts';
import { vectorFile } from '../../vectors.ts';

const Vectors = z.object({
  runs: z.array(
    z.object({
      id: z.string(),
      targets: z.number(),
      maxConcurrency: z.string().nullable(),
      maxErrors: z.string().nullable(),
      completion: z.enum(['one-by-one', 'lockstep']),
      failuresAt: z.array(z.number()),
      expect: z.record(z.string(), z.unknown()),
    }),
  ),
  syntax: z.array(z.object({ field: z.enum(['maxConcurrency', 'maxErrors']), value: z.string(), valid: z.boolean() })),
});
const vectors = Vectors.parse(vectorFile('rate-control-vectors.json'));

/** Runs an execution by the product's decisions; `failuresAt` names the targets that fail by the order in which they were started. */
function simulate(run: (typeof vectors.runs)[number]): Record<string, unknown> {
  const limits = rateLimits({ maxConcurrency: run.maxConcurrency, maxErrors: run.maxErrors, targets: run.targets });
  const running: number[] = [];
  const ended: TargetStatus[] = [];
  let dispatched = 0;
  let isStopped = false;
  let stoppingOrdinal: number | null = null;
  let peakRunning = 0;
  const errors = () => ended.filter((status) => status === 'Failed').length;
  const finish = (ordinal: number) => {
    ended.push(run.failuresAt.includes(ordinal) ? 'Failed' : 'Success');
    if (stoppingOrdinal === null && errors() > limits.toleratedErrors) stoppingOrdinal = ordinal;
  };
  for (;;) {
    const decision = decideDispatch(limits, {
      running: running.length,
      errors: errors(),
      waiting: isStopped ? 0 : run.targets - dispatched,
    });
    if (decision.kind === 'stop') isStopped = true;
    if (decision.kind === 'start') for (let i = 0; i < decision.count; i += 1) running.push(++dispatched);
    peakRunning = Math.max(peakRunning, running.length);
    if (running.length === 0) break;
    for (const ordinal of running.splice(0, run.completion === 'lockstep' ? running.length : 1)) finish(ordinal);
  }
  const notStarted = run.targets - dispatched;
  const statuses = [...ended, ...Array.from({ length: notStarted }, (): TargetStatus => 'Skipped')];
  return {
    concurrencyLimit: limits.concurrency,
    errorsAllowed: limits.toleratedErrors,
    dispatched,
    succeeded: ended.length - errors(),
    failed: errors(),
    notStarted,
    stopped: stoppingOrdinal !== null,
    stoppingOrdinal,
    peakRunning,
    // Zero matching nodes open no execution at all (spec.md 6.7).
    executionStatus: statuses.length === 0 ? null : executionStatus(countTargets(statuses)),
  };
}

test.each(vectors.runs)('$id: an execution starts, fails and stops exactly as rate control says', (run) => {
  expect(simulate(run)).toMatchObject(run.expect);
});

test.each(vectors.syntax)('$field “$value” is accepted: $valid', ({ field, value, valid }) => {
  const pattern = field === 'maxConcurrency' ? MAX_CONCURRENCY_PATTERN : MAX_ERRORS_PATTERN;
  expect(pattern.test(value)).toBe(valid);
});
