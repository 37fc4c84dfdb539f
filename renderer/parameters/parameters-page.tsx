import { Button, Select } from '@mantine/core';
import { IconDownload, IconPlus, IconVariable } from '@tabler/icons-react';
import { useState } from 'react';
import type { ParameterRow } from '../../electron/api/parameters.ts';
import { ParameterType } from '../../electron/domain/parameter.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { useRows } from '../client/use-rows.ts';
import { useExport } from '../history/use-export.ts';
import { address } from '../routes.ts';
import { goTo, refineAddress } from '../ui/address.ts';
import type { Choice } from '../ui/choice-row.tsx';
import { ChoiceRow } from '../ui/choice-row.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { countText, plural } from '../ui/moment.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SearchField } from '../ui/search-field.tsx';
import type { Sort } from '../ui/table-rows.ts';
import { sortAfter } from '../ui/table-rows.ts';
import { Toolbar } from '../ui/toolbar.tsx';
import { NewParameterDialog } from './new-parameter-dialog.tsx';
import { parameterColumns } from './parameter-columns.tsx';
import type { ExportFormat } from './parameter-export.ts';
import { parameterFile, parameterFileName } from './parameter-export.ts';
import { ParameterMenu } from './parameter-menu.tsx';
import type { ParameterSort } from './parameter-sort.ts';
import { parameterSortOf } from './parameter-sort.ts';

function NewButton({ path }: { path: string | null }) {
  return (
    <Button variant="filled" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => goTo(address.newParameter({ path }))}>
      New parameter
    </Button>
  );
}

const typeChoices: readonly Choice<ParameterType>[] = [
  { value: null, label: 'All' },
  ...ParameterType.options.map((value) => ({ value, label: value })),
];

interface ParameterFilter {
  search: string;
  path: string | null;
  type: ParameterType | null;
  sort: ParameterSort;
  order: 'ascending' | 'descending';
}

export function ParametersPage({ path, adding }: { path: string | null; adding: boolean }) {
  const [search, setSearch] = useState('');
  const [type, setType] = useState<ParameterType | null>(null);
  const [sort, setSort] = useState<Sort>({ by: 'name', order: 'ascending' });
  const filter: ParameterFilter = { search, path, type, sort: parameterSortOf(sort.by), order: sort.order };
  const rows = useRows((page) => calls.parameters.list({ ...page, ...filter, recursive: true }));
  const isFiltered = search !== '' || type !== null || path !== null;
  const clear = () => {
    setSearch('');
    setType(null);
    refineAddress(address.parameters());
  };
  return (
    <Page layout="fill">
      <PageHeader
        title="Parameters"
        actions={
          <>
            <ExportButtons filter={filter} isEmpty={rows.total === 0} />
            <NewButton path={path} />
          </>
        }
      >
        Named values that documents and associations refer to. A new value runs what refers to it.
      </PageHeader>
      <Toolbar aside={rows.status === 'full' ? plural(rows.total, 'parameter') : undefined}>
        <SearchField label="Search parameters" value={search} onChange={setSearch} />
        <PathFilter path={path} />
        <ChoiceRow<ParameterType> label="Type" choices={typeChoices} value={type} onChange={setType} />
      </Toolbar>
      <DataTable
        label="Parameters"
        fit="page"
        columns={parameterColumns}
        rows={rows}
        rowKey={(row) => row.name}
        hrefOf={(row) => address.parameter(row.name)}
        sort={sort}
        onSort={(by) => setSort(sortAfter(sort, by))}
        rowActions={(row) => <ParameterMenu parameter={row} />}
        empty={isFiltered ? <NoMatch onClear={clear} /> : <NoParameters />}
      />
      {adding && <NewParameterDialog path={path} onClose={() => refineAddress(address.parameters({ path }))} />}
    </Page>
  );
}

/** Hierarchies that there are; nothing where every name is plain. */
function PathFilter({ path }: { path: string | null }) {
  const paths = useCall(calls.parameters.paths());
  const known = paths.status === 'full' ? paths.answer : [];
  if (known.length === 0 && path === null) return null;
  const counts = new Map(known.map((level) => [level.path, level.parameters]));
  const options = path === null || counts.has(path) ? [...counts.keys()] : [path, ...counts.keys()];
  return (
    <Select
      aria-label="Below the level"
      placeholder="Every level"
      data={options.map((value) => ({ value, label: `${value} (${countText(counts.get(value) ?? 0)})` }))}
      value={path}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Parameters of every level' }}
      onChange={(next) => refineAddress(address.parameters({ path: next }))}
      w={220}
      maw="100%"
    />
  );
}

/** All that the filter shows; the values of secrets are not among it. */
function ExportButtons({ filter, isEmpty }: { filter: ParameterFilter; isEmpty: boolean }) {
  const { run, isPending, percent } = useExport({
    what: 'parameter',
    without: 'without the values of secrets',
    keyOf: (row: ParameterRow) => row.name,
    page: (client, page) => client.parameters.list({ ...page, ...filter, recursive: true }),
  });
  const save = (format: ExportFormat) =>
    void run((rows) => ({ name: parameterFileName(format, new Date()), parts: parameterFile(format, rows) }));
  const button = (format: ExportFormat) => (
    <Button leftSection={<IconDownload size={14} aria-hidden />} disabled={isEmpty || isPending} onClick={() => save(format)}>
      {isPending ? `Exporting… ${percent} %` : `Export as ${format}`}
    </Button>
  );
  return (
    <>
      {button('CSV')}
      {!isPending && button('JSON')}
    </>
  );
}

function NoMatch({ onClear }: { onClear(): void }) {
  return (
    <EmptyState icon={IconVariable} title="No parameter is like this" actions={<Button onClick={onClear}>Show all parameters</Button>}>
      Names and descriptions are searched, values are not.
    </EmptyState>
  );
}

function NoParameters() {
  return (
    <EmptyState icon={IconVariable} title="No parameters yet" actions={<NewButton path={null} />}>
      Keep in one place what many associations need: a port, an address, a password. An association takes it with{' '}
      <code>{'{{ssm:/lab/port}}'}</code>, and runs again when you change it.
    </EmptyState>
  );
}
