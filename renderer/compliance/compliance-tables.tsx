import { ActionIcon, Tooltip } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { ComplianceRow } from '../../electron/api/compliance.ts';
import { associationOf } from '../../electron/domain/compliance.ts';
import { calls } from '../client/calls.ts';
import { useRows } from '../client/use-rows.ts';
import { remedy } from '../review/remedy.ts';
import { address } from '../routes.ts';
import { DataTable } from '../ui/data-table.tsx';
import { NothingShown } from './compliance-empty.tsx';
import type { ComplianceFilter, Grouping } from './compliance-view.ts';
import { nodeColumns, subjectColumns } from './group-columns.tsx';
import { itemColumns, itemTitle } from './item-columns.tsx';

interface TableProps {
  filter: ComplianceFilter;
}

export function ComplianceTable({ filter, grouping }: TableProps & { grouping: Grouping }) {
  switch (grouping) {
    case 'node':
      return <ByNode filter={filter} />;
    case 'item':
      return <BySubject filter={filter} />;
    case null:
      return <Items filter={filter} />;
  }
}

/** Items that a run can mend have the button for it at their end. */
function ApplyAgain({ row }: { row: ComplianceRow }) {
  const associationId = associationOf(row);
  if (row.status === 'COMPLIANT' || associationId === null) return null;
  const filter = { nodeId: row.nodeId, associationId, status: null };
  const title = `Apply “${itemTitle(row)}” again on ${row.nodeName}?`;
  return (
    <Tooltip label="Apply again here…">
      <ActionIcon variant="subtle" aria-label={`Apply ${itemTitle(row)} again on ${row.nodeName}`} onClick={() => remedy(filter, title)}>
        <IconRefresh size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function Items({ filter }: TableProps) {
  const rows = useRows((page) => calls.compliance.items({ ...page, ...filter }));
  return (
    <DataTable
      label="Compliance items"
      fit="page"
      columns={itemColumns}
      rows={rows}
      rowKey={(row) => `${row.complianceType} ${row.itemId} ${row.nodeId}`}
      hrefOf={(row) => address.complianceItem(row)}
      rowActions={(row) => <ApplyAgain row={row} />}
      empty={<NothingShown filter={filter} />}
    />
  );
}

function ByNode({ filter }: TableProps) {
  const rows = useRows((page) => calls.compliance.byNode({ ...page, ...filter }));
  return (
    <DataTable
      label="Compliance of machines"
      fit="page"
      columns={nodeColumns}
      rows={rows}
      rowKey={(row) => `${row.complianceType} ${row.nodeId}`}
      hrefOf={(row) => address.compliance({ node: row.nodeId, type: row.complianceType })}
      empty={<NothingShown filter={filter} />}
    />
  );
}

function BySubject({ filter }: TableProps) {
  const rows = useRows((page) => calls.compliance.bySubject({ ...page, ...filter }));
  return (
    <DataTable
      label="Compliance items over all machines"
      fit="page"
      columns={subjectColumns}
      rows={rows}
      rowKey={(row) => `${row.complianceType} ${row.itemId}`}
      hrefOf={(row) => {
        const association = associationOf(row);
        return address.compliance(association === null ? { type: row.complianceType, item: row.itemId } : { association });
      }}
      empty={<NothingShown filter={filter} />}
    />
  );
}
