import * as z from 'zod';
import { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import { Trigger } from './execution.ts';

/** A run that a node is to have as soon as what kept it away is over: at most one per association, however much it missed. */
export const OwedRun = z.object({
  associationId: AssociationId,
  nodeId: NodeId,
  trigger: Trigger,
  because: z.enum(['NodeOffline', 'CalendarClosed', 'CalendarMissing']),
  since: z.date(),
});
export type OwedRun = z.infer<typeof OwedRun>;

/** A catch-up this close to the next fire is left to that fire (spec.md 5.1, trigger 8). */
const CATCH_UP_MINIMUM_MS = 30 * 60 * 1000;

/** A node that was away this long runs everything when it is back (spec.md 5.1, trigger 9). */
const LONG_ABSENCE_MS = 30 * 24 * 3_600_000;

export const wasLongAbsent = ({ lastPingAt, now }: { lastPingAt: Date | null; now: Date }): boolean =>
  lastPingAt !== null && now.getTime() - lastPingAt.getTime() > LONG_ABSENCE_MS;

/** Whether a run that is owed may begin now, as far as the schedule says; calendar and alarm are the gate's to decide. */
export function isDueNow({ trigger, nextRunAt, now }: { trigger: Trigger; nextRunAt: Date | null; now: Date }): boolean {
  if (trigger !== 'CatchUp') return true;
  return nextRunAt === null || nextRunAt.getTime() - now.getTime() >= CATCH_UP_MINIMUM_MS;
}

/** The trigger under which an owed run begins: by what it was owed for, and by what ended the waiting. */
export const triggerOfOwed = ({ trigger, because }: Pick<OwedRun, 'trigger' | 'because'>): Trigger =>
  because === 'NodeOffline' ? trigger : 'CalendarOpened';

/** What a node is owed after it was away when `trigger` came: a new member is still new, everything else is caught up. */
export const owedTrigger = (trigger: Trigger): Trigger => (trigger === 'NodeMatched' || trigger === 'LongAbsence' ? trigger : 'CatchUp');
