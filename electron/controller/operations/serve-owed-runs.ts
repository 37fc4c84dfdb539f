import type { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import type { Association } from '../../domain/association.ts';
import type { Trigger } from '../../domain/execution.ts';
import { decideGate } from '../../domain/gate.ts';
import type { OwedRun } from '../../domain/owed-run.ts';
import { isDueNow, triggerOfOwed } from '../../domain/owed-run.ts';
import type { FactsContext, GateState } from './application-facts.ts';
import { gateState, matchingMembers } from './application-facts.ts';
import type { StartContext } from './start-execution.ts';
import { startExecution } from './start-execution.ts';

export type Due = { association: Association; trigger: Trigger; nodes: Set<NodeId> };

type OwedContext = FactsContext;

/** Whether a run may begin now; where a calendar keeps it away, which of the two reasons that is. */
function answerFor(context: OwedContext, { association, gate: state }: Asked, owed: OwedRun): 'serve' | 'wait' | CalendarReason {
  const { nodeId, trigger } = owed;
  if (!context.link.isConnected(nodeId)) return 'wait';
  const now = context.clock.now();
  if (!isDueNow({ trigger, nextRunAt: association.nextRunAt, now })) return 'wait';
  const gate = decideGate({ trigger, applyOnlyAtCronInterval: false, ...state });
  return gate.kind !== 'skip' || gate.because === 'AlarmRaised' ? 'serve' : gate.because;
}

type Asked = { association: Association; gate: GateState };

/** The association and its gate, asked once for all of its runs that are owed. */
function askedOnce(context: OwedContext): (associationId: AssociationId) => Asked | null {
  const known = new Map<AssociationId, Asked | null>();
  return (associationId) => {
    const before = known.get(associationId);
    if (before !== undefined) return before;
    const association = context.stores.associations.find(associationId);
    const asked = association === null ? null : { association, gate: gateState(context, association) };
    known.set(associationId, asked);
    return asked;
  };
}

type CalendarReason = Exclude<OwedRun['because'], 'NodeOffline'>;

/** What of it may begin now, by association and trigger, so that nodes which waited together run in one execution under one limit. */
export function dueRuns(
  context: OwedContext,
  owed: readonly OwedRun[],
): { due: Due[]; closed: { owed: OwedRun; because: CalendarReason }[] } {
  const due = new Map<string, Due>();
  const closed: { owed: OwedRun; because: CalendarReason }[] = [];
  const ask = askedOnce(context);
  for (const run of owed) {
    const asked = ask(run.associationId);
    if (asked === null) continue;
    const { association } = asked;
    const answer = answerFor(context, asked, run);
    if (answer === 'wait') continue;
    if (answer !== 'serve') {
      closed.push({ owed: run, because: answer });
      continue;
    }
    const trigger = triggerOfOwed(run);
    const key = `${run.associationId}/${trigger}`;
    const known = due.get(key) ?? { association, trigger, nodes: new Set<NodeId>() };
    due.set(key, known);
    known.nodes.add(run.nodeId);
  }
  return { due: [...due.values()].sort(byTargetKind), closed };
}

/** Associations that name their nodes go before those that match by tag (spec.md 3). */
function namesItsNodes({ targets, instanceId }: Association): boolean {
  return instanceId !== null || targets.some(({ key, values }) => key.toLowerCase() === 'instanceids' && !values.includes('*'));
}

export const byTargetKind = (a: { association: Association }, b: { association: Association }): number =>
  Number(namesItsNodes(b.association)) - Number(namesItsNodes(a.association));

/** Starts what nodes are owed and nothing keeps away any more. What no longer matches is owed no more. */
export function serveOwedRuns(context: StartContext, owed: readonly OwedRun[]): void {
  const { due, closed } = dueRuns(context, owed);
  // What the node missed while it was away now waits for the calendar, and says so.
  for (const { owed: run, because } of closed) if (because !== run.because) context.stores.owedRuns.put({ ...run, because });
  for (const { association, trigger, nodes } of due) {
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
