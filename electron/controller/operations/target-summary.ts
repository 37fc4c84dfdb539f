import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { StepResult } from '../../../agent/protocol/status.ts';
import type { Execution } from '../../domain/execution.ts';
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
    case 'Success':
    case 'SuccessAndReboot':
    case undefined:
      return null;
  }
}

/** The ExecutionSummary of one node, over every step of the document (spec.md 6.8). */
export function targetSummary({ stores, library }: Pick<Context, 'stores' | 'library'>, execution: Execution, nodeId: NodeId): string {
  const steps = library.steps(execution.documentName, execution.documentVersion) ?? [];
  const records = new Map(stores.executions.steps(execution.executionId, nodeId).map((step) => [step.stepIndex, step]));
  return executionSummary(
    steps.map(({ name }, index) => {
      const record = records.get(index);
      return { name, status: record?.status ?? 'NotStarted', problem: problemOf(record?.result ?? null) };
    }),
  );
}
