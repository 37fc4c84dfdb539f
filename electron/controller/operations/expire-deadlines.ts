import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { ExecutionTarget } from '../../domain/execution.ts';
import { stuckTarget } from '../../domain/execution.ts';
import { STUCK_AFTER_MS } from '../../domain/execution-deadline.ts';
import { cancelUnfinished } from './cancel-execution.ts';
import type { Context } from './context.ts';
import type { DispatchContext } from './dispatch-execution.ts';
import { takeFreedSlots } from './dispatch-execution.ts';
import { endTargets } from './end-targets.ts';

type LeaveContext = Pick<Context, 'stores' | 'clock' | 'changes'>;

/** A node went away: what runs there is delayed, and is given up when there is no news for two hours (spec.md 6.3). */
export function delayTargets({ stores, clock, changes }: LeaveContext, nodeId: NodeId): void {
  if (stores.executions.setStuckAt(nodeId, new Date(clock.now().getTime() + STUCK_AFTER_MS)) > 0) announce({ stores, changes }, nodeId);
}

/** The node is back: what runs there goes on. */
export function resumeTargets({ stores, changes }: Pick<Context, 'stores' | 'changes'>, nodeId: NodeId): void {
  if (stores.executions.setStuckAt(nodeId, null) > 0) announce({ stores, changes }, nodeId);
}

/** The controller starts: no node is there yet, and the two hours begin now for those that never come. */
export function delayAllTargets({ stores, clock }: Pick<Context, 'stores' | 'clock'>): void {
  stores.executions.setAllStuckAt(new Date(clock.now().getTime() + STUCK_AFTER_MS));
}

function announce({ stores, changes }: Pick<Context, 'stores' | 'changes'>, nodeId: NodeId): void {
  for (const { executionId } of stores.executions.unfinishedTargetsOfNode(nodeId)) changes.publish({ kind: 'target', executionId, nodeId });
}

function giveUpStuck(context: DispatchContext): void {
  const now = context.clock.now();
  const stuck = context.stores.executions.stuckTargets(now);
  const moves = stuck.map((before): { before: ExecutionTarget; after: ExecutionTarget } => ({ before, after: stuckTarget(before, now) }));
  context.transaction(() => {
    const ended = endTargets(context, moves);
    takeFreedSlots(context, new Set(ended.map(({ associationId }) => associationId)));
  });
}

/** Ends what its Duration, its grace beside a newer execution, or two hours without news have ended by now. */
export function expireDeadlines(context: DispatchContext): void {
  for (const execution of context.stores.executions.overdue(context.clock.now())) {
    // Read again: it is overdue in two ways at once, or an earlier one of the list changed it.
    const current = context.stores.executions.find(execution.executionId);
    if (current !== null && current.cancelRequestedAt === null) cancelUnfinished(context, current, 'its time is over');
  }
  giveUpStuck(context);
}
