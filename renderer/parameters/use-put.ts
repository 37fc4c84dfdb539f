import { useEffect, useEffectEvent, useState } from 'react';
import type { ParameterDraft } from '../../electron/domain/parameter.ts';
import type { ChangeProposal } from '../client/calls.ts';
import type { FaultData } from '../client/fault.ts';
import { useAction } from '../client/use-action.ts';
import { useChangePreview } from '../review/use-change-preview.ts';

interface PutRequest {
  draft: ParameterDraft;
  expectedVersion: number | null;
}

export interface Put {
  /** To be reviewed before it is done; null while nothing is asked, or nothing would run. */
  proposal: ChangeProposal | null;
  isPending: boolean;
  fault: FaultData | null;
  ask(request: PutRequest): void;
  confirm(): void;
  back(): void;
}

/** Puts a value: at once where nothing refers to it, else after a last look at what then runs. */
export function usePut(onDone: (version: number) => void): Put {
  const [asked, setAsked] = useState<PutRequest | null>(null);
  const put = useAction((client, request: PutRequest) => client.parameters.put(request));
  const proposal: ChangeProposal | null = asked === null ? null : { kind: 'parameter', name: asked.draft.name };
  const { preview, isOld, fault } = useChangePreview(proposal);
  const runsNothing = preview !== null && !isOld && preview.now.runs === 0 && preview.later.runs === 0;
  // Once a person is asked, it waits for their word, whatever changes meanwhile.
  const [isReviewed, setReviewed] = useState(false);
  if (!isReviewed && (fault !== null || (preview !== null && !isOld && !runsNothing))) setReviewed(true);
  const isPlain = runsNothing && !isReviewed;

  const confirm = async () => {
    if (asked === null) return;
    const outcome = await put.run(asked);
    if (outcome.ok) onDone(outcome.answer.version);
    else if (isPlain) setAsked(null);
  };
  const putPlain = useEffectEvent(() => void confirm());
  useEffect(() => {
    if (isPlain) putPlain();
  }, [isPlain]);

  return {
    proposal: isReviewed ? proposal : null,
    isPending: put.isPending || (asked !== null && !isReviewed),
    fault: put.fault,
    ask: (request) => {
      put.clear();
      setReviewed(false);
      setAsked(request);
    },
    confirm: () => void confirm(),
    back: () => {
      put.clear();
      setAsked(null);
    },
  };
}
