import * as z from 'zod';
import { AssociationId, ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import type { TargetStatus } from './execution.ts';

export const ComplianceSeverity = z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNSPECIFIED']);
export type ComplianceSeverity = z.infer<typeof ComplianceSeverity>;

/** What an item can be: INFORMATIONAL is only for items that are put by hand. Most severe first (spec.md 7.3). */
export const ItemSeverity = z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNSPECIFIED']);
export type ItemSeverity = z.infer<typeof ItemSeverity>;

export const SyncCompliance = z.enum(['AUTO', 'MANUAL']);
export type SyncCompliance = z.infer<typeof SyncCompliance>;

export const ComplianceStatus = z.enum(['COMPLIANT', 'NON_COMPLIANT']);
export type ComplianceStatus = z.infer<typeof ComplianceStatus>;

export const ASSOCIATION_TYPE = 'Association';
const CUSTOM = 'Custom:';

/** `Association`, `Patch` or `Custom:<name>` (spec.md 7.2). */
export const ComplianceType = z
  .string()
  .max(100, 'A compliance type has at most 100 characters.')
  .regex(
    /^(Association|Patch|Custom:[a-zA-Z0-9_\-.]+)$/,
    'A compliance type is Association, Patch, or Custom: and a name of letters, digits and _ - .',
  );
export type ComplianceType = z.infer<typeof ComplianceType>;

export const isCustomType = (complianceType: ComplianceType): boolean => complianceType.startsWith(CUSTOM);

/** Where one thing stands on one node: an association, a patch, or whatever a custom type is about (spec.md section 7). */
export const ComplianceItem = z.object({
  nodeId: NodeId,
  complianceType: ComplianceType,
  /** The association's id where the type is `Association`. */
  itemId: z.string(),
  title: z.string(),
  severity: ItemSeverity,
  status: ComplianceStatus,
  details: z.record(z.string(), z.string()),
  /** The run that said so; whatever text came with an item that was put. */
  executionId: z.string().nullable(),
  executionType: z.string().nullable(),
  /** When this status was found first, and when it was last said to be so. */
  since: z.date(),
  confirmedAt: z.date(),
  /** The ExecutionTime of the whole type on the node: any run of an association there renews that of all its association items. */
  capturedAt: z.date(),
});
export type ComplianceItem = z.infer<typeof ComplianceItem>;

/** An item as it is said to be; since when follows from what it was before. */
export type ComplianceFinding = Omit<ComplianceItem, 'since' | 'confirmedAt' | 'capturedAt'>;

/** The association that an item is about; null for what is about none. */
export const associationOf = ({ complianceType, itemId }: Pick<ComplianceItem, 'complianceType' | 'itemId'>): AssociationId | null =>
  complianceType === ASSOCIATION_TYPE ? (AssociationId.safeParse(itemId).data ?? null) : null;

/** The execution that said so; null for what was put, whatever it calls the run behind it. */
export const runOf = ({ executionId, executionType }: Pick<ComplianceItem, 'executionId' | 'executionType'>): ExecutionId | null =>
  executionType === ASSOCIATION_TYPE ? (ExecutionId.safeParse(executionId).data ?? null) : null;

export type ComplianceChange = { change: false } | { change: true; status: ComplianceStatus; severity: ComplianceSeverity };

/** What an association says about compliance; null where it says nothing, which is UNSPECIFIED and AUTO (spec.md 1.1). */
export type ComplianceSettings = { syncCompliance: SyncCompliance | null; complianceSeverity: ComplianceSeverity | null };

/**
 * What a target's end says about compliance. MANUAL associations leave it to PutComplianceItems. `driftCount`: of a check, how many
 * differences it found; null of a run that was to bring the node into its state.
 */
export function complianceFrom(
  { status, driftCount }: { status: TargetStatus; driftCount: number | null },
  { syncCompliance, complianceSeverity }: ComplianceSettings,
): ComplianceChange {
  if (syncCompliance === 'MANUAL') return { change: false };
  const severity = complianceSeverity ?? 'UNSPECIFIED';
  switch (status) {
    case 'Success':
      return { change: true, status: (driftCount ?? 0) > 0 ? 'NON_COMPLIANT' : 'COMPLIANT', severity };
    case 'Failed':
    case 'TimedOut':
      return { change: true, status: 'NON_COMPLIANT', severity };
    case 'Pending':
    case 'Queued':
    case 'InProgress':
    case 'Skipped':
    case 'Cancelled':
      return { change: false };
  }
}

const STALE_AFTER_MS = 3 * 24 * 60 * 60 * 1000;

/** Whether nobody has said so for so long that it should not look like news. */
export const isStale = ({ confirmedAt }: Pick<ComplianceItem, 'confirmedAt'>, now: Date): boolean =>
  now.getTime() - confirmedAt.getTime() >= STALE_AFTER_MS;
