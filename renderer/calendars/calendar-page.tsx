import { Button } from '@mantine/core';
import { IconDownload, IconFileImport, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { CalendarDetail } from '../../electron/api/calendars.ts';
import { calls } from '../client/calls.ts';
import { useCall, useLastAnswer } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { UsersPanel } from '../terms/users-panel.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { localZone } from '../ui/moment.ts';
import { NotThere, PageLoading } from '../ui/not-there.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { saveFile } from '../ui/save-file.ts';
import { SplitPane } from '../ui/split-pane.tsx';
import { Mark } from '../ui/status-badge.tsx';
import { AddEventDialog } from './add-event-dialog.tsx';
import { CalendarFacts } from './calendar-facts.tsx';
import { typeNames } from './calendar-words.ts';
import classes from './calendars.module.css';
import { DeleteCalendarDialog } from './delete-calendar-dialog.tsx';
import { EventsPanel } from './events-panel.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { dateOf } from './month-grid.ts';
import { MonthPanel } from './month-panel.tsx';
import { StateBadge } from './state-badge.tsx';
import { StateQuestion } from './state-question.tsx';

const back = { label: 'Calendars', href: address.calendars() };

/** `month`: which one is shown; null for this one. */
export function CalendarPage({ name, month }: { name: string; month: string | null }) {
  const calendar = useCall(calls.calendars.get(name));
  const last = useLastAnswer(calendar);
  const [date, setDate] = useState(() => (month === null ? dateOf(new Date(), localZone()) : `${month}-01`));
  if (calendar.status === 'fault') return <NotThere title={name} back={back} fault={calendar.fault} />;
  if (last === null) return <PageLoading title={name} back={back} />;
  const detail = last.answer;
  return (
    <Page>
      <Header calendar={detail} date={date} />
      {calendar.status === 'full' && calendar.fault !== null && <FaultNotice fault={calendar.fault} />}
      {detail.problem !== null && <FaultNotice fault={notUnderstood(detail.problem)} />}
      <SplitPane sideAt="end" sideLabel="About the calendar" side={<Side calendar={detail} />}>
        <div className={classes.column}>
          <MonthPanel calendar={detail} date={date} onDate={setDate} />
          <EventsPanel calendar={detail} />
        </div>
      </SplitPane>
    </Page>
  );
}

const notUnderstood = (problem: string) => ({
  code: 'UnsupportedCalendarException',
  title: `The calendar counts as closed: ${problem}`,
  remedy: 'Put an earlier version of its document into use, or delete it and import its file again.',
});

function Side({ calendar }: { calendar: CalendarDetail }) {
  return (
    <div className={classes.column}>
      <CalendarFacts calendar={calendar} />
      <StateQuestion name={calendar.name} />
      <UsersPanel
        title="Waiting for it"
        label="Associations that wait for this calendar"
        users={calendar.usedBy}
        nothing="No association waits for it. Choose it in the advanced settings of one."
      />
    </div>
  );
}

type Dialog = 'add' | 'import' | 'delete';

function Header({ calendar, date }: { calendar: CalendarDetail; date: string }) {
  const { name, type, state, description, content } = calendar;
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  return (
    <PageHeader
      title={name}
      parent={back}
      marks={
        <>
          <StateBadge state={state} />
          {type !== null && <Mark>{typeNames[type]}</Mark>}
        </>
      }
      actions={
        <>
          <Button variant="filled" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setDialog('add')}>
            Add an event
          </Button>
          <Button leftSection={<IconFileImport size={14} aria-hidden />} onClick={() => setDialog('import')}>
            Import
          </Button>
          <Button leftSection={<IconDownload size={14} aria-hidden />} onClick={() => saveFile(`${name}.ics`, [content])}>
            Export
          </Button>
          <Button color="bad" leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setDialog('delete')}>
            Delete…
          </Button>
          {dialog === 'add' && <AddEventDialog calendar={calendar} date={date} onClose={close} />}
          {dialog === 'import' && <ImportDialog calendar={calendar} known={[]} onClose={close} />}
          <DeleteCalendarDialog calendar={calendar} isOpen={dialog === 'delete'} onClose={close} />
        </>
      }
    >
      {description}
    </PageHeader>
  );
}
