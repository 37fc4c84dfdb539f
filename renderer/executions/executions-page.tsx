import { IconHistory } from '@tabler/icons-react';
import { useCallback } from 'react';
import { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import { ExecutionStatus } from '../../electron/domain/execution.ts';
import { calls } from '../client/calls.ts';
import { useCallWhen } from '../client/use-call.ts';
import { useRows } from '../client/use-rows.ts';
import { address } from '../routes.ts';
import { executionLooks } from '../terms/looks.ts';
import { refineAddress } from '../ui/address.ts';
import { ChoiceRow } from '../ui/choice-row.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { plural } from '../ui/moment.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { FilterChip, Toolbar } from '../ui/toolbar.tsx';
import { executionColumns } from './execution-columns.tsx';

interface Filter {
  status: string | null;
  associationId: string | null;
  nodeId: string | null;
}

const choices = [{ value: null, label: 'All' }, ...ExecutionStatus.options.map((value) => ({ value, label: executionLooks[value].label }))];

export function ExecutionsPage({ status: statusText, associationId: associationText, nodeId: nodeText }: Filter) {
  const status = ExecutionStatus.nullable().catch(null).parse(statusText);
  const associationId = AssociationId.nullable().catch(null).parse(associationText);
  const nodeId = NodeId.nullable().catch(null).parse(nodeText);
  const rows = useRows((page) => calls.executions.list({ ...page, associationId, nodeId, status }));
  const isFiltered = status !== null || associationId !== null || nodeId !== null;
  const refine = useCallback(
    (change: { status?: string | null; association?: string | null; node?: string | null }) =>
      refineAddress(address.executions({ status: statusText, association: associationText, node: nodeText, ...change })),
    [statusText, associationText, nodeText],
  );
  return (
    <Page layout="fill">
      <PageHeader title="Executions">Every time an association was applied, newest first.</PageHeader>
      <Toolbar aside={rows.status === 'full' ? plural(rows.total, 'execution') : undefined}>
        <ChoiceRow label="Status" choices={choices} value={status} onChange={(value) => refine({ status: value })} />
        {associationId !== null && <AssociationChip associationId={associationId} onClear={() => refine({ association: null })} />}
        {nodeId !== null && <NodeChip nodeId={nodeId} onClear={() => refine({ node: null })} />}
      </Toolbar>
      <DataTable
        label="Executions"
        fit="page"
        columns={executionColumns}
        rows={rows}
        rowKey={(row) => row.executionId}
        hrefOf={(row) => address.execution(row.executionId)}
        empty={
          isFiltered ? (
            <EmptyState icon={IconHistory} title="No execution is like this">
              <a href={address.executions()}>Show all executions</a>
            </EmptyState>
          ) : (
            <EmptyState icon={IconHistory} title="Nothing has run yet">
              An execution begins when an association is saved, when its schedule comes round, or when you run it.{' '}
              <a href={address.newAssociation()}>Create an association</a>
            </EmptyState>
          )
        }
      />
    </Page>
  );
}

function AssociationChip({ associationId, onClear }: { associationId: AssociationId; onClear(): void }) {
  const association = useCallWhen(calls.associations.get(associationId));
  const title = association.status === 'full' ? association.answer.title : associationId;
  return <FilterChip label={`Of “${title}”`} clearLabel="Executions of every association" onClear={onClear} />;
}

function NodeChip({ nodeId, onClear }: { nodeId: NodeId; onClear(): void }) {
  const node = useCallWhen(calls.nodes.get(nodeId));
  const name = node.status === 'full' ? node.answer.name : nodeId;
  return <FilterChip label={`On ${name}`} clearLabel="Executions on every node" onClear={onClear} />;
}
