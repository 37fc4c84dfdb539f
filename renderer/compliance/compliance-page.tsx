import { IconShieldCheck } from '@tabler/icons-react';
import { useCallback } from 'react';
import { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import { ComplianceStatus } from '../../electron/domain/compliance.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { useRows } from '../client/use-rows.ts';
import { address } from '../routes.ts';
import { complianceLooks } from '../terms/looks.ts';
import { refineAddress } from '../ui/address.ts';
import { ChoiceRow } from '../ui/choice-row.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { plural } from '../ui/moment.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { FilterChip, Toolbar } from '../ui/toolbar.tsx';
import { complianceColumns } from './compliance-columns.tsx';

interface ComplianceFilter {
  status: string | null;
  nodeId: string | null;
  associationId: string | null;
}

const choices = [{ value: null, label: 'All' }, ...ComplianceStatus.options.map((value) => ({ value, label: complianceLooks[value].label }))];

export function CompliancePage({ status: statusText, nodeId: nodeText, associationId: associationText }: ComplianceFilter) {
  const status = ComplianceStatus.nullable().catch(null).parse(statusText);
  const nodeId = NodeId.nullable().catch(null).parse(nodeText);
  const associationId = AssociationId.nullable().catch(null).parse(associationText);
  const rows = useRows((page) => calls.compliance.items({ ...page, status, nodeId, associationId }));
  const refine = useCallback(
    (change: { status?: string | null; node?: string | null; association?: string | null }) =>
      refineAddress(address.compliance({ status: statusText, node: nodeText, association: associationText, ...change })),
    [statusText, nodeText, associationText],
  );
  const isFiltered = status !== null || nodeId !== null || associationId !== null;
  return (
    <Page layout="fill">
      <PageHeader title="Compliance">Which machines are in the state that their associations ask for. What is not, comes first.</PageHeader>
      <Toolbar aside={rows.status === 'full' ? plural(rows.total, 'item') : undefined}>
        <ChoiceRow label="Compliance" choices={choices} value={status} onChange={(value) => refine({ status: value })} />
        {associationId !== null && <AssociationChip associationId={associationId} onClear={() => refine({ association: null })} />}
        {nodeId !== null && <NodeChip nodeId={nodeId} onClear={() => refine({ node: null })} />}
      </Toolbar>
      <DataTable
        label="Compliance items"
        fit="page"
        columns={complianceColumns}
        rows={rows}
        rowKey={(row) => `${row.nodeId} ${row.associationId}`}
        hrefOf={(row) => address.execution(row.executionId, { node: row.nodeId })}
        empty={
          isFiltered ? (
            <EmptyState icon={IconShieldCheck} title="Nothing is like this">
              <a href={address.compliance()}>Show everything</a>
            </EmptyState>
          ) : (
            <EmptyState icon={IconShieldCheck} title="Nothing is known yet">
              A machine’s compliance with an association is known once it has been applied there. <a href={address.associations()}>Associations</a>
            </EmptyState>
          )
        }
      />
    </Page>
  );
}

function AssociationChip({ associationId, onClear }: { associationId: AssociationId; onClear(): void }) {
  const association = useCall(calls.associations.get(associationId));
  const title = association.status === 'full' ? association.answer.title : associationId;
  return <FilterChip label={`With “${title}”`} clearLabel="Compliance with every association" onClear={onClear} />;
}

function NodeChip({ nodeId, onClear }: { nodeId: NodeId; onClear(): void }) {
  const node = useCall(calls.nodes.get(nodeId));
  const name = node.status === 'full' ? node.answer.name : nodeId;
  return <FilterChip label={`Of ${name}`} clearLabel="Compliance of every node" onClear={onClear} />;
}
