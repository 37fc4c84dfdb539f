import * as z from 'zod';
import { AssociationId, ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import type { TargetStatus } from './execution.ts';

export const ComplianceSeverity = z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNSPECIFIED']);
export type ComplianceSeverity = z.infer<typeof ComplianceSeverity>;

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

export type ComplianceChange = { change: false } | { change: true; status: ComplianceStatus };

/** What a target's end says about compliance. MANUAL associations leave it to PutComplianceItems. */
export function complianceFrom(targetStatus: TargetStatus, syncCompliance: SyncCompliance): ComplianceChange {
  if (syncCompliance === 'MANUAL') return { change: false };
  switch (targetStatus) {
    case 'Success':
      return { change: true, status: 'COMPLIANT' };
    case 'Failed':
    case 'TimedOut':
      return { change: true, status: 'NON_COMPLIANT' };
    case 'Pending':
    case 'Queued':
    case 'InProgress':
    case 'Skipped':
    case 'Cancelled':
      return { change: false };
  }
}

/** A node is non-compliant if any of its items is; a node with no item has no compliance yet. */
export function nodeCompliance(items: Iterable<{ status: ComplianceStatus }>): ComplianceStatus | null {
  let found: ComplianceStatus | null = null;
  for (const { status } of items) {
    if (status === 'NON_COMPLIANT') return status;
    found = status;
  }
  return found;
}
