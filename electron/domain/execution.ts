import * as z from 'zod';
import { AssociationId, ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import type { Report } from '../../agent/protocol/reports.ts';
import { ApplyMode } from '../../agent/protocol/run-order.ts';
import type { DocumentStatus } from '../../agent/protocol/status.ts';
import type { Deadlines } from './execution-deadline.ts';
import { passedDeadline } from './execution-deadline.ts';

/** spec.md 6.1, the target level. */
export const TargetStatus = z.enum(['Pending', 'Queued', 'InProgress', 'Success', 'Failed', 'TimedOut', 'Skipped', 'Cancelled']);
export type TargetStatus = z.infer<typeof TargetStatus>;

export const ExecutionStatus = z.enum(['Pending', 'InProgress', 'Success', 'Failed', 'Skipped']);
export type ExecutionStatus = z.infer<typeof ExecutionStatus>;

export const OverviewStatus = z.enum(['Pending', 'Success', 'Failed']);
export type OverviewStatus = z.infer<typeof OverviewStatus>;

/** What made the execution begin (spec.md 5.1). */
export const Trigger = z.enum([
  'Created',
  'Edited',
  'DocumentChanged',
  'ParameterChanged',
  'Schedule',
  'MissedSchedule',
  'Manual',
  'NodeMatched',
  'CatchUp',
  'LongAbsence',
  'Refresh',
  'CalendarOpened',
]);
export type Trigger = z.infer<typeof Trigger>;

/** How many targets are in each status; every target is counted once. */
export const TargetCounts = z.record(TargetStatus, z.number().int().nonnegative());
export type TargetCounts = z.infer<typeof TargetCounts>;

export const NO_TARGETS: Readonly<TargetCounts> = {
  Pending: 0,
  Queued: 0,
  InProgress: 0,
  Success: 0,
  Failed: 0,
  TimedOut: 0,
  Skipped: 0,
  Cancelled: 0,
};

export const TriggeredAlarm = z.object({ name: z.string(), state: z.literal('ALARM') });
export type TriggeredAlarm = z.infer<typeof TriggeredAlarm>;

export const Execution = z.object({
  executionId: ExecutionId,
  associationId: AssociationId,
  associationVersion: z.number(),
  documentName: z.string(),
  documentVersion: z.number(),
  mode: ApplyMode,
  trigger: Trigger,
  /** The scheduled moment that this execution is for; null when no schedule made it begin. */
  fireAt: z.date().nullable(),
  createdAt: z.date(),
  lastExecutionAt: z.date(),
  status: ExecutionStatus,
  detailedStatus: z.string(),
  concurrency: z.number(),
  toleratedErrors: z.number(),
  counts: TargetCounts,
  cancelRequestedAt: z.date().nullable(),
  /** Duration: when what waits is given up and what runs is cancelled. */
  cutOffAt: z.date().nullable(),
  /** Set when a newer execution has taken its place: when what still runs is given up. */
  overlapEndsAt: z.date().nullable(),
  triggeredAlarms: z.array(TriggeredAlarm),
});
export type Execution = z.infer<typeof Execution>;

export const ExecutionTarget = z.object({
  executionId: ExecutionId,
  associationId: AssociationId,
  nodeId: NodeId,
  status: TargetStatus,
  detailedStatus: z.string(),
  /** When the order was handed to the node's session; null while it waits for a slot. */
  dispatchedAt: z.date().nullable(),
  /** The node's own word for when it began. */
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  errorCode: z.string().nullable(),
  executionSummary: z.string(),
  /** How many differences its steps have mended; of a check, how many they have found. Null while it is not known, and of no check. */
  changeCount: z.number().nullable(),
  driftCount: z.number().nullable(),
  /** When a running target of a node that went away is given up; null while the node is there. */
  stuckAt: z.date().nullable(),
});
export type ExecutionTarget = z.infer<typeof ExecutionTarget>;

export const STUCK = 'StuckAtInProgress';

/** Of an ExecutionSummary, in characters; the API's model allows 512 (spec.md 6.8). */
export const LONGEST_SUMMARY = 510;

const FINAL: Record<TargetStatus, boolean> = {
  Pending: false,
  Queued: false,
  InProgress: false,
  Success: true,
  Failed: true,
  TimedOut: true,
  Skipped: true,
  Cancelled: true,
};

export const isFinal = (status: TargetStatus): boolean => FINAL[status];

/** What a query asks for targets that are not final, in the order of the index on them. */
export const UNFINISHED_TARGETS: readonly TargetStatus[] = TargetStatus.options.filter((status) => !isFinal(status));
export const WAITING_TARGETS: readonly TargetStatus[] = UNFINISHED_TARGETS.filter((status) => status !== 'InProgress');
/** Ends of a target that make its execution Failed (spec.md 6.7). */
export const FAILED_TARGETS = ['Failed', 'TimedOut', 'Cancelled'] as const satisfies readonly TargetStatus[];

export const isOver = (status: ExecutionStatus): boolean => status !== 'Pending' && status !== 'InProgress';
export const UNFINISHED_EXECUTIONS: readonly ExecutionStatus[] = ExecutionStatus.options.filter((status) => !isOver(status));

export function countTargets(statuses: Iterable<TargetStatus>): TargetCounts {
  const counts = { ...NO_TARGETS };
  for (const status of statuses) counts[status] += 1;
  return counts;
}

/** spec.md 6.7. Meaningless for no targets at all: zero matching nodes make no execution. */
export function executionStatus(counts: TargetCounts): ExecutionStatus {
  const errors = FAILED_TARGETS.reduce((sum, status) => sum + counts[status], 0);
  if (counts.Pending + counts.Queued + counts.InProgress > 0) {
    return counts.InProgress + counts.Success + errors > 0 ? 'InProgress' : 'Pending';
  }
  if (errors > 0) return 'Failed';
  return counts.Success > 0 ? 'Success' : 'Skipped';
}

/** More than the status: why everything was skipped, and what ended it before its targets did. */
export function executionDetail(
  execution: Pick<Execution, 'status' | 'detailedStatus' | 'cancelRequestedAt' | 'cutOffAt' | 'overlapEndsAt'>,
  now: Date,
): string {
  const { status, detailedStatus } = execution;
  if (status === 'Skipped') return detailedStatus === 'Pending' || detailedStatus === 'InProgress' ? status : detailedStatus;
  if (status !== 'Failed' || execution.cancelRequestedAt === null) return status;
  const deadline = passedDeadline(execution, now);
  return deadline === null ? 'Cancelled' : DEADLINE_DETAIL[deadline];
}

const DEADLINE_DETAIL = { overlap: 'Superseded', 'cut-off': 'CutOff' };

/** spec.md 6.7, with the reason where the newest execution could not run at all because of its association. */
export function overviewOf(newestFirst: readonly Pick<Execution, 'status' | 'detailedStatus'>[]): {
  status: OverviewStatus;
  detailedStatus: string;
} {
  const status = overviewStatus(newestFirst.map((execution) => execution.status));
  const [newest] = newestFirst;
  return {
    status,
    detailedStatus: newest?.status === 'Skipped' && newest.detailedStatus === 'CalendarMissing' ? 'CalendarMissing' : status,
  };
}

/** spec.md 6.7: the latest execution that is not Skipped speaks for the association. */
export function overviewStatus(executionsNewestFirst: Iterable<ExecutionStatus>): OverviewStatus {
  for (const status of executionsNewestFirst) {
    switch (status) {
      case 'Skipped':
        continue;
      case 'Pending':
      case 'InProgress':
        return 'Pending';
      case 'Success':
      case 'Failed':
        return status;
    }
  }
  return 'Pending';
}

/** `{Failed=1, Success=9}`, as DescribeAssociationExecutions writes it (spec.md 1.7). */
export function resourceCountByStatus(counts: TargetCounts): string {
  const present = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${present.map(([status, count]) => `${status}=${count}`).join(', ')}}`;
}

/** Errors as rate control counts them (spec.md section 4). */
export const errorCount = (counts: TargetCounts): number => counts.Failed + counts.TimedOut;

export const waitingCount = (counts: TargetCounts): number => counts.Pending + counts.Queued;

const DETAIL: Record<DocumentStatus, string> = {
  Success: 'Success',
  Failed: 'Failed',
  TimedOut: 'ExecutionTimedOut',
  Cancelled: 'Cancelled',
};

/**
 * The target after a report. The very same object when the report changes nothing: it came twice, late, or after the end,
 * because a final status never changes (spec.md 6.3).
 */
export function targetAfter(target: ExecutionTarget, report: Report): ExecutionTarget {
  if (isFinal(target.status)) return target;
  switch (report.kind) {
    case 'execution-started':
      return target.startedAt === null
        ? { ...target, status: 'InProgress', detailedStatus: 'InProgress', startedAt: new Date(report.at) }
        : target;
    case 'step-started':
    case 'step-finished':
      return target;
    case 'execution-finished':
      return { ...target, status: report.status, detailedStatus: DETAIL[report.status], endedAt: new Date(report.at), stuckAt: null };
    case 'execution-refused':
      return failedTarget(target, { errorCode: report.code, message: report.message }, new Date(report.at));
  }
}

/** What a target says of itself; while it waits and runs, the words of spec.md 6.8. */
export function shownSummary({ status, executionSummary }: Pick<ExecutionTarget, 'status' | 'executionSummary'>): string {
  switch (status) {
    case 'Pending':
    case 'Queued':
      return 'Association is pending';
    case 'InProgress':
      return 'Executing association';
    case 'Success':
    case 'Failed':
    case 'TimedOut':
    case 'Skipped':
    case 'Cancelled':
      return executionSummary;
  }
}

/** When a target was last heard of; null while it waits. */
export const lastHeardAt = ({ dispatchedAt, startedAt, endedAt }: Pick<ExecutionTarget, 'dispatchedAt' | 'startedAt' | 'endedAt'>) =>
  endedAt ?? startedAt ?? dispatchedAt;

/** Why a target was never run. */
export type SkipReason =
  | 'NodeOffline'
  | 'Terminated'
  | 'Superseded'
  | 'CalendarClosed'
  | 'CalendarMissing'
  | 'AlarmRaised'
  | 'ConcurrencyLimit'
  | 'CutOff'
  | 'MissedInterval'
  | 'AssociationDeleted'
  | 'NodeDeregistered'
  | 'NoLongerTargeted'
  | 'Overridden By Explicit Inventory Association';

export function failedTarget(target: ExecutionTarget, why: { errorCode: string; message: string }, now: Date): ExecutionTarget {
  const executionSummary = why.message.slice(0, LONGEST_SUMMARY);
  return { ...target, status: 'Failed', detailedStatus: 'Failed', errorCode: why.errorCode, executionSummary, endedAt: now, stuckAt: null };
}

/** A target that its node cancelled because the execution's time was over ends as the deadline says. */
export function cancelledByDeadline(target: ExecutionTarget, execution: Deadlines, now: Date): ExecutionTarget {
  if (target.status !== 'Cancelled') return target;
  switch (passedDeadline(execution, now)) {
    case 'overlap':
      return { ...target, status: 'TimedOut', detailedStatus: 'ExecutionTimedOut' };
    case 'cut-off':
      return { ...target, detailedStatus: 'CutOff' };
    case null:
      return target;
  }
}

/** Given up because nothing was heard of it for too long. */
export function stuckTarget(target: ExecutionTarget, now: Date): ExecutionTarget {
  return failedTarget(target, { errorCode: STUCK, message: 'Nothing was heard of this run for two hours.' }, now);
}

export function skippedTarget(target: ExecutionTarget, because: SkipReason, now: Date): ExecutionTarget {
  return { ...target, status: 'Skipped', detailedStatus: because, endedAt: now };
}
