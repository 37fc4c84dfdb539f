import type { Execution, SkipReason, TargetCounts, TargetStatus, Trigger } from '../../electron/domain/execution.ts';
import { isFinal, TargetStatus as TargetStatuses } from '../../electron/domain/execution.ts';
import { plural } from '../ui/moment.ts';
import type { Share } from '../ui/share-bar.tsx';
import { targetLooks } from './looks.ts';

const triggerWords: Record<Trigger, string> = {
  Created: 'When it was created',
  Edited: 'When it was edited',
  DocumentChanged: 'Because its document changed',
  ParameterChanged: 'Because a parameter that it refers to changed',
  Schedule: 'On its schedule',
  MissedSchedule: 'For a scheduled run that was missed',
  Manual: 'Started by hand',
  NodeMatched: 'Because a node began to match',
  CatchUp: 'To catch up a node that had been away',
  LongAbsence: 'Because a node was back after more than 30 days',
  Refresh: 'Because its node was refreshed',
  CalendarOpened: 'Because its change calendar opened',
};

export const triggerText = (trigger: Trigger): string => triggerWords[trigger];

/** Of a run that a change would make: what is done has not been done yet. */
const foretoldWords: Partial<Record<Trigger, string>> = {
  Created: 'Because it is new',
  Edited: 'Because it is edited',
  DocumentChanged: 'Because its document changes',
  ParameterChanged: 'Because a parameter that it refers to changes',
  Manual: 'By hand',
  NodeMatched: 'Because the node begins to match',
  CalendarOpened: 'Because its change calendar opens',
};

export const foretoldTriggerText = (trigger: Trigger): string => foretoldWords[trigger] ?? triggerWords[trigger];

/** Details that say more than the status itself; spec.md 6.2. */
const skipWords: Record<SkipReason, string> = {
  NodeOffline: 'The node was not connected when it was due',
  Terminated: 'Not started, because too many others failed',
  Superseded: 'A newer execution took its place',
  CalendarClosed: 'A change calendar was closed',
  CalendarMissing: 'A change calendar that it names does not exist',
  AlarmRaised: 'Its alarm was raised',
  ConcurrencyLimit: 'All slots were taken when the node began to match',
  CutOff: 'Its duration was over',
  MissedInterval: 'The controller was away at that time, and the next run was near',
  AssociationDeleted: 'The association was deleted',
  NodeDeregistered: 'The node was deregistered',
  NoLongerTargeted: 'The association did not apply to the node any more',
  'Overridden By Explicit Inventory Association': 'The node has an inventory association of its own',
};

const detailWords: ReadonlyMap<string, string> = new Map([
  ...Object.entries(skipWords),
  ['Queued', 'It waits for an older run on the node to end'],
  ['ExecutionTimedOut', 'It ran longer than it was allowed to'],
  ['Cancelled', 'It was cancelled'],
  ['Delayed', 'The node went away while it ran'],
]);

/** Why a target or an execution is as it is; empty when its status says it all. */
export const detailText = (detailedStatus: string): string => detailWords.get(detailedStatus) ?? '';

/** The order in which a bar shows them: what is done, what went wrong, what goes on, what waits. */
const barOrder: readonly TargetStatus[] = ['Success', 'Failed', 'TimedOut', 'Cancelled', 'InProgress', 'Queued', 'Pending', 'Skipped'];

export const sharesOf = (counts: TargetCounts): Share[] =>
  barOrder.map((status) => {
    const { tone, label, isMoving = false } = targetLooks[status];
    return { key: status, label: label.toLowerCase(), count: counts[status], tone, isMoving };
  });

export const targetTotal = (counts: TargetCounts): number => TargetStatuses.options.reduce((sum, status) => sum + counts[status], 0);

export const finishedTargets = (counts: TargetCounts): number =>
  TargetStatuses.options.filter(isFinal).reduce((sum, status) => sum + counts[status], 0);

/** `3 of 12 targets done`, or how they ended. */
export function progressText({ counts }: Pick<Execution, 'counts'>): string {
  const [done, all] = [finishedTargets(counts), targetTotal(counts)];
  if (done < all) return `${done} of ${plural(all, 'target')} done`;
  const failed = counts.Failed + counts.TimedOut;
  if (failed > 0) return `${failed} of ${plural(all, 'target')} failed`;
  return plural(all, 'target');
}
