import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { CalendarDetail } from '../../electron/api/calendars.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { localZone } from '../ui/moment.ts';
import classes from './calendars.module.css';
import { ChangeProblems } from './change-problems.tsx';
import { ChangeReview } from './change-review.tsx';
import { EventFields } from './event-fields.tsx';
import { draftOf, firstForm, whyIncomplete } from './event-form.ts';
import { useCalendarChange } from './use-calendar-change.ts';

interface AddEventDialogProps {
  calendar: CalendarDetail;
  /** The day that it is first on, unless the person says otherwise. */
  date: string;
  onClose(): void;
}

export function AddEventDialog({ calendar: { name, documentVersion, type }, date, onClose }: AddEventDialogProps) {
  const [form, setForm] = useState(() => firstForm(date, localZone()));
  const changing = useCalendarChange({ message: `“${form.summary.trim()}” is in the calendar.`, onSaved: onClose });
  const missing = whyIncomplete(form);
  const look = () => changing.look({ name, documentVersion, change: { kind: 'add-event', event: draftOf(form) } });
  return (
    <>
      <Modal opened={changing.review === null} onClose={onClose} title={`Add an event to ${name}`} size={560}>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (missing === null) void look();
          }}
        >
          <EventFields form={form} type={type ?? 'DEFAULT_OPEN'} onChange={setForm} />
          <ChangeProblems problems={changing.problems} />
          {changing.fault !== null && <FaultNotice fault={changing.fault} />}
          <div className={classes.buttons}>
            {missing !== null && <span className={classes.missing}>{missing}</span>}
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="filled" disabled={missing !== null} loading={changing.isPending}>
              Review and add
            </Button>
          </div>
        </form>
      </Modal>
      <ChangeReview changing={changing} title={`Add “${form.summary.trim()}” to ${name}?`} confirmLabel="Add the event" />
    </>
  );
}
