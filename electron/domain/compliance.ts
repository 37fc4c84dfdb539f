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

/** Association compliance of one node (spec.md 7.1). An association that never finished on a node has no item there. */
export const ComplianceItem = z.object({
  nodeId: NodeId,
  associationId: AssociationId,
  title: z.string(),
  severity: ComplianceSeverity,
  status: ComplianceStatus,
  documentName: z.string(),
  documentVersion: z.number(),
  executionId: ExecutionId,
  /** When this status was found first, and when it was last confirmed. */
  since: z.date(),
  capturedAt: z.date(),
});
export type ComplianceItem = z.infer<typeof ComplianceItem>;

export type ComplianceChange = { change: false } | { change: true; status: ComplianceStatus; severity: ComplianceSeverity };

/** What an association says about compliance; null where it says nothing, which is UNSPECIFIED and AUTO (spec.md 1.1). */
export type ComplianceSettings = { syncCompliance: SyncCompliance | null; complianceSeverity: ComplianceSeverity | null };

/** What a target's end says about compliance. MANUAL associations leave it to PutComplianceItems. */
export function complianceFrom(targetStatus: TargetStatus, { syncCompliance, complianceSeverity }: ComplianceSettings): ComplianceChange {
  if (syncCompliance === 'MANUAL') return { change: false };
  const severity = complianceSeverity ?? 'UNSPECIFIED';
  switch (targetStatus) {
    case 'Success':
      return { change: true, status: 'COMPLIANT', severity };
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
