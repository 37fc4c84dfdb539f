import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { localZone } from '../ui/moment.ts';
import type { CalendarType } from './calendar-words.ts';
import { nameProblem } from './calendar-words.ts';
import classes from './calendars.module.css';
import { ChangeForm } from './change-form.tsx';
import { EventFields } from './event-fields.tsx';
import { draftOf, firstForm, whyIncomplete } from './event-form.ts';
import { dateOf } from './month-grid.ts';
import { TypeChoice } from './type-choice.tsx';
import { useCalendarChange } from './use-calendar-change.ts';

/** A calendar with its first event: one without an event would say nothing. */
export function NewCalendarDialog({ onClose }: { onClose(): void }) {
  const [name, setName] = useState('');
  const [type, setType] = useState<CalendarType>('DEFAULT_OPEN');
  const [description, setDescription] = useState('');
  const [form, setForm] = useState(() => firstForm(dateOf(new Date(), localZone()), localZone()));
  const changing = useCalendarChange({ message: `The calendar “${name}” is made.`, onSaved: onClose });
  const missing = name === '' ? 'Give the calendar a name.' : (nameProblem(name) ?? whyIncomplete(form));
  const look = () => changing.look({ name, documentVersion: null, change: { kind: 'create', type, description, event: draftOf(form) } });
  return (
    <ChangeForm
      changing={changing}
      title="New calendar"
      size={560}
      submitLabel="Review and make"
      canSubmit={missing === null}
      missing={missing}
      review={{ title: `Make the calendar “${name}”?`, confirmLabel: 'Make the calendar' }}
      onSubmit={() => void look()}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        placeholder="Exam-Freeze"
        value={name}
        error={nameProblem(name)}
        maxLength={128}
        autoComplete="off"
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value.trim())}
      />
      <TypeChoice value={type} onChange={setType} />
      <TextInput
        label="Description"
        value={description}
        maxLength={500}
        autoComplete="off"
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <h3 className={classes.partTitle}>Its first event</h3>
      <EventFields form={form} type={type} onChange={setForm} />
    </ChangeForm>
  );
}
