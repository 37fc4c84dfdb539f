import type { NodeId } from '../../agent/protocol/ids.ts';
import type { AssociationDraft } from './association.ts';
import type { SkipReason, Trigger } from './execution.ts';
import type { FleetMember } from './fleet-index.ts';
import type { GateDecision, GateFacts } from './gate.ts';
import { decideGate } from './gate.ts';
import type { OwedRun } from './owed-run.ts';
import { owedTrigger } from './owed-run.ts';
import type { RateLimits } from './rate-control.ts';
import { decideJoins, rateLimits } from './rate-control.ts';

/** What is known at the moment that something asks for an association to be applied. */
export type ApplicationFacts = Omit<GateFacts, 'trigger' | 'applyOnlyAtCronInterval'> & {
  settings: Pick<AssociationDraft, 'applyOnlyAtCronInterval' | 'maxConcurrency' | 'maxErrors'>;
  trigger: Trigger;
  /** Every node that matches now, in the order of dispatch. */
  matching: readonly FleetMember[];
  /** Only these of them; null means all. */
  onlyNodes: ReadonlySet<NodeId> | null;
  isConnected(nodeId: NodeId): boolean;
  /** Nodes on which an older run of the same association goes on. */
  busyNodes: ReadonlySet<NodeId>;
  /** The limit of a running execution of the association: nodes that join do not change it. Null when none runs. */
  runningLimit: number | null;
  hasNextRun: boolean;
  /** Why a node does not take part although it matches (spec.md 3, inventory). */
  exclusion(nodeId: NodeId): Exclusion | null;
  /** Why the run fails on every node before any step: its document or its targets are not to be had any more (spec.md 1.5 and 3). */
  failure: RunFailure | null;
};

export type RunFailure = {
  errorCode: string;
  message: string;
  /** The parameter of the store that is not there, where that is why: putting it mends the run. */
  missingParameter?: string;
};

export type Exclusion = { kind: 'skip'; because: SkipReason } | ({ kind: 'fail' } & RunFailure);

export type PlannedTarget = { nodeId: NodeId } & (
  | { kind: 'start' }
  /** An older run of the association is on the node still: a node never runs the same association twice at once. */
  | { kind: 'queue' }
  | { kind: 'skip'; because: SkipReason; owed: Pick<OwedRun, 'trigger' | 'because'> | null }
  | ({ kind: 'fail' } & RunFailure)
);

/** `nothing`: no execution is recorded, because nothing matches or the association waits for its interval. */
export type ApplicationPlan =
  | { kind: 'nothing'; because: 'no-node' | 'waits-for-interval' }
  | { kind: 'execution'; gate: GateDecision; limits: RateLimits; targets: readonly PlannedTarget[] };

function plannedTarget(facts: ApplicationFacts, nodeId: NodeId): PlannedTarget {
  if (facts.failure !== null) return { nodeId, kind: 'fail', ...facts.failure };
  const excluded = facts.exclusion(nodeId);
  if (excluded !== null) return excluded.kind === 'skip' ? { nodeId, ...excluded, owed: null } : { nodeId, ...excluded };
  if (!facts.isConnected(nodeId)) {
    return { nodeId, kind: 'skip', because: 'NodeOffline', owed: { trigger: owedTrigger(facts.trigger), because: 'NodeOffline' } };
  }
  return { nodeId, kind: facts.busyNodes.has(nodeId) ? 'queue' : 'start' };
}

/** Nodes that join find a slot free or are left to the next interval; without a next interval they wait for a slot. */
function withoutSlots(facts: ApplicationFacts, limits: RateLimits, targets: readonly PlannedTarget[]): PlannedTarget[] {
  if (facts.trigger !== 'NodeMatched' || !facts.hasNextRun) return [...targets];
  const newNodes = targets.filter(({ kind }) => kind === 'start').length;
  const limit = facts.runningLimit ?? limits.concurrency;
  let left = decideJoins({ limit, running: facts.busyNodes.size, newNodes }).startNow;
  return targets.map((target): PlannedTarget => {
    if (target.kind !== 'start' || left-- > 0) return target;
    return { nodeId: target.nodeId, kind: 'skip', because: 'ConcurrencyLimit', owed: null };
  });
}

/** Who starts, waits or is skipped when an association is applied: the one decision behind every trigger and every preview. */
export function planApplication(facts: ApplicationFacts): ApplicationPlan {
  const { settings, matching, onlyNodes } = facts;
  const members = onlyNodes === null ? matching : matching.filter(({ nodeId }) => onlyNodes.has(nodeId));
  if (members.length === 0) return { kind: 'nothing', because: 'no-node' };
  const gate = decideGate({ ...facts, applyOnlyAtCronInterval: settings.applyOnlyAtCronInterval });
  // A node that joins shares the slots of the whole association: its limit is not that of a run over one node.
  const limits = rateLimits({ ...settings, targets: matching.length });
  switch (gate.kind) {
    case 'wait':
      return { kind: 'nothing', because: 'waits-for-interval' };
    case 'skip': {
      const { because, isOwed } = gate;
      const owed = isOwed && because !== 'AlarmRaised' ? { trigger: facts.trigger, because } : null;
      return { kind: 'execution', gate, limits, targets: members.map(({ nodeId }) => ({ nodeId, kind: 'skip', because, owed })) };
    }
    case 'run': {
      const targets = members.map(({ nodeId }) => plannedTarget(facts, nodeId));
      return { kind: 'execution', gate, limits, targets: withoutSlots(facts, limits, targets) };
    }
  }
}
