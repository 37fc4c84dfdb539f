import { Button } from '@mantine/core';
import { IconCalendarEvent, IconFileImport, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { CalendarRow } from '../../electron/api/calendars.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import type { CalendarDialog } from '../routes.ts';
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
import { wholeList } from '../ui/table-rows.ts';
import { Toolbar } from '../ui/toolbar.tsx';
import { calendarColumns } from './calendar-columns.tsx';
import type { State } from './calendar-words.ts';
import { matchesOf } from './calendar-words.ts';
import { ImportDialog } from './import-dialog.tsx';
import { NewCalendarDialog } from './new-calendar-dialog.tsx';

const noCalendars: readonly CalendarRow[] = [];

const open = (dialog: CalendarDialog) => goTo(address.calendars({ open: dialog }));
const close = () => goTo(address.calendars());

const buttons = (
  <>
    <Button variant="filled" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => open('new')}>
      New calendar
    </Button>
    <Button leftSection={<IconFileImport size={14} aria-hidden />} onClick={() => open('import')}>
      Import a file
    </Button>
  </>
);

/** `opened`: the dialog that the address opens with. */
export function CalendarsPage({ opened }: { opened: CalendarDialog | null }) {
  const calendars = useCall(calls.calendars.list());
  const [search, setSearch] = useState('');
  const [state, setState] = useState<State | null>(null);
  const all = calendars.status === 'full' ? calendars.answer : noCalendars;
  const found = matchesOf(all, search, state);
  const rows = wholeList(calendars.status === 'full' ? { ...calendars, answer: found } : calendars);
  const count = (of: State | null) => matchesOf(all, search, of).length;
  return (
    <Page layout="fill">
      <PageHeader title="Calendars" actions={buttons}>
        When changes are allowed: an association that waits for a calendar is applied only while it is open.
      </PageHeader>
      {calendars.status === 'full' && calendars.fault !== null && <FaultNotice fault={calendars.fault} />}
      <Toolbar aside={rows.status === 'full' ? plural(rows.total, 'calendar') : undefined}>
        <SearchField label="Search calendars" value={search} onChange={setSearch} />
        <ChoiceRow<State>
          label="State now"
          choices={[
            { value: null, label: 'All', count: count(null) },
            { value: 'OPEN', label: 'Open', count: count('OPEN') },
            { value: 'CLOSED', label: 'Closed', count: count('CLOSED') },
          ]}
          value={state}
          onChange={setState}
        />
      </Toolbar>
      <DataTable
        label="Calendars"
        fit="page"
        columns={calendarColumns}
        rows={rows}
        rowKey={(row) => row.name}
        hrefOf={(row) => address.calendar(row.name)}
        empty={<Nothing isFiltered={all.length > 0} onClear={() => [setSearch(''), setState(null)]} />}
      />
      {opened === 'new' && <NewCalendarDialog onClose={close} />}
      {opened === 'import' && <ImportDialog calendar={null} known={all} onClose={close} />}
    </Page>
  );
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear(): void }) {
  if (isFiltered) {
    return (
      <EmptyState icon={IconCalendarEvent} title="No calendar is like this" actions={<Button onClick={onClear}>Show all calendars</Button>}>
        Names and descriptions are searched.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconCalendarEvent} title="There is no change calendar yet" actions={buttons}>
      Write one with its first event, or bring in the .ics file of the school’s or the team’s calendar. Then choose it in the settings of an
      association: while the calendar is closed, the association is not applied.
    </EmptyState>
  );
}
