import { ActionIcon, Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { CalendarDetail, CalendarEventRow } from '../../electron/api/calendars.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { countText, plural } from '../ui/moment.ts';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import classes from './calendars.module.css';
import { ChangeReview } from './change-review.tsx';
import { EventLine } from './event-line.tsx';
import { useCalendarChange } from './use-calendar-change.ts';

/** All events of the calendar, each of which can be taken out; and all of one file together. */
export function EventsPanel({ calendar }: { calendar: CalendarDetail }) {
  const { name, documentVersion, events } = calendar;
  const [what, setWhat] = useState('');
  const changing = useCalendarChange({ message: `${what} is removed.`, onSaved: () => undefined });
  const remove = (words: string, positions: number[]) => {
    setWhat(words);
    void changing.look({ name, documentVersion, change: { kind: 'remove-events', positions } });
  };
  const [problem] = changing.problems;
  const isLast = events.length === 1;
  return (
    <Panel title="Events" padding="flush" aside={countText(events.length)}>
      <Files events={events} onRemove={remove} />
      <PanelRows label="Events of the calendar">
        {events.map((event) => (
          <PanelRow key={event.position}>
            <EventLine event={event} />
            <ActionIcon
              aria-label={`Remove ${event.summary}`}
              disabled={isLast || changing.isPending}
              onClick={() => remove(`“${event.summary}”`, [event.position])}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </PanelRow>
        ))}
      </PanelRows>
      {isLast && <p className={classes.nothing}>A calendar keeps at least one event. To be rid of this one, delete the calendar.</p>}
      {changing.review === null && changing.fault !== null && <FaultNotice fault={changing.fault} />}
      {problem !== undefined && (
        <p className={classes.nothing} role="alert">
          {problem.message}
        </p>
      )}
      <ChangeReview changing={changing} title={`Remove ${what} from ${name}?`} confirmLabel="Remove" />
    </Panel>
  );
}

interface FilesProps {
  events: readonly CalendarEventRow[];
  onRemove(words: string, positions: number[]): void;
}

/** The files that events came from. Where all of them are of one file, it is the calendar that would go. */
function Files({ events, onRemove }: FilesProps) {
  const files = [...new Set(events.flatMap(({ source }) => source ?? []))];
  const positionsOf = (file: string) => events.filter(({ source }) => source === file).map(({ position }) => position);
  if (files.length === 0) return null;
  return (
    <ul className={classes.files} aria-label="Files that events came from">
      {files.map((file) => {
        const positions = positionsOf(file);
        return (
          <li key={file} className={classes.file}>
            <span className="hf-cut">{file}</span>
            <span className="hf-faint">{plural(positions.length, 'event')}</span>
            {positions.length < events.length && (
              <Button size="compact-xs" onClick={() => onRemove(`Everything from ${file}`, positions)}>
                Remove all of {file}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
