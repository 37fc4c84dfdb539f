import { Button } from '@mantine/core';
import { IconFileCode, IconPlus, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import type { DocumentIdentifier } from '../../electron/domain/managed-document.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { ChoiceRow } from '../ui/choice-row.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { plural } from '../ui/moment.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SearchField } from '../ui/search-field.tsx';
import type { Sort } from '../ui/table-rows.ts';
import { sortAfter, wholeList } from '../ui/table-rows.ts';
import { Toolbar } from '../ui/toolbar.tsx';
import { documentColumns } from './document-columns.tsx';
import { DocumentMenu } from './document-menu.tsx';
import type { DocumentFilter } from './document-words.ts';
import { matchesOf, ownerLabels, sorted } from './document-words.ts';
import { ImportSeveral } from './import-several.tsx';

const everything: DocumentFilter = { search: '', owner: null };
const noDocuments: readonly DocumentIdentifier[] = [];

const newButton = (
  <Button variant="filled" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => goTo(address.newDocument())}>
    New document
  </Button>
);

export function DocumentsPage() {
  const documents = useCall(calls.documents.list());
  const [filter, setFilter] = useState(everything);
  const [isImporting, setImporting] = useState(false);
  const [sort, setSort] = useState<Sort>({ by: 'name', order: 'ascending' });
  const all = documents.status === 'full' ? documents.answer : noDocuments;
  const found = matchesOf(all, filter);
  const rows = wholeList(documents.status === 'full' ? { ...documents, answer: sorted(found, sort) } : documents);
  const count = (owner: DocumentFilter['owner']) => matchesOf(all, { search: filter.search, owner }).length;
  const choices = [
    { value: null, label: 'All', count: count(null) },
    { value: 'Self' as const, label: ownerLabels.Self, count: count('Self') },
    { value: 'Holdfast' as const, label: ownerLabels.Holdfast, count: count('Holdfast') },
  ];
  return (
    <Page layout="fill">
      <PageHeader
        title="Documents"
        actions={
          <>
            <Button leftSection={<IconUpload size={14} aria-hidden />} onClick={() => setImporting(true)}>
              Import…
            </Button>
            {newButton}
          </>
        }
      >
        What is run on the machines, step by step, and the calendars and runbooks that belong to it.
      </PageHeader>
      <ImportSeveral isOpen={isImporting} onClose={() => setImporting(false)} />
      {documents.status === 'full' && documents.fault !== null && <FaultNotice fault={documents.fault} />}
      <Toolbar aside={rows.status === 'full' ? plural(rows.total, 'document') : undefined}>
        <SearchField label="Search documents" value={filter.search} onChange={(search) => setFilter((before) => ({ ...before, search }))} />
        <ChoiceRow
          label="Owner"
          choices={choices}
          value={filter.owner}
          onChange={(owner) => setFilter((before) => ({ ...before, owner }))}
        />
      </Toolbar>
      <DataTable
        label="Documents"
        fit="page"
        columns={documentColumns}
        rows={rows}
        rowKey={(row) => row.name}
        hrefOf={(row) => address.document(row.name)}
        sort={sort}
        onSort={(by) => setSort(sortAfter(sort, by))}
        rowActions={(row) => <DocumentMenu document={row} />}
        empty={<Nothing filter={filter} onClear={() => setFilter(everything)} />}
      />
    </Page>
  );
}

function Nothing({ filter, onClear }: { filter: DocumentFilter; onClear(): void }) {
  if (filter.search === '' && filter.owner === 'Self') {
    return (
      <EmptyState icon={IconFileCode} title="You have written no document yet" actions={newButton}>
        Begin with a working example, or open a built-in document and save a copy of it.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconFileCode} title="No document is like this" actions={<Button onClick={onClear}>Show all documents</Button>}>
      Names, descriptions, types and the names behind aliases are searched.
    </EmptyState>
  );
}
