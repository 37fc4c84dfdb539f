import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { AssociationId } from '../../agent/protocol/ids.ts';
import type { ChangeProposal } from '../client/calls.ts';
import { useAction } from '../client/use-action.ts';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { plural } from '../ui/moment.ts';
import { tellDone } from '../ui/toast.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import type { Named } from './run-now.ts';
import { dropRunRequest, useRunRequest } from './run-now.ts';
import { useChangePreview } from './use-change-preview.ts';

/** Stands once in the frame, so that what asks to run may go away meanwhile: a menu, the palette. */
export function RunNowDialog() {
  const { chosen, onStarted } = useRunRequest();
  return chosen === null ? null : <Request key={keyOf(chosen)} chosen={chosen} onStarted={onStarted} />;
}

const keyOf = (chosen: readonly Named[]): string => chosen.map(({ associationId }) => associationId).join();

function Request({ chosen, onStarted }: { chosen: readonly Named[]; onStarted(): void }) {
  const associationIds = chosen.map(({ associationId }) => associationId);
  const proposal: ChangeProposal = { kind: 'apply-now', associationIds };
  const { preview, fault } = useChangePreview(proposal);
  const start = useAction((client, ids: AssociationId[]) => client.associations.startOnce({ associationIds: ids }));
  const isBegun = useRef(false);

  const run = async () => {
    const outcome = await start.run(associationIds);
    if (!outcome.ok) return;
    tellStarted(chosen, outcome.answer);
    onStarted();
    dropRunRequest(chosen);
  };
  /** One on few machines is what the person asked for by name: it needs no second click. Once they are asked, it does, whatever changes. */
  const isFew = chosen.length === 1 && preview !== null && !preview.needsConfirmation && fault === null;
  const [isAsked, setAsked] = useState(false);
  if (!isAsked && (start.fault !== null || fault !== null || (preview !== null && !isFew))) setAsked(true);
  const isPlain = isFew && !isAsked;
  const runPlain = useEffectEvent(() => {
    if (isBegun.current) return;
    isBegun.current = true;
    void run();
  });
  useEffect(() => {
    if (isPlain) runPlain();
  }, [isPlain]);

  const [only] = chosen;
  return (
    <ChangeDialog
      proposal={isAsked ? proposal : null}
      title={chosen.length === 1 && only !== undefined ? `Run “${only.title}” now?` : `Run ${plural(chosen.length, 'association')} now?`}
      confirmLabel="Run now"
      isPending={start.isPending}
      fault={start.fault}
      onConfirm={() => void run()}
      onCancel={() => dropRunRequest(chosen)}
    />
  );
}

/** One alone is followed to its execution. */
function tellStarted(chosen: readonly Named[], answer: readonly { executionId: string | null }[]): void {
  const started = answer.flatMap(({ executionId }) => (executionId === null ? [] : [executionId]));
  const [[first], [only]] = [started, chosen];
  if (chosen.length > 1 || only === undefined) {
    tellDone(`${plural(started.length, 'association')} running.`);
    return;
  }
  tellDone(first === undefined ? `“${only.title}” matches no machine now, so nothing runs.` : `“${only.title}” is running.`);
  if (first !== undefined) goTo(address.execution(first));
}
