import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { Execution, ExecutionTarget } from '../../domain/execution.ts';
import { skippedTarget } from '../../domain/execution.ts';
import { decideOverlap, longestTimeoutSeconds } from '../../domain/overlap.ts';
import type { Context } from './context.ts';
import type { Occasion } from './occasion.ts';
import { moveTargets, settleExecution } from './settle-execution.ts';

type SupersedeContext = Pick<Context, 'stores' | 'clock' | 'library'>;

function stepTimeoutSeconds({ library, stores }: SupersedeContext, execution: Execution): number {
  const steps = library.steps(execution.documentName, execution.documentVersion) ?? [];
  const settings = stores.associations.versionDraft(execution.associationId, execution.associationVersion);
  return longestTimeoutSeconds(steps, settings?.parameters ?? {});
}

type Older = { older: Execution; covered: readonly ExecutionTarget[] };

function superseded(context: SupersedeContext, { older, covered }: Older, occasion: Occasion): Execution {
  const now = context.clock.now();
  const overlap = decideOverlap({
    older: covered,
    trigger: occasion.trigger,
    stepTimeoutSeconds: stepTimeoutSeconds(context, older),
    now,
  });
  const ending = overlap.endsAt === null ? older : { ...older, overlapEndsAt: older.overlapEndsAt ?? overlap.endsAt };
  const moves = overlap.superseded.map((before) => ({ before, after: skippedTarget(before, 'Superseded', now) }));
  return settleExecution(context, moveTargets(context, ending, moves));
}

/**
 * Older executions of the same association give way to a new one (spec.md 5.2): over all nodes wholly, over some only on those, so
 * that at most one run of an association waits on a node. Answers which executions changed. Call inside a transaction.
 */
export function supersedeExecutions(context: SupersedeContext, occasion: Occasion, nodes: ReadonlySet<NodeId>): Execution[] {
  const changed: Execution[] = [];
  for (const older of context.stores.executions.unfinishedOfAssociation(occasion.association.associationId)) {
    const unfinished = context.stores.executions.unfinishedTargets(older.executionId);
    const covered = occasion.onlyNodes === null ? unfinished : unfinished.filter(({ nodeId }) => nodes.has(nodeId));
    if (covered.length > 0) changed.push(superseded(context, { older, covered }, occasion));
  }
  return changed;
}
