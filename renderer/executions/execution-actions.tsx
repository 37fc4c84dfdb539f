import { Button } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import type { ExecutionDetail } from '../../electron/api/executions.ts';
import { isOver } from '../../electron/domain/execution.ts';
import { useAction } from '../client/use-action.ts';
import { runNow, useIsStarting } from '../review/run-now.ts';
import { finishedTargets, targetTotal } from '../terms/words.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { plural } from '../ui/moment.ts';
import { tellDone } from '../ui/toast.tsx';
import { RunFailed } from './run-failed.tsx';

export function ExecutionActions({ execution }: { execution: ExecutionDetail }) {
  if (!isOver(execution.status)) return <Cancel execution={execution} />;
  if (!execution.canRunAgain) return null;
  return (
    <>
      <RunFailed execution={execution} />
      <RunAgain execution={execution} />
    </>
  );
}

function RunAgain({ execution }: { execution: ExecutionDetail }) {
  const isStarting = useIsStarting(execution.associationId);
  return (
    <Button leftSection={<IconPlayerPlay size={14} aria-hidden />} loading={isStarting} onClick={() => runNow([execution])}>
      Run again
    </Button>
  );
}

function Cancel({ execution }: { execution: ExecutionDetail }) {
  const [isAsked, setAsked] = useState(false);
  const cancel = useAction((client, { executionId }: ExecutionDetail) => client.executions.cancel({ executionId }));
  const isRequested = execution.cancelRequestedAt !== null;
  const { counts } = execution;
  const waiting = targetTotal(counts) - finishedTargets(counts) - counts.InProgress;

  const confirm = async () => {
    const outcome = await cancel.run(execution);
    if (!outcome.ok) return;
    setAsked(false);
    tellDone('The execution is being cancelled.');
  };
  return (
    <>
      <Button leftSection={<IconPlayerStop size={14} aria-hidden />} color="bad" disabled={isRequested} onClick={() => setAsked(true)}>
        {isRequested ? 'Cancelling…' : 'Cancel execution'}
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        title="Cancel this execution?"
        confirmLabel="Cancel the execution"
        cancelLabel="Let it run"
        isPending={cancel.isPending}
        onCancel={() => setAsked(false)}
        onConfirm={() => void confirm()}
      >
        <p>
          {plural(counts.InProgress, 'target')} running: the commands there are stopped where they are. {plural(waiting, 'target')} waiting:
          not started.
        </p>
        <p>What has been done on the machines stays done. This cannot be undone.</p>
        {cancel.fault !== null && <FaultNotice fault={cancel.fault} />}
      </ConfirmDialog>
    </>
  );
}
