import { Button } from '@mantine/core';
import { IconAnchor, IconBraces, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { AssociationRow } from '../../electron/api/associations.ts';
import { OverviewStatus } from '../../electron/domain/execution.ts';
import { calls } from '../client/calls.ts';
import { useRows } from '../client/use-rows.ts';
import { address } from '../routes.ts';
import { overviewLooks } from '../terms/looks.ts';
import { goTo, refineAddress } from '../ui/address.ts';
import { ChoiceRow } from '../ui/choice-row.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { plural } from '../ui/moment.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SearchField } from '../ui/search-field.tsx';
import type { Sort } from '../ui/table-rows.ts';
import { sortAfter } from '../ui/table-rows.ts';
import { Toolbar } from '../ui/toolbar.tsx';
import { associationColumns, isSortName } from './association-columns.tsx';
import { AssociationMenu } from './association-menu.tsx';
import { SelectionBar } from './selection-bar.tsx';

interface AssociationsPageProps {
  search: string;
  status: string | null;
}

const choices = [{ value: null, label: 'All' }, ...OverviewStatus.options.map((value) => ({ value, label: overviewLooks[value].label }))];

const newButtons = (
  <>
    <Button leftSection={<IconBraces size={14} aria-hidden />} onClick={() => goTo(address.importAssociation())}>
      From JSON…
    </Button>
    <Button variant="filled" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => goTo(address.newAssociation())}>
      New association
    </Button>
  </>
);

export function AssociationsPage({ search, status: statusText }: AssociationsPageProps) {
  const status = OverviewStatus.nullable().catch(null).parse(statusText);
  const [sort, setSort] = useState<Sort>({ by: 'title', order: 'ascending' });
  const [selected, setSelected] = useState<ReadonlyMap<string, AssociationRow>>(new Map());
  const by = isSortName(sort.by) ? sort.by : 'title';
  const rows = useRows((page) => calls.associations.list({ ...page, search, status, sort: by, order: sort.order }));
  const refine = (change: { search?: string; status?: string | null }) =>
    refineAddress(address.associations({ search, status: statusText, ...change }));
  const select = (keys: ReadonlySet<string>) => setSelected(rowsOfKeys(keys, selected, rows));

  return (
    <Page layout="fill">
      <PageHeader title="Associations" actions={newButtons}>
        What is kept applied, to which machines, and when.
      </PageHeader>
      <Toolbar aside={rows.status === 'full' ? plural(rows.total, 'association') : undefined}>
        <SearchField label="Search associations" value={search} onChange={(text) => refine({ search: text })} />
        <ChoiceRow label="Last result" choices={choices} value={status} onChange={(value) => refine({ status: value })} />
      </Toolbar>
      {selected.size > 0 && <SelectionBar selected={[...selected.values()]} onDone={() => setSelected(new Map())} />}
      <DataTable
        label="Associations"
        fit="page"
        columns={associationColumns}
        rows={rows}
        rowKey={(row) => row.associationId}
        hrefOf={(row) => address.association(row.associationId)}
        sort={sort}
        onSort={(name) => setSort(sortAfter(sort, name))}
        selection={{ keys: new Set(selected.keys()), keyOf: (row) => row.associationId, nameOf: (row) => row.title, onChange: select }}
        rowActions={(row) => <AssociationMenu association={row} />}
        empty={<Nothing isFiltered={search !== '' || status !== null} />}
      />
    </Page>
  );
}

/** Rows stay selected while another filter shows others. */
function rowsOfKeys(
  keys: ReadonlySet<string>,
  before: ReadonlyMap<string, AssociationRow>,
  rows: { total: number; at(index: number): AssociationRow | undefined },
): ReadonlyMap<string, AssociationRow> {
  const known = new Map(before);
  for (let index = 0; index < rows.total; index += 1) {
    const row = rows.at(index);
    if (row !== undefined) known.set(row.associationId, row);
  }
  return new Map([...known].filter(([key]) => keys.has(key)));
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState icon={IconAnchor} title="No association is like this">
        <a href={address.associations()}>Clear the filter</a>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconAnchor} title="Nothing is enforced yet" actions={newButtons}>
      An association says which document is kept applied to which machines: for example “check disk space on every machine tagged{' '}
      <code>lab=B12</code>, each hour”.
    </EmptyState>
  );
}
