import { Button } from '@mantine/core';
import { IconPackage, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { useRows } from '../client/use-rows.ts';
import { address } from '../routes.ts';
import { goTo, refineAddress } from '../ui/address.ts';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { bytesText, plural } from '../ui/moment.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SearchField } from '../ui/search-field.tsx';
import type { Sort } from '../ui/table-rows.ts';
import { sortAfter } from '../ui/table-rows.ts';
import { Toolbar } from '../ui/toolbar.tsx';
import { AddPackageDialog } from './add-package-dialog.tsx';
import { packageColumns } from './package-columns.tsx';
import { PackageMenu } from './package-menu.tsx';

const SORTS = ['name', 'bytes', 'lastModifiedAt'] as const;

function AddButton() {
  return (
    <Button variant="filled" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => goTo(address.packages({ add: 'yes' }))}>
      Add a package
    </Button>
  );
}

export function PackagesPage({ adding }: { adding: boolean }) {
  const [search, setSearch] = useState('');
  const [sort, setSort] = useState<Sort>({ by: 'name', order: 'ascending' });
  const by = SORTS.find((known) => known === sort.by) ?? 'name';
  const rows = useRows((page) => calls.packages.list({ ...page, search, sort: by, order: sort.order }));
  const usage = useCall(calls.packages.usage());
  return (
    <Page layout="fill">
      <PageHeader title="Packages" actions={<AddButton />}>
        Software that nodes install from this site, without the internet. An association keeps a package on its nodes.
      </PageHeader>
      <Toolbar aside={rows.status === 'full' ? plural(rows.total, 'package') : undefined}>
        <SearchField label="Search packages" value={search} onChange={setSearch} />
        {usage.status === 'full' && usage.answer.usedBytes > 0 && (
          <span className="hf-faint">
            {bytesText(usage.answer.usedBytes)} of {bytesText(usage.answer.quotaBytes)} used
          </span>
        )}
      </Toolbar>
      <DataTable
        label="Packages"
        fit="page"
        columns={packageColumns}
        rows={rows}
        rowKey={(row) => row.name}
        hrefOf={(row) => address.package(row.name)}
        sort={sort}
        onSort={(column) => setSort(sortAfter(sort, column))}
        rowActions={(row) => <PackageMenu name={row.name} />}
        empty={search === '' ? <NoPackages /> : <NoMatch onClear={() => setSearch('')} />}
      />
      {adding && <AddPackageDialog name={null} onClose={() => refineAddress(address.packages())} />}
    </Page>
  );
}

function NoMatch({ onClear }: { onClear(): void }) {
  return (
    <EmptyState icon={IconPackage} title="No package is like this" actions={<Button onClick={onClear}>Show all packages</Button>}>
      Names and publishers are searched.
    </EmptyState>
  );
}

function NoPackages() {
  return (
    <EmptyState icon={IconPackage} title="No packages yet" actions={<AddButton />}>
      Put software here once, and every node gets it from this computer: a .deb, .rpm, .msi or .pkg, a script, or a package as AWS
      Distributor has it. The document <code>Holdfast-ConfigurePackage</code> then installs it, updates it, or takes it away.
    </EmptyState>
  );
}
