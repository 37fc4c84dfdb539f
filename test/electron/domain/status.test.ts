import { expect, test } from 'vitest';
import * as z from 'zod';
import { StepStatus } from '../../../agent/protocol/status.ts';
import {
  countTargets,
  ExecutionStatus,
  executionStatus,
  overviewStatus,
  resourceCountByStatus,
  TargetStatus,
} from '../../../electron/domain/execution.ts';
import { executionSummary } from '../../../electron/domain/step.ts';
import { vectorFile } from '../../vectors.ts';

const vectors = z
  .object({
    executionFromTargets: z.array(
      z.object({ id: z.string(), targets: z.array(TargetStatus), execution: z.string(), resourceCountByStatus: z.string() }),
    ),
    overviewFromExecutions: z.array(z.object({ id: z.string(), executionsNewestFirst: z.array(ExecutionStatus), overview: z.string() })),
    executionSummaryText: z.array(
      z.object({ id: z.string(), steps: z.array(StepStatus), totalSteps: z.number(), summaryPrefix: z.string() }),
    ),
  })
  .parse(vectorFile('status-aggregation-vectors.json'));

test.each(vectors.executionFromTargets)('$id: an execution with targets $targets is $execution', (row) => {
  const counts = countTargets(row.targets);
  expect(executionStatus(counts)).toBe(row.execution);
  expect(resourceCountByStatus(counts)).toBe(row.resourceCountByStatus);
});

test.each(vectors.overviewFromExecutions)('$id: an association whose executions were $executionsNewestFirst is $overview', (row) => {
  expect(overviewStatus(row.executionsNewestFirst)).toBe(row.overview);
});

test.each(vectors.executionSummaryText)('$id: the summary of steps $steps begins as SSM writes it', (row) => {
  const steps = Array.from({ length: row.totalSteps }, (_, index) => ({
    name: `step${index}`,
    status: row.steps[index] ?? ('NotStarted' as const),
    problem: null,
  }));
  expect(executionSummary(steps).startsWith(row.summaryPrefix)).toBe(true);
});
