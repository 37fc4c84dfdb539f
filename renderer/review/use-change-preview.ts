import { useState } from 'react';
import type { ChangePreview } from '../../electron/domain/change-preview.ts';
import type { ChangeProposal } from '../client/calls.ts';
import { calls } from '../client/calls.ts';
import type { FaultData } from '../client/fault.ts';
import { useFreshCall } from '../client/use-call.ts';

export interface ChangeAnswer {
  preview: ChangePreview | null;
  /** The answer is not yet to what is proposed now. */
  isOld: boolean;
  fault: FaultData | null;
}

/** What the change would do, asked again whenever the site changes meanwhile; nothing of an earlier question is kept once it is closed. */
export function useChangePreview(proposal: ChangeProposal | null): ChangeAnswer {
  const call = useFreshCall(proposal === null ? null : calls.preview.change(proposal));
  const current = proposal !== null && call.status === 'full' ? call.answer : null;
  const [last, setLast] = useState<ChangePreview | null>(current);
  const kept = proposal === null ? null : (current ?? last);
  if (kept !== last) setLast(kept);
  return { preview: kept, isOld: current === null, fault: proposal === null || call.status === 'loading' ? null : call.fault };
}
