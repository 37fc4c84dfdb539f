import { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import type { ChangePreview } from '../../../electron/domain/change-preview.ts';

export const anAssociationId = (number: number): AssociationId =>
  AssociationId.parse(`00000001-0000-4000-8000-${number.toString(16).padStart(12, '0')}`);
export const aNodeId = (number: number): NodeId => NodeId.parse(`mi-${number.toString(16).padStart(17, '0')}`);
export const aMachine = (number: number): { nodeId: NodeId; nodeName: string } => ({
  nodeId: aNodeId(number),
  nodeName: `lab-${String(number).padStart(2, '0')}`,
});

/** What a change does that does nothing, unless something is given. */
export const aChangePreview = (settings: Partial<ChangePreview> = {}): ChangePreview => ({
  now: { runs: 0, nodes: 0, rows: [] },
  later: { runs: 0, nodes: 0, rows: [] },
  leaves: { runs: 0, nodes: 0, rows: [] },
  overlaps: [],
  confirmAbove: 20,
  needsConfirmation: false,
  ...settings,
});
