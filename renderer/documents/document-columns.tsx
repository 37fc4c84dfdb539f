import type { DocumentIdentifier } from '../../electron/domain/managed-document.ts';
import { address } from '../routes.ts';
import { Age } from '../ui/age.tsx';
import type { Column } from '../ui/data-table.tsx';
import { plural } from '../ui/moment.ts';
import { TwoLines } from '../ui/two-lines.tsx';
import { platformText, runsOnNodes, typeText, versionText } from './document-words.ts';
import { OwnerMark } from './owner-mark.tsx';

const subOf = ({ aliasOf, displayName, description }: DocumentIdentifier): string =>
  [aliasOf === null ? '' : `Alias of ${aliasOf}`, displayName ?? '', description].filter((part) => part !== '').join(' · ') ||
  'No description';

export function UsedBy({ document }: { document: DocumentIdentifier }) {
  const { name, associationCount } = document;
  if (!runsOnNodes(document)) return <span className="hf-faint">—</span>;
  if (associationCount === 0) return <span className="hf-faint">Not used</span>;
  return <a href={address.associations({ search: name })}>{plural(associationCount, 'association')}</a>;
}

export const documentColumns: readonly Column<DocumentIdentifier>[] = [
  {
    id: 'name',
    header: 'Document',
    sort: 'name',
    cell: (row) => <TwoLines main={row.name} marks={<OwnerMark owner={row.owner} />} sub={subOf(row)} />,
  },
  {
    id: 'type',
    header: 'Type',
    width: '118px',
    from: 'medium',
    cell: (row) => <span className="hf-soft">{typeText(row)}</span>,
  },
  {
    id: 'platforms',
    header: 'Platforms',
    width: '182px',
    from: 'wide',
    cell: (row) => <span className="hf-soft">{runsOnNodes(row) ? platformText(row.platformTypes) : '—'}</span>,
  },
  { id: 'version', header: 'Version', width: '118px', from: 'medium', cell: (row) => versionText(row) },
  { id: 'used', header: 'Used by', sort: 'used', width: '118px', from: 'medium', cell: (row) => <UsedBy document={row} /> },
  {
    id: 'created',
    header: 'Created',
    sort: 'created',
    width: '104px',
    from: 'wide',
    cell: (row) => <Age at={row.createdAt} className="hf-soft" />,
  },
];
