import type { DocumentIdentifier } from '../../electron/domain/managed-document.ts';
import { address } from '../routes.ts';
import { Age } from '../ui/age.tsx';
import type { Column } from '../ui/data-table.tsx';
import { plural } from '../ui/moment.ts';
import { TwoLines } from '../ui/two-lines.tsx';
import { platformText, versionText } from './document-words.ts';
import { OwnerMark } from './owner-mark.tsx';

const subOf = ({ aliasOf, description }: DocumentIdentifier): string =>
  [aliasOf === null ? '' : `Alias of ${aliasOf}`, description].filter((part) => part !== '').join(' · ') || 'No description';

export function UsedBy({ document: { name, associationCount } }: { document: DocumentIdentifier }) {
  if (associationCount === 0) return <span className="hf-faint">Not used</span>;
  return <a href={address.associations({ search: name })}>{plural(associationCount, 'association')}</a>;
}

export const documentColumns: readonly Column<DocumentIdentifier>[] = [
  {
    id: 'name',
    header: 'Document',
    sort: 'name',
    cell: (row) => <TwoLines main={row.name} marks={<OwnerMark document={row} />} sub={subOf(row)} />,
  },
  {
    id: 'platforms',
    header: 'Platforms',
    width: '176px',
    from: 'wide',
    cell: (row) => <span className="hf-soft">{platformText(row.platformTypes)}</span>,
  },
  { id: 'version', header: 'Version in use', width: '124px', from: 'medium', cell: (row) => versionText(row) },
  { id: 'used', header: 'Used by', sort: 'used', width: '132px', from: 'medium', cell: (row) => <UsedBy document={row} /> },
  {
    id: 'created',
    header: 'Created',
    sort: 'created',
    width: '116px',
    from: 'wide',
    cell: (row) => <Age at={row.createdAt} className="hf-soft" />,
  },
];
