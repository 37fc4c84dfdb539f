import { IconHistory } from '@tabler/icons-react';
import type { NodeId } from '../../agent/protocol/ids.ts';
import { ExecutionHistory } from '../history/execution-history.tsx';
import type { ExecutionQuery } from '../routes.ts';
import { address } from '../routes.ts';
import { executionFilterOf, isFiltered } from '../terms/execution-query.ts';
import { refineAddress } from '../ui/address.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';

/** What ran on this node, and why. */
export function NodeExecutions({ nodeId, filter }: { nodeId: NodeId; filter: ExecutionQuery }) {
  return (
    <Panel title="Executions here">
      <ExecutionHistory
        associationId={null}
        nodeId={nodeId}
        query={filter}
        onQuery={(query) => refineAddress(address.node(nodeId, query))}
        fit="content"
        empty={
          isFiltered(executionFilterOf(filter)) ? (
            <EmptyState icon={IconHistory} title="No execution is like this">
              <a href={address.node(nodeId)}>Show all executions on this node</a>
            </EmptyState>
          ) : (
            <EmptyState icon={IconHistory} title="Nothing has run here yet" />
          )
        }
      />
    </Panel>
  );
}
