import type { StepResult } from '../../../agent/protocol/status.ts';
import type { Execution } from '../../domain/execution.ts';
import type { StepRecord } from '../../domain/step.ts';
import { executionSummary } from '../../domain/step.ts';
import type { Context } from './context.ts';

function problemOf(result: StepResult | null): string | null {
  switch (result?.status) {
    case 'Failed':
      return result.reason;
    case 'TimedOut':
      return `it ran longer than ${result.afterSeconds} seconds`;
    case 'Cancelled':
      return result.reason;
    case 'Skipped':
      return result.because;
    case 'SuccessAndReboot':
      return result.notRestarted ?? null;
    case 'Success':
    case undefined:
      return null;
  }
}

/** The ExecutionSummary of one node, over every step of the document (spec.md 6.8). */
export function targetSummary({ library }: Pick<Context, 'library'>, execution: Execution, known: readonly StepRecord[]): string {
  const steps = library.steps(execution.documentName, execution.documentVersion) ?? [];
  const records = new Map(known.map((step) => [step.stepIndex, step]));
  return executionSummary(
    steps.map(({ name }, index) => {
      const record = records.get(index);
      return { name, status: record?.status ?? 'NotStarted', problem: problemOf(record?.result ?? null) };
    }),
  );
}
