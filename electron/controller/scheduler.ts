import { decideMissedFire } from '../../agent/schedule/missed-fire.ts';
import type { Association } from '../domain/association.ts';
import { nextRunOf } from '../domain/association-check.ts';
import type { Context } from './operations/context.ts';
import { rearmSchedules } from './operations/rearm-schedules.ts';
import { byTargetKind } from './operations/serve-owed-runs.ts';
import { startExecution } from './operations/start-execution.ts';
import type { ChangeBroadcast } from './ports/change-feed.ts';

/** A fire that comes this late was missed: the controller was away, or its clock jumped. */
const LATE_MS = 60_000;

export type Scheduler = { stop(): void };

type Firing = { association: Association; fireAt: Date; nextFire: Date | null; now: Date };

/** One fire of one association: on time it runs, missed it runs once late or is recorded as missed (spec.md 2.3). */
function fire(context: Context, { association, fireAt, nextFire, now }: Firing): void {
  const isLate = now.getTime() - fireAt.getTime() > LATE_MS;
  const runs = !isLate || decideMissedFire({ missedAt: fireAt, nextFire, now }).kind === 'run-late';
  startExecution(context, {
    association,
    trigger: isLate ? 'MissedSchedule' : 'Schedule',
    fireAt,
    onlyNodes: null,
    ...(runs ? {} : { skipBecause: 'MissedInterval' as const }),
  });
}

function due(context: Context, now: Date): { association: Association }[] {
  const atOf = ({ association }: { association: Association }) => association.nextRunAt?.getTime() ?? 0;
  const associations = context.stores.associations.due(now).map((association) => ({ association }));
  return associations.sort((a, b) => atOf(a) - atOf(b) || byTargetKind(a, b));
}

function fireDue(context: Context): void {
  const now = context.clock.now();
  // What is due at the same moment begins with the associations that name their nodes.
  for (const { association } of due(context, now)) {
    const fireAt = association.nextRunAt;
    if (fireAt === null) continue;
    const nextFire = nextRunOf(association, association.scheduleAnchor, now);
    const isRepeat = association.lastFiredAt !== null && fireAt <= association.lastFiredAt;
    // The fire is written down first: whatever happens next, this moment is never acted on again.
    context.stores.associations.setSchedule(association.associationId, {
      nextRunAt: nextFire,
      lastFiredAt: isRepeat ? association.lastFiredAt : fireAt,
    });
    if (isRepeat) continue;
    try {
      fire(context, { association, fireAt, nextFire, now });
    } catch (cause) {
      context.log.error('fire-failed', cause, { associationId: association.associationId, fireAt: fireAt.toISOString() });
    }
  }
}

/** One timer, on the earliest fire of all associations; armed again whenever an association changes. */
export function startScheduler(context: Context, changes: ChangeBroadcast): Scheduler {
  let armedFor: number | null = null;
  let cancel: () => void = () => undefined;

  function arm(): void {
    const earliest = context.stores.associations.earliestNextRun();
    if ((earliest?.getTime() ?? null) === armedFor) return;
    cancel();
    cancel = () => undefined;
    armedFor = earliest?.getTime() ?? null;
    if (earliest === null) return;
    cancel = context.clock.wakeAt(earliest, () => {
      armedFor = null;
      fireDue(context);
      arm();
    });
  }

  const stopListening = changes.listen((change) => {
    if (change.kind === 'association') arm();
  });
  rearmSchedules(context);
  arm();
  return {
    stop() {
      stopListening();
      cancel();
    },
  };
}
