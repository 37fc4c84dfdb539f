import type { ApprovalRule, FilterGroup, InstallList, PatchBaseline, PatchComplianceLevel } from '../document/patch-baseline.ts';
import { matchesGlob } from './glob.ts';
import type { Patch } from './patch.ts';

/** What a baseline makes of a patch, installed or not. */
export type Approval =
  | { readonly kind: 'approved'; readonly level: PatchComplianceLevel }
  | { readonly kind: 'rejected' }
  /** No rule approves it, or none does yet. */
  | { readonly kind: 'other' };

const DAY_MS = 24 * 60 * 60 * 1000;

/** The rejected list is before everything else; then the approved list, and then the rules, of which the first that approves counts. */
export function approvalOf(patch: Patch, baseline: PatchBaseline, now: Date): Approval {
  if (baseline.RejectedPatches.some((name) => isNamed(patch, name))) return { kind: 'rejected' };
  if (!passes(patch, baseline.GlobalFilters)) return { kind: 'other' };
  const isListed = baseline.ApprovedPatches.some((name) => isNamed(patch, name));
  if (isListed && (patch.isSecurity || baseline.ApprovedPatchesEnableNonSecurity)) {
    return { kind: 'approved', level: baseline.ApprovedPatchesComplianceLevel };
  }
  const rule = baseline.ApprovalRules.PatchRules.find((candidate) => approves(candidate, patch, now));
  return rule === undefined ? { kind: 'other' } : { kind: 'approved', level: rule.ComplianceLevel };
}

function approves(rule: ApprovalRule, patch: Patch, now: Date): boolean {
  if (!patch.isSecurity && !rule.EnableNonSecurity) return false;
  return passes(patch, rule.PatchFilterGroup) && isOldEnough(rule, patch, now);
}

/** A patch of which nobody says since when it is there is never old enough for a rule that asks. */
function isOldEnough({ ApproveAfterDays = 0, ApproveUntilDate }: ApprovalRule, { releasedAt }: Patch, now: Date): boolean {
  if (ApproveUntilDate !== undefined) return releasedAt !== null && releasedAt.toISOString().slice(0, 10) <= ApproveUntilDate;
  if (ApproveAfterDays === 0) return true;
  return releasedAt !== null && now.getTime() - releasedAt.getTime() >= ApproveAfterDays * DAY_MS;
}

/** Whether a rule of the baseline asks since when patches are there. */
export const asksForAge = ({ ApprovalRules }: PatchBaseline): boolean =>
  ApprovalRules.PatchRules.some(({ ApproveAfterDays = 0, ApproveUntilDate }) => ApproveAfterDays > 0 || ApproveUntilDate !== undefined);

function passes(patch: Patch, { PatchFilters }: FilterGroup): boolean {
  return PatchFilters.every(({ Key, Values }) => {
    const found = patch.attributes[Key] ?? [];
    return Values.some((value) => value === '*' || found.some((one) => matchesGlob(value.toLowerCase(), one.toLowerCase())));
  });
}

const isNamed = (patch: Patch, pattern: string): boolean => [patch.id, ...patch.names].some((name) => matchesGlob(pattern, name));

/** Whether it is one of those that an install list names. A title there chooses a version, or one of its names. */
export function isInstallListed(patch: Patch, list: InstallList): boolean {
  return list.some(({ id, title }) => {
    if (!isNamed(patch, id)) return false;
    if (title === undefined || title === '') return true;
    return [patch.title, patch.wanted ?? '', ...patch.names].some((name) => matchesGlob(title, name));
  });
}
