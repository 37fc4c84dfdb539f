import { ActionIcon, Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { CalendarAgenda, CalendarDetail } from '../../electron/api/calendars.ts';
import { calls } from '../client/calls.ts';
import { useCall, useLastAnswer } from '../client/use-call.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { localZone } from '../ui/moment.ts';
import { Panel } from '../ui/panel.tsx';
import { DayPanel } from './day-panel.tsx';
import classes from './month.module.css';
import { agendaOf, dateOf, monthAfter, monthText, rangeOf, weeksOf } from './month-grid.ts';
import { MonthView } from './month-view.tsx';

interface MonthPanelProps {
  calendar: CalendarDetail;
  /** The day that is selected: the month around it is shown. */
  date: string;
  onDate(date: string): void;
}

const nothing: CalendarAgenda = { periods: [], events: [], runs: [], clockChanges: [], isCut: false };

/** A month of the calendar on this computer's clock, and one of its days in words. */
export function MonthPanel({ calendar: { name }, date, onDate }: MonthPanelProps) {
  const zone = localZone();
  const month = date.slice(0, 7);
  const weeks = useMemo(() => weeksOf(month, zone), [month, zone]);
  const call = useCall(calls.calendars.agenda({ name, ...rangeOf(weeks) }));
  const last = useLastAnswer(call);
  const agenda = last?.answer ?? nothing;
  const day = weeks.flat().find((candidate) => candidate.date === date);
  const go = (months: number) => onDate(`${monthAfter(month, months)}-01`);
  const today = dateOf(new Date(), zone);
  return (
    <Panel
      title={monthText(month)}
      padding="flush"
      aside={
        <>
          <span>{zone}</span>
          <Button size="compact-xs" disabled={date === today} onClick={() => onDate(today)}>
            Today
          </Button>
          <ActionIcon aria-label="The month before" onClick={() => go(-1)}>
            <IconChevronLeft size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon aria-label="The month after" onClick={() => go(1)}>
            <IconChevronRight size={16} aria-hidden />
          </ActionIcon>
        </>
      }
    >
      {call.status === 'fault' && <FaultNotice fault={call.fault} />}
      <div className={classes.month} data-old={last === null || last.isOld} aria-busy={last === null || last.isOld}>
        <MonthView label={`${name}, ${monthText(month)}`} weeks={weeks} agenda={agenda} date={date} today={today} onDate={onDate} />
        {day !== undefined && <DayPanel date={date} day={agendaOf(agenda, day)} />}
        {agenda.isCut && <p className={classes.nothing}>There is more in this month than can be shown.</p>}
      </div>
    </Panel>
  );
}
