import { useState } from 'react';
import type { NodeId } from '../../agent/protocol/ids.ts';
import { ExecutionId, NodeId as NodeIds } from '../../agent/protocol/ids.ts';
import type { ExecutionDetail } from '../../electron/api/executions.ts';
import { TargetStatus } from '../../electron/domain/execution.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { executionLooks } from '../terms/looks.ts';
import { ModeMark, Status } from '../terms/status.tsx';
import { detailText } from '../terms/words.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { NotThere, PageLoading } from '../ui/not-there.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SplitPane } from '../ui/split-pane.tsx';
import { ExecutionActions } from './execution-actions.tsx';
import { ExecutionSummary } from './execution-summary.tsx';
import { FirstError } from './first-error.tsx';
import { TargetPanel } from './target-panel.tsx';
import type { TargetFilter } from './targets-list.tsx';
import { TargetsList } from './targets-list.tsx';

const back = { label: 'Executions', href: address.executions() };

interface ExecutionPageProps {
  executionId: string;
  nodeId: string | null;
  status: string | null;
  search: string;
}

export function ExecutionPage({ executionId, nodeId, status, search }: ExecutionPageProps) {
  const id = ExecutionId.safeParse(executionId);
  if (!id.success) return <NotThere title="Execution" back={back} fault={null} />;
  return (
    <KnownExecution
      executionId={id.data}
      nodeId={NodeIds.nullable().catch(null).parse(nodeId)}
      status={TargetStatus.nullable().catch(null).parse(status)}
      search={search}
    />
  );
}

interface KnownProps {
  executionId: ExecutionId;
  nodeId: NodeId | null;
  status: TargetStatus | null;
  search: string;
}

function KnownExecution({ executionId, nodeId, status, search }: KnownProps) {
  const execution = useCall(calls.executions.get(executionId));
  switch (execution.status) {
    case 'loading':
      return <PageLoading title="Execution" back={back} />;
    case 'fault':
      return <NotThere title="Execution" back={back} fault={execution.fault} />;
    case 'full':
      return (
        <Page>
          <Header execution={execution.answer} />
          {execution.fault !== null && <FaultNotice fault={execution.fault} />}
          <ExecutionSummary execution={execution.answer} />
          <FirstError execution={execution.answer} />
          <Targets execution={execution.answer} nodeId={nodeId} filter={{ status, search }} />
        </Page>
      );
  }
}

function Header({ execution }: { execution: ExecutionDetail }) {
  return (
    <PageHeader
      title={execution.title}
      parent={back}
      marks={
        <>
          <ModeMark mode={execution.mode} />
          <Status look={executionLooks[execution.status]} reason={detailText(execution.detailedStatus)} />
        </>
      }
      actions={<ExecutionActions execution={execution} />}
    >
      <a href={address.association(execution.associationId)}>The association</a> · document{' '}
      <a href={address.document(execution.documentName, { version: execution.documentVersion })}>
        {execution.documentName}, version {execution.documentVersion}
      </a>
    </PageHeader>
  );
}

/** Who was chosen stays chosen, also when others fail meanwhile; without a choice it is the first that failed, or the first. */
function Targets({ execution, nodeId, filter }: { execution: ExecutionDetail; nodeId: NodeId | null; filter: TargetFilter }) {
  const [suggested, setSuggested] = useState<NodeId | null>(null);
  const { executionId } = execution;
  const wanted = execution.counts.Failed > 0 ? 'Failed' : execution.counts.TimedOut > 0 ? 'TimedOut' : null;
  const first = useCall(calls.executions.targets({ executionId, status: wanted, offset: 0, limit: 1 }));
  const found = first.status === 'full' ? (first.answer.rows[0]?.nodeId ?? null) : null;
  if (suggested === null && found !== null) setSuggested(found);
  const shown = nodeId ?? suggested;
  return (
    <SplitPane sideAt="start" sideLabel="Targets" side={<TargetsList execution={execution} filter={filter} shown={shown} />}>
      {shown !== null && <TargetPanel key={shown} executionId={executionId} nodeId={shown} />}
    </SplitPane>
  );
}
