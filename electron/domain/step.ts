import * as z from 'zod';
import { ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import type { Report } from '../../agent/protocol/reports.ts';
import { StderrSummary, StdoutSummary } from '../../agent/protocol/reports.ts';
import type { PluginStatus, ResourceChange } from '../../agent/protocol/status.ts';
import { StepResult, StepStatus } from '../../agent/protocol/status.ts';
import { LONGEST_SUMMARY } from './execution.ts';

/** What the controller knows of one step on one node. A later attempt takes the place of an earlier one. */
export const StepRecord = z.object({
  executionId: ExecutionId,
  nodeId: NodeId,
  stepIndex: z.number(),
  attempt: z.number(),
  status: StepStatus,
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  result: StepResult.nullable(),
  stdout: StdoutSummary.nullable(),
  stderr: StderrSummary.nullable(),
});
export type StepRecord = z.infer<typeof StepRecord>;

type StepReport = Extract<Report, { kind: 'step-started' | 'step-finished' }>;

/** The step after a report; the same object when the report is of an earlier attempt or is known already. */
export function stepAfter(known: StepRecord | null, nodeId: NodeId, report: StepReport): StepRecord {
  if (known !== null && isOlder(known, report)) return known;
  const { executionId, stepIndex, attempt } = report;
  const ref = { executionId, nodeId, stepIndex, attempt };
  switch (report.kind) {
    case 'step-started':
      if (known?.attempt === attempt) return known;
      return { ...ref, status: 'InProgress', startedAt: new Date(report.at), endedAt: null, result: null, stdout: null, stderr: null };
    case 'step-finished':
      return {
        ...ref,
        status: report.result.status,
        startedAt: report.result.status === 'Skipped' ? null : new Date(report.startedAt),
        endedAt: new Date(report.at),
        result: report.result,
        stdout: report.stdout,
        stderr: report.stderr,
      };
  }
}

/** What the steps of one target have changed, and what its checks have found; null for what none of them says anything about. */
export type Differences = { changes: readonly ResourceChange[]; drift: readonly ResourceChange[] | null };

export function differencesOf(results: readonly (StepResult | null)[]): Differences {
  const told = results.filter((result) => result !== null);
  const checks = told.flatMap((result) => (result.status === 'Success' && result.drift !== undefined ? [result.drift] : []));
  return {
    changes: told.flatMap((result) => ('changes' in result ? (result.changes ?? []) : [])),
    drift: checks.length === 0 ? null : checks.flat(),
  };
}

/** `mode 0644 → 0600`: what was before an arrow, or a dash where there was nothing. */
export const changeText = ({ resource, property, before, after }: ResourceChange): string =>
  `${[resource, property].filter((part) => part !== '').join(' ')}: ${before ?? '—'} → ${after ?? '—'}`;

/** What waits for a restart of its machine may say more than once why it still does. */
function isOlder(known: StepRecord, report: StepReport): boolean {
  if (report.attempt !== known.attempt) return report.attempt < known.attempt;
  if (known.result?.status !== 'SuccessAndReboot') return known.result !== null;
  return report.kind !== 'step-finished' || report.result.status !== 'SuccessAndReboot' || report.result.notRestarted === undefined;
}

const CUT = '---Output truncated---';

/** `1 out of 1 plugin processed, 1 success, …` and a line per failed step (spec.md 6.8). */
export function executionSummary(steps: readonly { name: string; status: PluginStatus; problem: string | null }[]): string {
  const count = (...statuses: PluginStatus[]) => steps.filter((step) => statuses.includes(step.status)).length;
  const done = steps.length - count('NotStarted', 'InProgress');
  const head =
    `${done} out of ${steps.length} plugin${steps.length === 1 ? '' : 's'} processed, ${count('Success', 'SuccessAndReboot', 'PassedAndReboot')} success, ` +
    `${count('Failed')} failed, ${count('TimedOut')} timedout, ${count('Skipped')} skipped. `;
  const failed = steps.filter((step) => step.status === 'Failed' || step.status === 'TimedOut');
  const text = head + failed.map((step) => `\nThe operation ${step.name} failed: ${step.problem ?? step.status}`).join('');
  return text.length <= LONGEST_SUMMARY ? text : text.slice(0, LONGEST_SUMMARY - CUT.length) + CUT;
}
