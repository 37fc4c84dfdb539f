import { IconFilterOff } from '@tabler/icons-react';
import type { NodeId } from '../../agent/protocol/ids.ts';
import type { ExecutionRow, TargetRow } from '../../electron/api/executions.ts';
import { TargetStatus } from '../../electron/domain/execution.ts';
import { calls } from '../client/calls.ts';
import { useRows } from '../client/use-rows.ts';
import { ExportButton } from '../history/export-button.tsx';
import { csvFile, useExport } from '../history/use-export.ts';
import { address } from '../routes.ts';
import { targetLooks } from '../terms/looks.ts';
import { Status } from '../terms/status.tsx';
import { detailText } from '../terms/words.ts';
import { refineAddress } from '../ui/address.ts';
import type { Choice } from '../ui/choice-row.tsx';
import { ChoiceRow } from '../ui/choice-row.tsx';
import type { Column } from '../ui/data-table.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { durationText } from '../ui/moment.ts';
import { SearchField } from '../ui/search-field.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { TwoLines } from '../ui/two-lines.tsx';
import classes from './executions.module.css';
import { differenceText } from './step-words.ts';
import { targetCsvColumns } from './target-csv.ts';

interface TargetsListProps {
  execution: ExecutionRow;
  filter: TargetFilter;
  shown: NodeId | null;
}

/** By status, and by what is in a node's name, id, addresses and tags. */
export interface TargetFilter {
  status: TargetStatus | null;
  search: string;
}

const ran = ({ startedAt, endedAt }: TargetRow): string =>
  startedAt !== null && endedAt !== null ? durationText(endedAt.getTime() - startedAt.getTime()) : '';

const columns: readonly Column<TargetRow>[] = [
  {
    id: 'node',
    header: 'Node',
    cell: (row) => (
      <TwoLines
        main={row.nodeName}
        sub={detailText(row.detailedStatus) || differenceText(row) || (row.online ? row.nodeId : 'Not connected now')}
      />
    ),
  },
  { id: 'status', header: 'Status', width: '112px', cell: (row) => <Status look={targetLooks[row.status]} style="plain" /> },
  { id: 'duration', header: 'Ran for', width: '84px', align: 'end', cell: (row) => <span className="hf-soft">{ran(row)}</span> },
];

/** The statuses that occur, with how many; the chosen one also when it no longer does. */
function choicesOf({ counts, targetCount }: ExecutionRow, chosen: TargetStatus | null): Choice<TargetStatus>[] {
  const present = TargetStatus.options.filter((status) => counts[status] > 0 || status === chosen);
  return [
    { value: null, label: 'All', count: targetCount },
    ...present.map((status) => ({ value: status, label: targetLooks[status].label, count: counts[status] })),
  ];
}

export function TargetsList({ execution, filter, shown }: TargetsListProps) {
  const { executionId } = execution;
  const { status, search } = filter;
  const rows = useRows((page) => calls.executions.targets({ ...page, executionId, ...filter }));
  const file = useExport({
    what: 'target',
    keyOf: (row: TargetRow) => row.nodeId,
    page: (client, page) => client.executions.targets({ ...page, executionId, ...filter }),
  });
  const save = () => void file.run((all) => csvFile(['targets', status ?? '', executionId.slice(0, 8)], targetCsvColumns, all));
  const refine = (part: Partial<TargetFilter>) => refineAddress(address.execution(executionId, { node: shown, status, search, ...part }));
  return (
    <div className={classes.target}>
      <ChoiceRow
        label="Targets by status"
        choices={choicesOf(execution, status)}
        value={status}
        onChange={(value) => refine({ status: value })}
      />
      <Toolbar aside={<ExportButton look="icon" {...file} isEmpty={rows.total === 0} onClick={save} />}>
        <SearchField label="Search nodes" value={search} onChange={(text) => refine({ search: text })} />
      </Toolbar>
      <DataTable
        label="Targets"
        fit="content"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.nodeId}
        hrefOf={(row) => address.execution(executionId, { node: row.nodeId, status, search })}
        isCurrent={(row) => row.nodeId === shown}
        empty={<EmptyState icon={IconFilterOff} title="No target is like this now" />}
      />
    </div>
  );
}
