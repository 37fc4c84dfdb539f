import { Button } from '@mantine/core';
import { IconPlus, IconTags } from '@tabler/icons-react';
import { calls } from '../client/calls.ts';
import { useRows } from '../client/use-rows.ts';
import { address } from '../routes.ts';
import { NodeTabs } from '../terms/node-tabs.tsx';
import { goTo, refineAddress } from '../ui/address.ts';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { plural } from '../ui/moment.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { groupColumns } from './group-columns.tsx';

const newButton = (
  <Button variant="filled" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => goTo(address.newGroup())}>
    New group
  </Button>
);

export function GroupsPage({ search }: { search: string }) {
  const rows = useRows((page) => calls.groups.list({ ...page, search }));
  return (
    <Page layout="fill">
      <PageHeader title="Resource groups" actions={newButton}>
        Saved tag queries. An association that targets a group covers the machines that are in it, now and later.
      </PageHeader>
      <NodeTabs at="groups" />
      <Toolbar aside={rows.status === 'full' ? plural(rows.total, 'group') : undefined}>
        <SearchField label="Search resource groups" value={search} onChange={(text) => refineAddress(address.groups({ search: text }))} />
      </Toolbar>
      <DataTable
        label="Resource groups"
        fit="page"
        columns={groupColumns}
        rows={rows}
        rowKey={(row) => row.name}
        hrefOf={(row) => address.group(row.name)}
        empty={search === '' ? <NoGroups /> : <NoMatch search={search} />}
      />
    </Page>
  );
}

function NoGroups() {
  return (
    <EmptyState icon={IconTags} title="No resource groups yet" actions={newButton}>
      Give a name to machines that belong together by their tags, such as every student machine of two labs, and target them by that name.
    </EmptyState>
  );
}

function NoMatch({ search }: { search: string }) {
  return (
    <EmptyState icon={IconTags} title={`No group has “${search}” in its name or description`}>
      <a href={address.groups()}>Clear the search</a>
    </EmptyState>
  );
}
