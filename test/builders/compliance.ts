import type { NodeId } from '../../agent/protocol/ids.ts';

type Item = { Id: string; Title?: string; Severity: string; Status: string; Details?: Record<string, string> };

export const anUploadItem = (settings: Partial<Item> = {}): Item => ({
  Id: 'front',
  Title: 'Front door',
  Severity: 'HIGH',
  Status: 'COMPLIANT',
  ...settings,
});

/** PutComplianceItems of one custom item on the node. */
export const anUpload = (nodeId: NodeId, settings: Record<string, unknown> = {}) => ({
  ResourceId: nodeId,
  ResourceType: 'ManagedInstance',
  ComplianceType: 'Custom:Door',
  ExecutionSummary: { ExecutionTime: '2026-03-01T01:30:00Z', ExecutionId: 'round-7', ExecutionType: 'Command' },
  Items: [anUploadItem()],
  ...settings,
});
