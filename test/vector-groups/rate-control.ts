import * as z from 'zod';
import { checkAssociation } from '../../electron/controller/operations/check-association.ts';
import type { TargetStatus } from '../../electron/domain/execution.ts';
import { countTargets, executionStatus } from '../../electron/domain/execution.ts';
import { decideDispatch, decideJoins, rateLimits } from '../../electron/domain/rate-control.ts';
import { anAssociation } from '../builders/association.ts';
import { updateMidRun } from './update-mid-run.ts';
import { vectorGroup } from './vector-group.ts';

const Run = z.object({
  targets: z.number(),
  maxConcurrency: z.string().nullish(),
  maxErrors: z.string().nullish(),
  completion: z.enum(['one-by-one', 'lockstep']),
  failuresAt: z.array(z.number()).default([]),
  expect: z.record(z.string(), z.unknown()),
});

/** Runs an execution by the product's decisions; `failuresAt` names the targets that fail by the order in which they were started. */
function simulated(run: z.output<typeof Run>): Record<string, unknown> {
  const limits = rateLimits({ maxConcurrency: run.maxConcurrency ?? null, maxErrors: run.maxErrors ?? null, targets: run.targets });
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
    const waiting = isStopped ? 0 : run.targets - dispatched;
    const decision = decideDispatch(limits, { running: running.length, errors: errors(), waiting });
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

const runs = vectorGroup({
  name: 'runs',
  row: Run,
  check(run) {
    const all = simulated(run);
    return { expected: run.expect, got: Object.fromEntries(Object.keys(run.expect).map((key) => [key, all[key]])) };
  },
});

const syntax = vectorGroup({
  name: 'syntax',
  row: z.object({
    field: z.enum(['maxConcurrency', 'maxErrors']),
    value: z.unknown(),
    valid: z.boolean(),
    error: z.string().optional(),
  }),
  title: ({ field, value }) => `${field} ${JSON.stringify(value)}`,
  check({ field, value, valid, error }, { desk }) {
    const { problems } = checkAssociation(desk, { ...anAssociation(), [field]: value }, null);
    const [found] = problems.filter((problem) => problem.field === field);
    const got = { valid: found === undefined, ...(error === undefined ? {} : { error: found?.code }) };
    return { expected: { valid, ...(error === undefined ? {} : { error }) }, got };
  },
});

const joins = vectorGroup({
  name: 'joins',
  row: z.object({
    limit: z.number(),
    runningWhenNodesAppear: z.number(),
    newNodes: z.number(),
    expect: z.object({ startNow: z.number(), waitForNextInterval: z.number() }),
  }),
  check: ({ limit, runningWhenNodesAppear, newNodes, expect: expected }) => ({
    expected,
    got: decideJoins({ limit, running: runningWhenNodesAppear, newNodes }),
  }),
});

const updates = vectorGroup({
  name: 'updates',
  row: z.object({
    targets: z.number(),
    limit: z.number(),
    finishedBeforeUpdate: z.number(),
    runningAtUpdate: z.number(),
    expect: z.object({
      oldVersionAllowedToFinish: z.number(),
      oldVersionStopped: z.number(),
      newVersionRunsOn: z.number(),
      newVersionLimit: z.number(),
    }),
  }),
  check: ({ expect: expected, ...row }) => ({ expected, got: updateMidRun(row) }),
});

export const rateControlGroups = [runs, syntax, joins, updates];
