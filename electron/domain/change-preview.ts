import * as z from 'zod';
import { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import type { ApplicationFacts, PlannedTarget } from './application.ts';
import { planApplication } from './application.ts';
import { Trigger } from './execution.ts';
import type { FleetMember } from './fleet-index.ts';

/** Rows of a preview are the first of what is counted. */
const ROWS_SHOWN = 200;
const OVERLAPS_SHOWN = 50;

const Row = {
  /** Null: the association that is being created. */
  associationId: AssociationId.nullable(),
  title: z.string(),
  nodeId: NodeId,
  nodeName: z.string(),
};

export const RunNow = z.object({
  ...Row,
  trigger: Trigger,
  /** `false`: it waits for a free slot, or for an older run to end. */
  startsAtOnce: z.boolean(),
});
export type RunNow = z.infer<typeof RunNow>;

/** Without an instant: when something happens that `because` says. */
export const RunLater = z.object({ ...Row, at: z.date().nullable(), because: z.string() });
export type RunLater = z.infer<typeof RunLater>;

export const Leaving = z.object(Row);
export type Leaving = z.infer<typeof Leaving>;

const Counted = { runs: z.number(), nodes: z.number() };

/** What a change would do, before it is made: who runs now, who later, who not any more, and what else is on those nodes. */
export const ChangePreview = z.object({
  now: z.object({ ...Counted, rows: z.array(RunNow) }),
  later: z.object({ ...Counted, rows: z.array(RunLater) }),
  leaves: z.object({ ...Counted, rows: z.array(Leaving) }),
  overlaps: z.array(
    z.object({ nodeId: NodeId, nodeName: z.string(), others: z.array(z.object({ associationId: AssociationId, title: z.string() })) }),
  ),
  /** The administrator's limit: above it, a person types the number of nodes. */
  confirmAbove: z.number(),
  needsConfirmation: z.boolean(),
});
export type ChangePreview = z.infer<typeof ChangePreview>;

/** One association that the change would have applied, with everything that decides how. */
export type PreviewedApplication = {
  associationId: AssociationId | null;
  title: string;
  facts: ApplicationFacts;
  nextRunAt: Date | null;
  /** When its calendars together open next; null when they are open, or never open. */
  opensAt: Date | null;
};

export type PreviewFacts = {
  applications: readonly PreviewedApplication[];
  leaves: readonly Leaving[];
  /** The associations that apply to a node as things are now. */
  applyingTo(nodeId: NodeId): readonly { associationId: AssociationId; title: string }[];
  confirmAbove: number;
};

/** Every run that a change makes, and every run that it puts off. */
export type ForeseenRuns = { now: RunNow[]; later: RunLater[] };

type Later = Pick<RunLater, 'at' | 'because'>;

const NEXT_RUN = 'It waits for its next run.';
const NO_RUN = 'Nothing runs there until it is started again.';

function laterOf(target: Extract<PlannedTarget, { kind: 'skip' | 'fail' }>, { nextRunAt, opensAt, facts }: PreviewedApplication): Later {
  const next = (because: string): Later => ({ at: nextRunAt, because: nextRunAt === null ? `${because} ${NO_RUN}` : because });
  if (target.kind === 'fail') return next(`The run fails: ${target.message}`);
  switch (target.because) {
    case 'NodeOffline':
      return { at: null, because: 'It is not connected: it runs when it connects.' };
    case 'CalendarClosed':
      if (target.owed === null) return next('A change calendar is closed.');
      return facts.isConnected(target.nodeId)
        ? { at: opensAt, because: 'It runs when its change calendar opens.' }
        : { at: null, because: 'It runs when it is connected and its change calendar is open.' };
    case 'CalendarMissing':
      return next('A change calendar that the association names does not exist.');
    case 'AlarmRaised':
      return next('Its alarm is raised.');
    case 'ConcurrencyLimit':
      return next('All slots are taken: it is left to the next run.');
    case 'Overridden By Explicit Inventory Association':
      return next('The node has an inventory association of its own.');
    case 'Terminated':
    case 'Superseded':
    case 'CutOff':
    case 'MissedInterval':
    case 'AssociationDeleted':
    case 'NodeDeregistered':
    case 'NoLongerTargeted':
      return next('It is skipped.');
  }
}

function foreseen(application: PreviewedApplication): ForeseenRuns {
  const { facts, associationId, title } = application;
  const plan = planApplication(facts);
  const names = new Map(facts.matching.map((member: FleetMember) => [member.nodeId, member.name]));
  const row = (nodeId: NodeId) => ({ associationId, title, nodeId, nodeName: names.get(nodeId) ?? nodeId });
  if (plan.kind === 'nothing') {
    if (plan.because === 'no-node') return { now: [], later: [] };
    const members = facts.matching.filter(({ nodeId }) => facts.onlyNodes?.has(nodeId) ?? true);
    return { now: [], later: members.map(({ nodeId }) => ({ ...row(nodeId), at: application.nextRunAt, because: NEXT_RUN })) };
  }
  let free = plan.limits.concurrency - facts.busyNodes.size;
  const runs: ForeseenRuns = { now: [], later: [] };
  for (const target of plan.targets) {
    if (target.kind === 'skip' || target.kind === 'fail') runs.later.push({ ...row(target.nodeId), ...laterOf(target, application) });
    else runs.now.push({ ...row(target.nodeId), trigger: facts.trigger, startsAtOnce: target.kind === 'start' && free-- > 0 });
  }
  return runs;
}

/** Every run, uncut: what a preview counts, and what a test holds against what then happens. */
export function foreseenRuns(applications: readonly PreviewedApplication[]): ForeseenRuns {
  const each = applications.map(foreseen);
  return { now: each.flatMap(({ now }) => now), later: each.flatMap(({ later }) => later) };
}

const nodesOf = (rows: readonly { nodeId: NodeId }[]): number => new Set(rows.map(({ nodeId }) => nodeId)).size;

const counted = <R extends { nodeId: NodeId }>(rows: readonly R[]) => ({
  runs: rows.length,
  nodes: nodesOf(rows),
  rows: rows.slice(0, ROWS_SHOWN),
});

/** Other associations on the nodes that run: whichever runs last decides their state (spec.md 3). */
function overlapsOf(rows: readonly (RunNow | RunLater)[], applyingTo: PreviewFacts['applyingTo']): ChangePreview['overlaps'] {
  const own = new Map<NodeId, { nodeName: string; associations: Set<AssociationId | null> }>();
  for (const { nodeId, nodeName, associationId } of rows) {
    const known = own.get(nodeId) ?? { nodeName, associations: new Set<AssociationId | null>() };
    known.associations.add(associationId);
    own.set(nodeId, known);
  }
  const found: ChangePreview['overlaps'] = [];
  for (const [nodeId, { nodeName, associations }] of own) {
    if (found.length >= OVERLAPS_SHOWN) break;
    const others = applyingTo(nodeId).filter(({ associationId }) => !associations.has(associationId));
    if (others.length > 0) found.push({ nodeId, nodeName, others: others.slice(0, OVERLAPS_SHOWN) });
  }
  return found;
}

/** What a change would do, from the same decisions that then do it (application.ts). */
export function previewOf({ applications, leaves, applyingTo, confirmAbove }: PreviewFacts): ChangePreview {
  const runs = foreseenRuns(applications);
  const now = counted(runs.now);
  return {
    now,
    later: counted(runs.later),
    leaves: counted(leaves),
    overlaps: overlapsOf([...runs.now, ...runs.later], applyingTo),
    confirmAbove,
    needsConfirmation: now.nodes > confirmAbove,
  };
}
