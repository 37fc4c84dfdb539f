import { Button } from '@mantine/core';
import { IconFlask, IconPlus, IconServer2 } from '@tabler/icons-react';
import { useState } from 'react';
import { PingStatus } from '../../electron/domain/node.ts';
import { calls } from '../client/calls.ts';
import { useRows } from '../client/use-rows.ts';
import { address } from '../routes.ts';
import { pingLooks } from '../terms/looks.ts';
import { NodeTabs } from '../terms/node-tabs.tsx';
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
import { AddMachineDialog } from './add-machine-dialog.tsx';
import { nodeColumns } from './node-columns.tsx';
import { nodeSortOf } from './node-sort.ts';

interface NodesPageProps {
  search: string;
  state: string | null;
  adding: boolean;
}

const choices = [{ value: null, label: 'All' }, ...PingStatus.options.map((value) => ({ value, label: pingLooks[value].label }))];

const addButton = (
  <Button variant="filled" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => goTo(address.addMachine())}>
    Add machine
  </Button>
);

export function NodesPage({ search, state, adding }: NodesPageProps) {
  const pingStatus = PingStatus.nullable().catch(null).parse(state);
  const [sort, setSort] = useState<Sort>({ by: 'name', order: 'ascending' });
  const by = nodeSortOf(sort.by);
  const rows = useRows((page) => calls.nodes.list({ ...page, search, pingStatus, sort: by, order: sort.order }));
  const refine = (change: { search?: string; state?: string | null }) => refineAddress(address.nodes({ search, state, ...change }));
  const isFiltered = search !== '' || pingStatus !== null;
  return (
    <Page layout="fill">
      <PageHeader title="Nodes" actions={addButton}>
        The machines that Holdfast looks after.
      </PageHeader>
      <NodeTabs at="nodes" />
      <Toolbar aside={rows.status === 'full' ? plural(rows.total, 'node') : undefined}>
        <SearchField label="Search nodes" value={search} onChange={(text) => refine({ search: text })} />
        <ChoiceRow label="State" choices={choices} value={pingStatus} onChange={(value) => refine({ state: value })} />
      </Toolbar>
      <DataTable
        label="Nodes"
        fit="page"
        columns={nodeColumns}
        rows={rows}
        rowKey={(row) => row.nodeId}
        hrefOf={(row) => address.node(row.nodeId)}
        sort={sort}
        onSort={(name) => setSort(sortAfter(sort, name))}
        empty={isFiltered ? <NoMatch search={search} /> : <NoNodes />}
      />
      <AddMachineDialog isOpen={adding} onClose={() => refineAddress(address.nodes({ search, state }))} />
    </Page>
  );
}

function NoMatch({ search }: { search: string }) {
  return (
    <EmptyState icon={IconServer2} title={search === '' ? 'No node is in this state' : `No node has “${search}” in its name, id or tags`}>
      <a href={address.nodes()}>Clear the filter</a>
    </EmptyState>
  );
}

function NoNodes() {
  return (
    <EmptyState
      icon={IconServer2}
      title="No machines yet"
      actions={
        <>
          {addButton}
          <Button leftSection={<IconFlask size={14} aria-hidden />} onClick={() => goTo(address.settings())}>
            Try the sample lab
          </Button>
        </>
      }
    >
      Create an activation, then run one line on each machine. It connects by itself, from behind any NAT; nothing listens on it.
    </EmptyState>
  );
}
