import type { PackageRow } from '../../electron/api/packages.ts';
import { Age } from '../ui/age.tsx';
import type { Column } from '../ui/data-table.tsx';
import { bytesText, plural } from '../ui/moment.ts';
import { TwoLines } from '../ui/two-lines.tsx';
import { platformsText } from './package-words.ts';

export const packageColumns: readonly Column<PackageRow>[] = [
  {
    id: 'name',
    header: 'Package',
    sort: 'name',
    cell: (row) => (row.publisher === '' ? <TwoLines main={row.name} /> : <TwoLines main={row.name} sub={row.publisher} />),
  },
  {
    id: 'version',
    header: 'Default version',
    width: '160px',
    from: 'medium',
    cell: ({ defaultVersion, versions }) => (
      <TwoLines main={defaultVersion} sub={versions === 1 ? 'the only one' : `of ${plural(versions, 'version')}`} />
    ),
  },
  {
    id: 'platforms',
    header: 'Platforms',
    width: '24%',
    from: 'wide',
    cell: ({ platforms }) => <span className="hf-soft hf-cut">{platformsText(platforms)}</span>,
  },
  { id: 'bytes', header: 'Size', sort: 'bytes', width: '104px', from: 'medium', align: 'end', cell: ({ bytes }) => bytesText(bytes) },
  {
    id: 'used',
    header: 'Used by',
    width: '132px',
    from: 'medium',
    cell: ({ usedBy }) => (usedBy === 0 ? <span className="hf-faint">Not used</span> : <span>{plural(usedBy, 'association')}</span>),
  },
  {
    id: 'changed',
    header: 'Last changed',
    sort: 'lastModifiedAt',
    width: '144px',
    cell: (row) => <Age at={row.lastModifiedAt} className="hf-soft" />,
  },
];
