import type { ReactNode } from 'react';
import type { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import type { ExecutionRow } from '../../electron/api/executions.ts';
import { calls } from '../client/calls.ts';
import { useRows } from '../client/use-rows.ts';
import type { ExecutionQuery } from '../routes.ts';
import { address } from '../routes.ts';
import { executionFilterOf, filterWords, statusChoices } from '../terms/execution-query.ts';
import { ChoiceRow } from '../ui/choice-row.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { plural } from '../ui/moment.ts';
import { FilterChip, Toolbar } from '../ui/toolbar.tsx';
import { executionColumns, startedFirst } from './execution-columns.tsx';
import { executionCsvColumns } from './execution-csv.ts';
import { ExportButton } from './export-button.tsx';
import { FilterMenu } from './filter-menu.tsx';
import classes from './history.module.css';
import { csvFile, useExport } from './use-export.ts';

interface ExecutionHistoryProps {
  /** Whose executions; null for those of every one. */
  associationId: AssociationId | null;
  nodeId: NodeId | null;
  query: ExecutionQuery;
  /** Another filter; it is kept in the address. */
  onQuery(query: ExecutionQuery): void;
  /** `page`: takes the height that is left. */
  fit: 'page' | 'content';
  /** Further filters that came with a link. */
  chips?: ReactNode;
  /** What an empty list says; it knows whether a filter is set. */
  empty: ReactNode;
}

/** Executions, newest first, narrowed down by every filter that is set, live, and as a file. */
export function ExecutionHistory({ associationId, nodeId, query, onQuery, fit, chips, empty }: ExecutionHistoryProps) {
  const filter = executionFilterOf(query);
  const wanted = { ...filter, associationId, nodeId };
  const rows = useRows((page) => calls.executions.list({ ...page, ...wanted }));
  const file = useExport({
    what: 'execution',
    keyOf: (row: ExecutionRow) => row.executionId,
    page: (client, page) => client.executions.list({ ...page, ...wanted }),
  });
  const save = () => void file.run((all) => csvFile(['executions', filter.status ?? ''], executionCsvColumns, all));
  const change = (part: Partial<ExecutionQuery>) => onQuery({ ...query, ...part });
  return (
    <div className={classes.history} data-fit={fit}>
      <Toolbar
        aside={
          <>
            {rows.status === 'full' && <span>{plural(rows.total, 'execution')}</span>}
            <ExportButton {...file} isEmpty={rows.total === 0} onClick={save} />
          </>
        }
      >
        <ChoiceRow label="Status" choices={statusChoices} value={filter.status} onChange={(status) => change({ status })} />
        <FilterMenu query={query} onChange={change} />
        {chips}
        {filterWords(filter).map(({ key, label }) => (
          <FilterChip key={key} label={label} clearLabel={`Take off: ${label}`} onClear={() => change({ [key]: null })} />
        ))}
      </Toolbar>
      <DataTable
        label="Executions"
        fit={fit}
        columns={associationId === null ? executionColumns : startedFirst}
        rows={rows}
        rowKey={(row) => row.executionId}
        hrefOf={(row) => address.execution(row.executionId)}
        empty={empty}
      />
    </div>
  );
}
