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

/** How soon fires that could not be stored are tried again: early enough to be on time still. */
const RETRY_MS = 10_000;

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

/** The fire is written down with what it makes begin: a kill loses neither, and this moment is never acted on again. */
function fireOne(context: Context, association: Association, now: Date): void {
  const { associationId, nextRunAt: fireAt, lastFiredAt } = association;
  if (fireAt === null) return;
  const nextFire = nextRunOf(association, association.scheduleAnchor, now);
  const isRepeat = lastFiredAt !== null && fireAt <= lastFiredAt;
  const writeDown = () =>
    context.stores.associations.setSchedule(associationId, { nextRunAt: nextFire, lastFiredAt: isRepeat ? lastFiredAt : fireAt });
  try {
    context.transaction(() => {
      writeDown();
      if (!isRepeat) fire(context, { association, fireAt, nextFire, now });
    });
  } catch (cause) {
    context.log.error('fire-failed', cause, { associationId, fireAt: fireAt.toISOString() });
    writeDown();
  }
}

/** What is due at the same moment begins with the associations that name their nodes, and is one commit. */
function fireDue(context: Context): void {
  const now = context.clock.now();
  context.transaction(() => {
    for (const { association } of due(context, now)) fireOne(context, association, now);
  });
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
    cancel = context.clock.wakeAt(earliest, fireAndArm);
  }

  function fireAndArm(): void {
    armedFor = null;
    try {
      fireDue(context);
    } catch (cause) {
      // The disk may refuse now: nothing has begun, and what is due is still due a little later.
      context.log.error('fires-not-stored', cause);
      cancel = context.clock.wakeAt(new Date(context.clock.now().getTime() + RETRY_MS), fireAndArm);
      return;
    }
    arm();
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
