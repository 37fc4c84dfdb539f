import type { AssociationId } from '../../../agent/protocol/ids.ts';
import { resumeAfter } from '../../../agent/schedule/missed-fire.ts';
import { nextRunOf } from '../../domain/association-check.ts';
import type { Context } from './context.ts';

/**
 * At a start, what is next is worked out anew from every schedule: the rules or the zone data of this version may be others, and the clock
 * may have been set. A moment that has passed stays as it is, because it is a fire that was missed. Answers how many were set anew.
 */
export function rearmSchedules({ stores, transaction, clock }: Pick<Context, 'stores' | 'transaction' | 'clock'>): number {
  const now = clock.now();
  return transaction(() => {
    const changed: { associationId: AssociationId; nextRunAt: Date | null; lastFiredAt: Date | null }[] = [];
    for (const { associationId, nextRunAt, lastFiredAt, ...timing } of stores.associations.timings()) {
      if (nextRunAt !== null && nextRunAt <= now) continue;
      const next = nextRunOf(timing, timing.scheduleAnchor, resumeAfter({ now, lastFired: lastFiredAt }));
      if (next?.getTime() !== nextRunAt?.getTime()) changed.push({ associationId, nextRunAt: next, lastFiredAt });
    }
    for (const { associationId, ...schedule } of changed) stores.associations.setSchedule(associationId, schedule);
    return changed.length;
  });
}
