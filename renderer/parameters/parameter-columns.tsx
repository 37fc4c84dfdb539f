import type { ParameterRow } from '../../electron/api/parameters.ts';
import { Age } from '../ui/age.tsx';
import type { Column } from '../ui/data-table.tsx';
import { plural } from '../ui/moment.ts';
import { TwoLines } from '../ui/two-lines.tsx';
import { Hidden } from './hidden.tsx';
import { oneLine } from './parameter-words.ts';
import classes from './parameters.module.css';

export const parameterColumns: readonly Column<ParameterRow>[] = [
  {
    id: 'name',
    header: 'Parameter',
    sort: 'name',
    cell: (row) => (row.description === '' ? <TwoLines main={row.name} /> : <TwoLines main={row.name} sub={row.description} />),
  },
  { id: 'type', header: 'Type', sort: 'type', width: '124px', from: 'medium', cell: (row) => <span className="hf-soft">{row.type}</span> },
  {
    id: 'value',
    header: 'Value',
    width: '24%',
    from: 'wide',
    cell: ({ value }) => <span className={`${classes.valueCell} hf-cut`}>{value === null ? <Hidden /> : oneLine(value)}</span>,
  },
  { id: 'version', header: 'Version', width: '84px', from: 'medium', align: 'end', cell: (row) => row.version },
  { id: 'used', header: 'Used by', width: '132px', from: 'medium', cell: (row) => <UsedBy parameter={row} /> },
  {
    id: 'changed',
    header: 'Last changed',
    sort: 'lastModifiedAt',
    width: '144px',
    cell: (row) => <Age at={row.lastModifiedAt} className="hf-soft" />,
  },
];

function UsedBy({ parameter: { usedBy } }: { parameter: ParameterRow }) {
  return usedBy === 0 ? <span className="hf-faint">Not used</span> : <span>{plural(usedBy, 'association')}</span>;
}
