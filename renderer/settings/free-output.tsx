import { Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { calls } from '../client/calls.ts';
import { useAction } from '../client/use-action.ts';
import { useFreshCall } from '../client/use-call.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { bytesText, countText } from '../ui/moment.ts';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { tellDone } from '../ui/toast.tsx';
import classes from './settings.module.css';

const runsText = (count: number): string => (count === 1 ? '1 run' : `${countText(count)} runs`);

/** Lets go of older output now, after saying what that would be. */
export function FreeOutput({ days }: { days: number }) {
  const [typed, setTyped] = useState<number | string>(Math.min(30, days));
  const [isAsking, setAsking] = useState(false);
  const olderThanDays = typed === '' ? Number.NaN : Number(typed);
  const isRight = Number.isInteger(olderThanDays) && olderThanDays >= 0 && olderThanDays <= 3650;
  return (
    <div className={classes.form}>
      <NumberInput
        className={classes.half}
        label="Free output older than, in days"
        value={typed}
        min={0}
        max={3650}
        clampBehavior="none"
        allowDecimal={false}
        allowNegative={false}
        error={isRight ? null : 'A number of days from 0 to 3,650.'}
        onChange={setTyped}
      />
      <Button className={classes.besideField} disabled={!isRight} onClick={() => setAsking(true)}>
        Free now…
      </Button>
      {isAsking && <FreeDialog olderThanDays={olderThanDays} onClose={() => setAsking(false)} />}
    </div>
  );
}

function FreeDialog({ olderThanDays, onClose }: { olderThanDays: number; onClose(): void }) {
  const freeable = useFreshCall(calls.outputs.freeable(olderThanDays));
  const free = useAction((client, days: number) => client.outputs.free({ olderThanDays: days }));
  const confirm = async () => {
    const outcome = await free.run(olderThanDays);
    if (!outcome.ok) return;
    tellDone(`The output of ${runsText(outcome.answer.executions)} is gone: ${bytesText(outcome.answer.bytes)} are free.`);
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      title="Free output now?"
      confirmLabel="Free output"
      isPending={free.isPending}
      canConfirm={freeable.status === 'full' && freeable.answer.executions > 0}
      onCancel={onClose}
      onConfirm={() => void confirm()}
    >
      {freeable.status === 'loading' && <SkeletonLines lines={2} />}
      {freeable.status === 'fault' && <FaultNotice fault={freeable.fault} />}
      {freeable.status === 'full' && (
        <p>
          This lets go of the output of {runsText(freeable.answer.executions)}: {bytesText(freeable.answer.bytes)}. Their results and the
          beginnings of what they printed stay, and so does the newest run of each association.
        </p>
      )}
      {free.fault !== null && <FaultNotice fault={free.fault} />}
    </ConfirmDialog>
  );
}
