import { IconServerOff } from '@tabler/icons-react';
import { useId } from 'react';
import type { NodeRow } from '../../electron/api/nodes.ts';
import { calls } from '../client/calls.ts';
import { useRows } from '../client/use-rows.ts';
import { address } from '../routes.ts';
import { nodeLook } from '../terms/looks.ts';
import { Compliance, OriginMark, Status } from '../terms/status.tsx';
import type { Column } from '../ui/data-table.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { countText } from '../ui/moment.ts';
import { TwoLines } from '../ui/two-lines.tsx';
import classes from './groups.module.css';

const columns: readonly Column<NodeRow>[] = [
  {
    id: 'name',
    header: 'Node',
    cell: (row) => (
      <TwoLines main={row.name} marks={<OriginMark origin={row.origin} />} sub={<span className="hf-mono">{row.nodeId}</span>} />
    ),
  },
  { id: 'state', header: 'State', width: '140px', cell: (row) => <Status look={nodeLook(row)} style="plain" /> },
  { id: 'compliance', header: 'Compliance', width: '150px', from: 'medium', cell: (row) => <Compliance status={row.compliance} /> },
];

/** Who is in the group at this moment. */
export function GroupMembers({ name }: { name: string }) {
  const titleId = useId();
  const rows = useRows((page) => calls.groups.members({ ...page, name }));
  return (
    <section className={classes.members} aria-labelledby={titleId}>
      <h2 id={titleId} className={classes.sectionTitle}>
        {rows.status === 'full' ? `Members (${countText(rows.total)})` : 'Members'}
      </h2>
      <DataTable
        label="Machines in the group"
        fit="content"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.nodeId}
        hrefOf={(row) => address.node(row.nodeId)}
        empty={
          <EmptyState icon={IconServerOff} title="No machine is in it now">
            A machine is in the group as soon as it has these tags. <a href={address.editGroup(name)}>Change the tags</a>
          </EmptyState>
        }
      />
    </section>
  );
}
