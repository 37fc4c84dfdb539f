import type { FaultData } from '../client/fault.ts';
import type { ChangePreview, ChangeProposal } from './change.ts';

export interface ChangeAnswer {
  preview: ChangePreview | null;
  /** The answer is not yet to what is proposed now. */
  isOld: boolean;
  fault: FaultData | null;
}

/** Nobody can be asked yet, so nothing is said of who runs. */
const NOTHING: ChangePreview = {
  now: { runs: 0, nodes: 0, rows: [] },
  later: { runs: 0, nodes: 0, rows: [] },
  leaves: { nodes: 0, rows: [] },
  overlaps: [],
  confirmAbove: 0,
  needsConfirmation: false,
};

export function useChangePreview(proposal: ChangeProposal | null): ChangeAnswer {
  return { preview: proposal === null ? null : NOTHING, isOld: false, fault: null };
}
