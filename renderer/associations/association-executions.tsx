import { IconHistory } from '@tabler/icons-react';
import type { AssociationRow } from '../../electron/api/associations.ts';
import { ExecutionHistory } from '../history/execution-history.tsx';
import type { ExecutionQuery } from '../routes.ts';
import { address } from '../routes.ts';
import { executionFilterOf, isFiltered } from '../terms/execution-query.ts';
import { refineAddress } from '../ui/address.ts';
import { Age, At } from '../ui/age.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

export function AssociationExecutions({ association, filter }: { association: AssociationRow; filter: ExecutionQuery }) {
  const { associationId, nextRunAt } = association;
  return (
    <ExecutionHistory
      associationId={associationId}
      nodeId={null}
      query={filter}
      onQuery={(query) => refineAddress(address.association(associationId, 'executions', query))}
      fit="content"
      empty={
        isFiltered(executionFilterOf(filter)) ? (
          <EmptyState icon={IconHistory} title="No execution is like this">
            <a href={address.association(associationId, 'executions')}>Show all executions of it</a>
          </EmptyState>
        ) : (
          <EmptyState icon={IconHistory} title="It has not run yet">
            {nextRunAt === null ? (
              'It runs when a machine begins to match, or when you run it.'
            ) : (
              <>
                The first run is <At at={nextRunAt} /> (<Age at={nextRunAt} />
                ).
              </>
            )}
          </EmptyState>
        )
      }
    />
  );
}
