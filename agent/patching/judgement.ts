import type { PatchBaseline, PatchComplianceLevel } from '../document/patch-baseline.ts';
import { approvalOf } from './approval.ts';
import { matchesGlob } from './glob.ts';
import { PATCH_STATES, type Patch, type PatchState } from './patch.ts';

/** What is known of a node beside its patches. */
export interface PatchFacts {
  readonly baseline: PatchBaseline;
  readonly now: Date;
  /** Installed, and not in use before the node has been restarted: by id. */
  readonly awaitingRestart: ReadonlySet<string>;
  /** Could not be installed just now: by id. */
  readonly failed: ReadonlySet<string>;
}

export interface JudgedPatch {
  readonly patch: Patch;
  readonly state: PatchState;
  readonly level: PatchComplianceLevel;
}

export interface Judgement {
  /** One for each id, in their order. */
  readonly patches: readonly JudgedPatch[];
  readonly counts: Readonly<Record<PatchState, number>>;
}

/** These are not as the baseline wants the node to be. */
const NOT_COMPLIANT: ReadonlySet<PatchState> = new Set(['Missing', 'Failed', 'InstalledRejected', 'InstalledPendingReboot']);

export const isCompliant = ({ state }: Pick<JudgedPatch, 'state'>): boolean => !NOT_COMPLIANT.has(state);

/** What the baseline says of each patch of a node. What is missing goes before what the same package has already. */
export function judge(patches: readonly Patch[], facts: PatchFacts): Judgement {
  const judged = new Map<string, JudgedPatch>();
  for (const patch of patches) {
    const one = judgePatch(patch, facts);
    const known = judged.get(patch.id);
    if (one !== null && (known === undefined || rank(one) < rank(known))) judged.set(patch.id, one);
  }
  const list = [...judged.values()].sort((a, b) => (a.patch.id < b.patch.id ? -1 : 1));
  const count = (state: PatchState) => list.filter((one) => one.state === state).length;
  const counts = Object.fromEntries(PATCH_STATES.map((state) => [state, count(state)])) as Record<PatchState, number>;
  const notThere = facts.baseline.ApprovedPatches.filter((name) => !patches.some((patch) => isCalled(patch, name)));
  return { patches: list, counts: { ...counts, NotApplicable: notThere.length } };
}

const rank = ({ state }: JudgedPatch): number =>
  ['Failed', 'Missing', 'InstalledPendingReboot', 'InstalledRejected'].indexOf(state) + 1 || 9;

const isCalled = ({ id, names }: Patch, pattern: string): boolean => [id, ...names].some((name) => matchesGlob(pattern, name));

/** Null for what could be installed and is not asked for. */
function judgePatch(patch: Patch, { baseline, now, awaitingRestart, failed }: PatchFacts): JudgedPatch | null {
  const approval = approvalOf(patch, baseline, now);
  const level = approval.kind === 'approved' ? approval.level : 'UNSPECIFIED';
  const as = (state: PatchState): JudgedPatch => ({ patch, state, level: level === 'UNSPECIFIED' ? levelOf(patch) : level });
  if (patch.wanted !== null) {
    if (approval.kind !== 'approved') return null;
    return as(failed.has(patch.id) ? 'Failed' : 'Missing');
  }
  if (awaitingRestart.has(patch.id)) return as('InstalledPendingReboot');
  switch (approval.kind) {
    case 'approved':
      return as('Installed');
    case 'rejected':
      return as(baseline.RejectedPatchesAction === 'BLOCK' ? 'InstalledRejected' : 'InstalledOther');
    case 'other':
      return as('InstalledOther');
  }
}

/** Where a baseline says nothing, how bad a missing patch is follows from what its system calls it. */
const LEVELS: Readonly<Record<string, PatchComplianceLevel>> = {
  critical: 'CRITICAL',
  important: 'HIGH',
  moderate: 'MEDIUM',
  low: 'LOW',
  required: 'CRITICAL',
  standard: 'MEDIUM',
  optional: 'LOW',
  extra: 'LOW',
};

const levelOf = ({ severity }: Patch): PatchComplianceLevel => LEVELS[severity.toLowerCase()] ?? 'UNSPECIFIED';
