import type { NodeId } from '../../agent/protocol/ids.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { ExecutionLine } from '../terms/execution-line.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';

const SHOWN = 6;

export function NodeExecutions({ nodeId }: { nodeId: NodeId }) {
  const executions = useCall(calls.executions.list({ nodeId, associationId: null, status: null, offset: 0, limit: SHOWN }));
  return (
    <Panel title="Latest executions" padding="flush" aside={<a href={address.executions({ node: nodeId })}>All</a>}>
      {executions.status === 'loading' && <SkeletonLines lines={3} />}
      {executions.status === 'fault' && <FaultNotice fault={executions.fault} />}
      {executions.status === 'full' && (
        <PanelRows label="Latest executions">
          {executions.answer.rows.map((execution) => (
            <PanelRow key={execution.executionId}>
              <ExecutionLine execution={execution} title={execution.title} />
            </PanelRow>
          ))}
          {executions.answer.total === 0 && <PanelRow>Nothing has run here yet.</PanelRow>}
        </PanelRows>
      )}
    </Panel>
  );
}
