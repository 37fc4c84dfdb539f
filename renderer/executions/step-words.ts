import type { StepResult } from '../../agent/protocol/status.ts';
import type { StepRow } from '../../electron/api/executions.ts';
import type { ExecutionTarget } from '../../electron/domain/execution.ts';
import { countText, plural } from '../ui/moment.ts';

/** How a step ended, where its status does not say it all; empty otherwise. */
export function resultText(result: StepResult | null): string {
  if (result === null) return '';
  switch (result.status) {
    case 'Success':
      return '';
    case 'SuccessAndReboot':
      return `It asked for a reboot; the same step runs again afterwards. ${result.notRestarted ?? ''}`.trim();
    case 'Failed':
      return result.reason;
    case 'TimedOut':
      return `It was stopped after ${plural(result.afterSeconds, 'second')}, the limit that its document sets.`;
    case 'Cancelled':
      return result.reason;
    case 'Skipped':
      return result.because;
  }
}

/** What a check has come to. */
export const driftSentence = (differences: number): string =>
  differences === 0 ? 'It is as it should be.' : `${plural(differences, 'difference')} found; nothing was changed.`;

/** What a target's steps have come to beside its status; empty where they changed nothing and found nothing. */
export function differenceText({ changeCount, driftCount }: Pick<ExecutionTarget, 'changeCount' | 'driftCount'>): string {
  if (driftCount !== null) return driftCount === 0 ? 'As it should be' : `${plural(driftCount, 'difference')} found`;
  return changeCount === null || changeCount === 0 ? '' : `${countText(changeCount)} changed`;
}

export function exitCodeOf(result: StepResult | null): number | null {
  if (result === null || !('exitCode' in result)) return null;
  return result.exitCode;
}

/** The step whose output a person wants to see first: the one that failed, else the one that runs, else the last that did something. */
export function stepToShow(steps: readonly StepRow[]): number | null {
  const status = (step: StepRow) => step.record?.status ?? 'NotStarted';
  const failed = steps.find((step) => status(step) === 'Failed' || status(step) === 'TimedOut');
  const running = steps.find((step) => status(step) === 'InProgress');
  const done = steps.findLast((step) => status(step) !== 'NotStarted' && status(step) !== 'Skipped');
  return (failed ?? running ?? done ?? steps[0])?.stepIndex ?? null;
}

/** Which stream is shown first: standard error where that is all there is. */
export function streamToShow({ record }: StepRow): 'stdout' | 'stderr' {
  const isOnlyError = record?.stdout?.bytes === 0 && (record.stderr?.bytes ?? 0) > 0;
  return isOnlyError ? 'stderr' : 'stdout';
}
