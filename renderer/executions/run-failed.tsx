import { Button } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { useState } from 'react';
import type { ExecutionDetail } from '../../electron/api/executions.ts';
import { useAction } from '../client/use-action.ts';
import { ChangeDialog } from '../review/change-dialog.tsx';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { plural } from '../ui/moment.ts';
import { tellDone } from '../ui/toast.tsx';

/** Applies the association once more where this execution did not succeed, and nowhere else. */
export function RunFailed({ execution }: { execution: ExecutionDetail }) {
  const { executionId, counts, title } = execution;
  const [isAsked, setAsked] = useState(false);
  const start = useAction((client) => client.executions.runAgainOnFailed({ executionId }));
  const failed = counts.Failed + counts.TimedOut + counts.Cancelled;
  if (failed === 0) return null;
  const confirm = async () => {
    const outcome = await start.run(undefined);
    if (!outcome.ok) return;
    setAsked(false);
    const next = outcome.answer.executionId;
    tellDone(next === null ? `None of the machines is targeted by “${title}” any more, so nothing runs.` : `“${title}” is running again.`);
    if (next !== null) goTo(address.execution(next));
  };
  return (
    <>
      <Button leftSection={<IconRepeat size={14} aria-hidden />} onClick={() => setAsked(true)}>
        Run again on failed only…
      </Button>
      <ChangeDialog
        proposal={isAsked ? { kind: 'run-failed', executionId } : null}
        title={`Run “${title}” again where it failed?`}
        confirmLabel="Run again"
        isPending={start.isPending}
        fault={start.fault}
        onConfirm={() => void confirm()}
        onCancel={() => {
          start.clear();
          setAsked(false);
        }}
      >
        <p>
          It failed, timed out or was cancelled on {plural(failed, 'machine')}. It runs there as the association is now, with its parameters
          and document of today.
        </p>
      </ChangeDialog>
    </>
  );
}
