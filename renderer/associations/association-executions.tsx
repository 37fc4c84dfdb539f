import { IconHistory } from '@tabler/icons-react';
import type { AssociationRow } from '../../electron/api/associations.ts';
import type { ExecutionRow } from '../../electron/api/executions.ts';
import { calls } from '../client/calls.ts';
import { useRows } from '../client/use-rows.ts';
import { address } from '../routes.ts';
import { executionLooks } from '../terms/looks.ts';
import { Status } from '../terms/status.tsx';
import { detailText, progressText, sharesOf, triggerText } from '../terms/words.ts';
import { Age, At } from '../ui/age.tsx';
import type { Column } from '../ui/data-table.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ShareBar } from '../ui/share-bar.tsx';
import { TwoLines } from '../ui/two-lines.tsx';

const columns: readonly Column<ExecutionRow>[] = [
  { id: 'started', header: 'Started', cell: (row) => <TwoLines main={<At at={row.createdAt} />} sub={<Age at={row.createdAt} />} /> },
  {
    id: 'status',
    header: 'Status',
    width: '130px',
    cell: (row) => <Status look={executionLooks[row.status]} reason={detailText(row.detailedStatus)} style="plain" />,
  },
  {
    id: 'targets',
    header: 'Targets',
    width: '28%',
    from: 'medium',
    cell: (row) => (
      <TwoLines main={progressText(row)} sub={<ShareBar shares={sharesOf(row.counts)} label="Targets by status" size="thin" />} />
    ),
  },
  {
    id: 'trigger',
    header: 'Why it ran',
    width: '26%',
    from: 'medium',
    cell: (row) => <span className="hf-soft">{triggerText(row.trigger)}</span>,
  },
  { id: 'version', header: 'Version', width: '84px', from: 'wide', align: 'end', cell: (row) => row.associationVersion },
];

export function AssociationExecutions({ association }: { association: AssociationRow }) {
  const { associationId, nextRunAt } = association;
  const rows = useRows((page) => calls.executions.list({ ...page, associationId, nodeId: null, status: null }));
  return (
    <DataTable
      label="Executions of this association"
      fit="content"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.executionId}
      hrefOf={(row) => address.execution(row.executionId)}
      empty={
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
      }
    />
  );
}
