import type { ExecutionId } from '../../agent/protocol/ids.ts';
import type { Remediated } from '../../electron/api/compliance.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { ExecutionLine } from '../terms/execution-line.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { PanelRow, PanelRows } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';

/** How far each of them is, while one watches; each leads to its execution. */
export function RemedyProgress({ started }: { started: Remediated['started'] }) {
  return (
    <PanelRows label="What was started">
      {started.map(({ associationId, title, executionId }) => (
        <PanelRow key={associationId}>
          {executionId === null ? (
            <span>{title}: it matches none of these machines any more, or could not start.</span>
          ) : (
            <Running executionId={executionId} title={title} />
          )}
        </PanelRow>
      ))}
    </PanelRows>
  );
}

function Running({ executionId, title }: { executionId: ExecutionId; title: string }) {
  const execution = useCall(calls.executions.get(executionId));
  switch (execution.status) {
    case 'loading':
      return <SkeletonLines lines={1} />;
    case 'fault':
      return <FaultNotice fault={execution.fault} />;
    case 'full':
      return <ExecutionLine execution={execution.answer} title={title} />;
  }
}
