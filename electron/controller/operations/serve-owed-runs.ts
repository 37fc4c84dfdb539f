import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { Association } from '../../domain/association.ts';
import type { Trigger } from '../../domain/execution.ts';
import { decideGate } from '../../domain/gate.ts';
import type { OwedRun } from '../../domain/owed-run.ts';
import { isDueNow, triggerOfOwed } from '../../domain/owed-run.ts';
import { gateState, matchingMembers } from './application-facts.ts';
import type { StartContext } from './start-execution.ts';
import { startExecution } from './start-execution.ts';

type Due = { association: Association; trigger: Trigger; nodes: Set<NodeId> };

/** Whether this one may begin now; what still waits for a calendar says so from now on. */
function isServed(context: StartContext, association: Association, owed: OwedRun): boolean {
  const { nodeId, trigger } = owed;
  if (!context.link.isConnected(nodeId)) return false;
  const now = context.clock.now();
  if (!isDueNow({ trigger, nextRunAt: association.nextRunAt, now })) return false;
  const gate = decideGate({ trigger, applyOnlyAtCronInterval: false, ...gateState(context, association) });
  if (gate.kind !== 'skip' || gate.because === 'AlarmRaised') return true;
  if (gate.because !== owed.because) context.stores.owedRuns.put({ ...owed, because: gate.because });
  return false;
}

/** Owed runs by association and trigger, so that nodes which waited together run in one execution under one limit. */
function dueRuns(context: StartContext, owed: readonly OwedRun[]): Due[] {
  const due = new Map<string, Due>();
  for (const run of owed) {
    const association = context.stores.associations.find(run.associationId);
    if (association === null || !isServed(context, association, run)) continue;
    const trigger = triggerOfOwed(run);
    const key = `${run.associationId}/${trigger}`;
    const known = due.get(key) ?? { association, trigger, nodes: new Set<NodeId>() };
    due.set(key, known);
    known.nodes.add(run.nodeId);
  }
  return [...due.values()];
}

/** Associations that name their nodes go before those that match by tag (spec.md 3). */
function namesItsNodes({ targets, instanceId }: Association): boolean {
  return instanceId !== null || targets.some(({ key, values }) => key.toLowerCase() === 'instanceids' && !values.includes('*'));
}

export const byTargetKind = (a: { association: Association }, b: { association: Association }): number =>
  Number(namesItsNodes(b.association)) - Number(namesItsNodes(a.association));

/** Starts what nodes are owed and nothing keeps away any more. What no longer matches is owed no more. */
export function serveOwedRuns(context: StartContext, owed: readonly OwedRun[]): void {
  for (const { association, trigger, nodes } of dueRuns(context, owed).sort(byTargetKind)) {
    const { associationId } = association;
    const matching = new Set(matchingMembers(context, association).map(({ nodeId }) => nodeId));
    for (const nodeId of nodes) if (!matching.has(nodeId)) context.stores.owedRuns.remove(associationId, nodeId);
    try {
      startExecution(context, { association, trigger, fireAt: null, onlyNodes: nodes });
    } catch (cause) {
      // One association that cannot start keeps neither the nodes nor their other associations out.
      context.log.error('owed-run-failed', cause, { associationId, trigger });
    }
  }
}

/** Runs that waited for a calendar, when one of them may have opened, was changed, or came back. */
export function calendarTurned(context: StartContext): void {
  serveOwedRuns(context, context.stores.owedRuns.waitingForCalendar());
}
