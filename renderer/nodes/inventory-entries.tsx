import { IconSearchOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { NodeId } from '../../agent/protocol/ids.ts';
import type { InventoryEntryRow } from '../../electron/api/inventory.ts';
import { APPLICATION_TYPE } from '../../electron/domain/inventory-type.ts';
import { fullVersionOf } from '../../electron/domain/version-comparison.ts';
import { calls } from '../client/calls.ts';
import { useCall, useLastAnswer } from '../client/use-call.ts';
import { useRows } from '../client/use-rows.ts';
import { address } from '../routes.ts';
import type { Column } from '../ui/data-table.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { KeyValue } from '../ui/key-value.tsx';
import { Panel } from '../ui/panel.tsx';

interface EntriesProps {
  nodeId: NodeId;
  typeName: string;
  search: string;
}

const text = (name: string, part: Partial<Column<InventoryEntryRow>> = {}): Column<InventoryEntryRow> => ({
  id: name,
  header: name,
  cell: (row) => <span className="hf-cut">{row[name] ?? ''}</span>,
  ...part,
});

const applicationColumns: readonly Column<InventoryEntryRow>[] = [
  text('Name'),
  { id: 'Version', header: 'Version', cell: (row) => <span className="hf-mono hf-cut">{fullVersionOf(row)}</span> },
  text('Architecture', { width: '110px', from: 'medium' }),
  text('Publisher', { from: 'wide' }),
  { id: 'installed', header: 'Installed', width: '120px', from: 'medium', cell: (row) => (row.InstalledTime ?? '').slice(0, 10) },
];

/** More do not fit: the file has them all. */
const MOST_COLUMNS = 6;

/** The type's own attributes in its order; what comes later goes first where there is little room. */
const columnsOf = (attributes: readonly string[]): Column<InventoryEntryRow>[] =>
  attributes.slice(0, MOST_COLUMNS).map((name, at) => text(name, { from: at < 2 ? 'always' : at < 4 ? 'medium' : 'wide' }));

/** Of a machine there is one, such as its hardware. */
function OnlyEntry({ entry, attributes, title }: { entry: InventoryEntryRow; attributes: readonly string[]; title: string }) {
  return (
    <Panel title={title}>
      <KeyValue facts={attributes.map((label) => ({ label, value: entry[label] ?? '' }))} />
    </Panel>
  );
}

export function InventoryEntries({ nodeId, typeName, search }: EntriesProps) {
  const first = useLastAnswer(useCall(calls.inventory.entries({ nodeId, typeName, search: '', offset: 0, limit: 1 })));
  const rows = useRows<InventoryEntryRow>((page) => calls.inventory.entries({ ...page, nodeId, typeName, search }));
  const isApplications = typeName === APPLICATION_TYPE;
  const attributes = first?.answer.attributes.join('\n') ?? '';
  const columns = useMemo(
    () => (isApplications ? applicationColumns : columnsOf(attributes === '' ? ['Name'] : attributes.split('\n'))),
    [isApplications, attributes],
  );
  const only = first?.answer.total === 1 && search === '' ? first.answer.rows[0] : undefined;
  if (only !== undefined) return <OnlyEntry entry={only} attributes={attributes.split('\n')} title={typeName} />;
  return (
    <DataTable
      label={`Inventory of type ${typeName}`}
      fit="page"
      columns={columns}
      rows={rows}
      rowKey={(row) => JSON.stringify(row)}
      hrefOf={(row) => (isApplications && row.Name !== undefined ? address.inventory({ name: row.Name }) : null)}
      empty={
        <EmptyState icon={IconSearchOff} title={search === '' ? 'There is none of these on this machine' : 'No entry is like this'}>
          {search !== '' && <a href={address.nodeInventory(nodeId, { type: typeName })}>Show all entries</a>}
        </EmptyState>
      }
    />
  );
}
