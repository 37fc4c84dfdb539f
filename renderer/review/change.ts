import type { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import type { Trigger } from '../../electron/domain/execution.ts';
import type { Tag } from '../../electron/domain/tag.ts';

/** A change that may decide who runs what, before it is made. */
export type ChangeProposal =
  | { kind: 'association'; associationId: AssociationId | null; draft: unknown }
  | { kind: 'delete-associations'; associationIds: AssociationId[] }
  | { kind: 'apply-now'; associationIds: AssociationId[] }
  | { kind: 'document-version'; name: string; format: 'YAML' | 'JSON'; content: string }
  | { kind: 'document-default'; name: string; documentVersion: number }
  | { kind: 'node-tags'; nodeId: NodeId; tags: Tag[] }
  | { kind: 'group'; name: string; tagFilters: { key: string; values: string[] }[] }
  | { kind: 'delete-group'; name: string }
  | { kind: 'parameter'; name: string }
  | { kind: 'calendar'; name: string; content: string | null };

interface Row {
  /** Null: the association that is being created. */
  associationId: AssociationId | null;
  title: string;
  nodeId: NodeId;
  nodeName: string;
}

/** `false`: it waits for a free slot, or for an older run to end. */
export type RunNow = Row & { trigger: Trigger; startsAtOnce: boolean };
/** Without an instant: when something happens that `because` says. */
export type RunLater = Row & { at: Date | null; because: string };

/** What a change would do. Rows are the first of what is counted. */
export interface ChangePreview {
  now: { runs: number; nodes: number; rows: RunNow[] };
  later: { runs: number; nodes: number; rows: RunLater[] };
  leaves: { nodes: number; rows: Row[] };
  overlaps: { nodeId: NodeId; nodeName: string; others: { associationId: AssociationId; title: string }[] }[];
  confirmAbove: number;
  needsConfirmation: boolean;
}
