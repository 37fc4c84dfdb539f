import { IconHistory } from '@tabler/icons-react';
import { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import { calls } from '../client/calls.ts';
import { useCallWhen } from '../client/use-call.ts';
import { ExecutionHistory } from '../history/execution-history.tsx';
import type { ExecutionQuery } from '../routes.ts';
import { address } from '../routes.ts';
import { executionFilterOf, isFiltered } from '../terms/execution-query.ts';
import { refineAddress } from '../ui/address.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { FilterChip } from '../ui/toolbar.tsx';

interface ExecutionsPageProps {
  associationId: string | null;
  nodeId: string | null;
  filter: ExecutionQuery;
}

export function ExecutionsPage({ associationId: associationText, nodeId: nodeText, filter }: ExecutionsPageProps) {
  const associationId = AssociationId.nullable().catch(null).parse(associationText);
  const nodeId = NodeId.nullable().catch(null).parse(nodeText);
  const go = (next: { association?: string | null; node?: string | null } & Partial<ExecutionQuery>) =>
    refineAddress(address.executions({ ...filter, association: associationText, node: nodeText, ...next }));
  const isNarrow = associationId !== null || nodeId !== null || isFiltered(executionFilterOf(filter));
  return (
    <Page layout="fill">
      <PageHeader title="Executions">Every time an association was applied, newest first.</PageHeader>
      <ExecutionHistory
        associationId={associationId}
        nodeId={nodeId}
        query={filter}
        onQuery={go}
        fit="page"
        chips={
          <>
            {associationId !== null && (
              <AssociationChip associationId={associationId} onClear={() => go({ association: null, version: null })} />
            )}
            {nodeId !== null && <NodeChip nodeId={nodeId} onClear={() => go({ node: null })} />}
          </>
        }
        empty={
          isNarrow ? (
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
