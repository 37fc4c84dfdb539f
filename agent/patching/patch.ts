import type { PatchFilterKey } from '../document/patch-baseline.ts';

/**
 * One thing that a node's package manager can bring up to date, or has. `wanted` is the version that its sources have above the
 * installed one, null when there is none.
 */
export interface Patch {
  /** By which the node's own tools know it: a package with its architecture where that matters, or the number of an update. */
  readonly id: string;
  readonly title: string;
  readonly installed: string | null;
  readonly wanted: string | null;
  /** What filters ask about. */
  readonly attributes: Partial<Readonly<Record<PatchFilterKey, readonly string[]>>>;
  readonly classification: string;
  /** In the words of the node's system. */
  readonly severity: string;
  /** From a security source or with an advisory: what is approved without EnableNonSecurity. */
  readonly isSecurity: boolean;
  /** Null where the sources of this system do not say. */
  readonly releasedAt: Date | null;
  readonly installedAt: Date | null;
  /** Somebody keeps it at its version on this node: it is not installed, and missing all the same. */
  readonly isHeld: boolean;
  /** Other names that lists of approved and rejected patches may have for it. */
  readonly names: readonly string[];
}

/** What a patch is on a node, as the SSM API spells it. */
export type PatchState =
  | 'Installed'
  | 'InstalledOther'
  | 'InstalledRejected'
  | 'InstalledPendingReboot'
  | 'Missing'
  | 'NotApplicable'
  | 'Failed';

export const PATCH_STATES: readonly PatchState[] = [
  'Installed',
  'InstalledOther',
  'InstalledRejected',
  'InstalledPendingReboot',
  'Missing',
  'NotApplicable',
  'Failed',
];
