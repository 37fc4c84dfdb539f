import { Button } from '@mantine/core';
import { IconDownload, IconPencilPlus, IconRefresh } from '@tabler/icons-react';
import type { ComplianceRow } from '../../electron/api/compliance.ts';
import { calls } from '../client/calls.ts';
import { useCall, useLastAnswer } from '../client/use-call.ts';
import { useExport } from '../history/use-export.ts';
import { remedy } from '../review/remedy.ts';
import type { ComplianceQuery, ComplianceView } from '../routes.ts';
import { address } from '../routes.ts';
import { refineAddress } from '../ui/address.ts';
import { csvFileName } from '../ui/csv.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { complianceCsv } from './compliance-csv.ts';
import { ComplianceTable } from './compliance-tables.tsx';
import { ComplianceToolbar } from './compliance-toolbar.tsx';
import type { ComplianceFilter } from './compliance-view.ts';
import { filterOf, groupingOf, queryOf } from './compliance-view.ts';
import { TypeBand } from './type-band.tsx';

export function CompliancePage(view: ComplianceView) {
  const filter = filterOf(view);
  const grouping = groupingOf(view);
  const refine = (change: ComplianceQuery) => refineAddress(address.compliance({ ...queryOf(view), ...change }));
  return (
    <Page layout="fill">
      <PageHeader title="Compliance" actions={<Actions filter={filter} />}>
        Where each association stands on each machine after its last finished run, and whatever else is put here about it.
      </PageHeader>
      <TypeBand />
      <ComplianceToolbar filter={filter} grouping={grouping} refine={refine} />
      <ComplianceTable filter={filter} grouping={grouping} />
    </Page>
  );
}

function Actions({ filter }: { filter: ComplianceFilter }) {
  const items = useExport({
    what: 'item',
    keyOf: (row: ComplianceRow) => `${row.complianceType} ${row.itemId} ${row.nodeId}`,
    page: (client, page) => client.compliance.items({ ...page, ...filter }),
  });
  const fileName = () => csvFileName(['compliance', filter.status ?? ''], new Date());
  const save = () => void items.run((rows) => ({ name: fileName(), parts: complianceCsv(rows) }));
  const all = useTotal(filter);
  const nonCompliant = useTotal({ ...filter, status: 'NON_COMPLIANT' });
  return (
    <>
      <Button
        leftSection={<IconRefresh size={14} aria-hidden />}
        disabled={nonCompliant === 0 || filter.status === 'COMPLIANT'}
        onClick={() => remedy(filter, 'Apply again what is shown and not compliant?')}
      >
        Apply again…
      </Button>
      <Button
        component="a"
        href={address.putCompliance({ node: filter.nodeId, type: filter.complianceType ?? null })}
        leftSection={<IconPencilPlus size={14} aria-hidden />}
      >
        Put items
      </Button>
      <Button leftSection={<IconDownload size={14} aria-hidden />} disabled={all === 0 || items.isPending} onClick={save}>
        {items.isPending ? `Exporting… ${items.percent} %` : 'Export as CSV'}
      </Button>
    </>
  );
}

function useTotal(filter: ComplianceFilter): number {
  const last = useLastAnswer(useCall(calls.compliance.items({ ...filter, offset: 0, limit: 1 })));
  return last?.answer.total ?? 0;
}
