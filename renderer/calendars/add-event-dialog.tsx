import { useState } from 'react';
import type { CalendarDetail } from '../../electron/api/calendars.ts';
import { localZone } from '../ui/moment.ts';
import { ChangeForm } from './change-form.tsx';
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
    <ChangeForm
      changing={changing}
      title={`Add an event to ${name}`}
      size={560}
      submitLabel="Review and add"
      canSubmit={missing === null}
      missing={missing}
      review={{ title: `Add “${form.summary.trim()}” to ${name}?`, confirmLabel: 'Add the event' }}
      onSubmit={() => void look()}
      onClose={onClose}
    >
      <EventFields form={form} type={type ?? 'DEFAULT_OPEN'} onChange={setForm} />
    </ChangeForm>
  );
}
