import { Button, Select } from '@mantine/core';
import { IconDownload, IconSearchOff } from '@tabler/icons-react';
import type { FleetFacts, FleetRow, FleetSearch, FleetShare } from '../../electron/api/inventory.ts';
import { calls } from '../client/calls.ts';
import { useCall, useLastAnswer } from '../client/use-call.ts';
import { useRows } from '../client/use-rows.ts';
import { csvFile, useExport } from '../history/use-export.ts';
import type { InventoryQuery } from '../routes.ts';
import type { Choice } from '../ui/choice-row.tsx';
import { ChoiceRow } from '../ui/choice-row.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { applicationColumns, nodeColumns, rowAddress } from './fleet-columns.tsx';
import classes from './inventory.module.css';
import { fleetCsvColumns, fleetRowKey } from './inventory-csv.ts';
import { comparesVersions, soughtText } from './inventory-view.ts';
import { VersionList } from './version-list.tsx';

interface ResultsProps {
  search: FleetSearch;
  share: FleetShare;
  refine(change: InventoryQuery): void;
}

function choicesOf(search: FleetSearch, counts: FleetFacts['counts'] | null): Choice<FleetShare>[] {
  const counted = (share: FleetShare) => (counts === null ? {} : { count: counts[share] });
  return [
    { value: 'sought', label: comparesVersions(search) ? `Have ${soughtText(search)}` : 'Have it', ...counted('sought') },
    ...(comparesVersions(search) ? [{ value: 'others' as const, label: 'Other versions', ...counted('others') }] : []),
    { value: 'without', label: 'Without it', ...counted('without') },
    { value: 'unknown', label: 'Unknown', ...counted('unknown') },
  ];
}

const emptyTitles: Record<FleetShare, string> = {
  sought: 'No machine that is known has it',
  others: 'No machine has another version',
  without: 'Every machine that is known has it',
  unknown: 'Every machine has told what it has',
};

/** Whose answer it is: machines that have it, that have it not, and that have not said. */
export function InventoryResults({ search, share, refine }: ResultsProps) {
  const facts = useLastAnswer(useCall(calls.inventory.facts(search)));
  const counts = facts?.answer.counts ?? null;
  const choices = choicesOf(search, counts);
  const shown = choices.some(({ value }) => value === share) ? share : 'sought';
  return (
    <>
      <Toolbar
        aside={
          <>
            <FreshnessSelect search={search} refine={refine} />
            <ExportButton search={search} share={shown} isEmpty={counts !== null && counts[shown] === 0} />
          </>
        }
      >
        <ChoiceRow label="Machines" choices={choices} value={shown} onChange={(value) => refine({ share: value })} />
      </Toolbar>
      <div className={classes.results}>
        <div className={classes.list}>
          <FleetTable key={shown} search={search} share={shown} unknown={counts?.unknown ?? 0} />
        </div>
        {facts !== null && facts.answer.versions.length > 0 && <VersionList facts={facts.answer} />}
      </div>
    </>
  );
}

const dayText = (days: number): string => `Unknown after ${days === 1 ? '1 day' : `${days} days`}`;

function FreshnessSelect({ search: { freshDays }, refine }: Omit<ResultsProps, 'share'>) {
  const days = [...new Set([1, 7, 30, 90, freshDays])].sort((a, b) => a - b);
  return (
    <Select
      aria-label="After how long a machine that has told nothing counts as unknown"
      data={days.map((count) => ({ value: String(count), label: dayText(count) }))}
      value={String(freshDays)}
      onChange={(count) => refine({ days: Number(count) })}
      allowDeselect={false}
      w={190}
    />
  );
}

function FleetTable({ search, share, unknown }: { search: FleetSearch; share: FleetShare; unknown: number }) {
  const rows = useRows<FleetRow>((page) => calls.inventory.search({ ...page, ...search, share }));
  return (
    <DataTable
      label={`Machines: ${soughtText(search)}`}
      fit="page"
      columns={share === 'without' || share === 'unknown' ? nodeColumns : applicationColumns}
      rows={rows}
      rowKey={fleetRowKey}
      hrefOf={rowAddress}
      empty={
        <EmptyState icon={IconSearchOff} title={emptyTitles[share]}>
          {share !== 'unknown' &&
            unknown > 0 &&
            `Of ${unknown === 1 ? '1 machine' : `${unknown} machines`} nothing is known, or nothing lately.`}
        </EmptyState>
      }
    />
  );
}

function ExportButton({ search, share, isEmpty }: { search: FleetSearch; share: FleetShare; isEmpty: boolean }) {
  const file = useExport({
    what: 'row',
    keyOf: fleetRowKey,
    page: (client, page) => client.inventory.search({ ...page, ...search, share }),
  });
  const save = () => void file.run((rows) => csvFile(['inventory', search.name.replace(/[^\w.-]+/g, '-'), share], fleetCsvColumns, rows));
  return (
    <Button leftSection={<IconDownload size={14} aria-hidden />} disabled={isEmpty || file.isPending} onClick={save}>
      {file.isPending ? `Exporting… ${file.percent} %` : 'Export as CSV'}
    </Button>
  );
}
