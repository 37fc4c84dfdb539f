import type { PatchBaseline, PatchedSystem, PatchFilterKey } from '../document/patch-baseline.ts';

interface Rule {
  readonly filters: readonly (readonly [PatchFilterKey, ...string[]])[];
  readonly afterDays: number;
}

const DEBIAN_RULES: readonly Rule[] = [{ filters: [['PRIORITY', '*']], afterDays: 0 }];

const DNF_RULES: readonly Rule[] = [
  {
    filters: [
      ['CLASSIFICATION', 'Security'],
      ['SEVERITY', 'Critical', 'Important'],
    ],
    afterDays: 7,
  },
  { filters: [['CLASSIFICATION', 'Bugfix']], afterDays: 7 },
];

const WINDOWS_RULES: readonly Rule[] = [
  {
    filters: [
      ['CLASSIFICATION', 'CriticalUpdates', 'SecurityUpdates'],
      ['MSRC_SEVERITY', 'Critical', 'Important'],
    ],
    afterDays: 7,
  },
];

/** What is approved where nobody says: everything of security on Debian and its kin, what matters and is a week old elsewhere. */
const RULES: Readonly<Record<PatchedSystem, readonly Rule[]>> = {
  DEBIAN: DEBIAN_RULES,
  UBUNTU: DEBIAN_RULES,
  RASPBIAN: DEBIAN_RULES,
  REDHAT_ENTERPRISE_LINUX: DNF_RULES,
  CENTOS: DNF_RULES,
  ROCKY_LINUX: DNF_RULES,
  ALMA_LINUX: DNF_RULES,
  ORACLE_LINUX: DNF_RULES,
  AMAZON_LINUX_2023: DNF_RULES,
  WINDOWS: WINDOWS_RULES,
};

/** A baseline with the id by which compliance items name it. */
export interface ChosenBaseline {
  readonly id: string;
  readonly baseline: PatchBaseline;
}

export function defaultBaseline(system: PatchedSystem): ChosenBaseline {
  const rules = RULES[system].map(({ filters, afterDays }) => ({
    PatchFilterGroup: { PatchFilters: filters.map(([Key, ...Values]) => ({ Key, Values })) },
    ComplianceLevel: 'UNSPECIFIED' as const,
    ApproveAfterDays: afterDays,
    EnableNonSecurity: false,
  }));
  return {
    id: `holdfast-default-${system.toLowerCase().replaceAll('_', '-')}`,
    baseline: {
      OperatingSystem: system,
      GlobalFilters: { PatchFilters: [] },
      ApprovalRules: { PatchRules: rules },
      ApprovedPatches: [],
      ApprovedPatchesComplianceLevel: 'UNSPECIFIED',
      ApprovedPatchesEnableNonSecurity: false,
      RejectedPatches: [],
      RejectedPatchesAction: 'ALLOW_AS_DEPENDENCY',
      Sources: [],
    },
  };
}

/** Of several the one of the node's system: two of them are as wrong as none. */
export function baselineFor(
  system: PatchedSystem,
  baselines: readonly PatchBaseline[],
): { ok: true; chosen: ChosenBaseline } | { ok: false; problem: string } {
  const [first, second] = baselines.filter(({ OperatingSystem }) => OperatingSystem === system);
  if (first === undefined) {
    const others = [...new Set(baselines.map(({ OperatingSystem }) => OperatingSystem))].join(', ').slice(0, 200);
    return { ok: false, problem: `BaselineOverride has no baseline for ${system}, which this node is; it has ${others}.` };
  }
  if (second !== undefined) return { ok: false, problem: `BaselineOverride has two baselines for ${system}: one node has one.` };
  return { ok: true, chosen: { id: first.BaselineId ?? first.Name ?? 'BaselineOverride', baseline: first } };
}
