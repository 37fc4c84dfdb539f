import { AssociationId, ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import { planApplication } from '../../electron/domain/application.ts';
import type { ExecutionTarget, TargetStatus } from '../../electron/domain/execution.ts';
import type { FleetMember } from '../../electron/domain/fleet-index.ts';
import { decideOverlap } from '../../electron/domain/overlap.ts';

interface Update {
  readonly targets: number;
  readonly limit: number;
  readonly finishedBeforeUpdate: number;
  readonly runningAtUpdate: number;
}

const now = new Date('2026-03-01T02:00:00Z');
const associationId = AssociationId.parse('0192a1b2-0000-7000-8000-00000000000a');
const executionId = ExecutionId.parse('0192a1b2-0000-7000-8000-00000000000b');
const nodeAt = (position: number): NodeId => NodeId.parse(`mi-${position.toString(16).padStart(17, '0')}`);

const targetAt = (position: number, status: TargetStatus): ExecutionTarget => ({
  executionId,
  associationId,
  nodeId: nodeAt(position),
  status,
  detailedStatus: status,
  dispatchedAt: status === 'Pending' ? null : now,
  startedAt: status === 'Pending' ? null : now,
  endedAt: status === 'Success' ? now : null,
  errorCode: null,
  executionSummary: '',
  changeCount: null,
  driftCount: null,
  stuckAt: null,
});

/** An association is saved while it runs: what becomes of the run that there is, and whom the new version runs on. */
export function updateMidRun({ targets, limit, finishedBeforeUpdate, runningAtUpdate }: Update): Record<string, number> {
  const statusAt = (position: number): TargetStatus => {
    if (position < finishedBeforeUpdate) return 'Success';
    return position < finishedBeforeUpdate + runningAtUpdate ? 'InProgress' : 'Pending';
  };
  const older = Array.from({ length: targets }, (_, position) => targetAt(position, statusAt(position)));
  const overlap = decideOverlap({ older, trigger: 'Edited', stepTimeoutSeconds: 3600, now });
  const plan = planApplication({
    settings: { applyOnlyAtCronInterval: false, maxConcurrency: String(limit), maxErrors: null },
    trigger: 'Edited',
    matching: older.map(({ nodeId }): FleetMember => ({ nodeId, name: nodeId, tags: [] })),
    onlyNodes: null,
    isConnected: () => true,
    busyNodes: new Set(overlap.running.map(({ nodeId }) => nodeId)),
    runningLimit: limit,
    hasNextRun: false,
    exclusion: () => null,
    failure: null,
    calendarState: 'OPEN',
    hasMissingCalendar: false,
    isAlarmRaised: false,
  });
  const planned = plan.kind === 'execution' ? plan.targets.filter(({ kind }) => kind === 'start' || kind === 'queue') : [];
  return {
    oldVersionAllowedToFinish: overlap.endsAt === null ? overlap.running.length : 0,
    oldVersionStopped: overlap.superseded.length,
    newVersionRunsOn: planned.length,
    newVersionLimit: plan.kind === 'execution' ? plan.limits.concurrency : 0,
  };
}
