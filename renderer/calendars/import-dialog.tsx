import { FileInput, Select, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import type { CalendarRow } from '../../electron/api/calendars.ts';
import type { CalendarChange } from '../../electron/domain/calendar-draft.ts';
import { LONGEST_FILE } from '../../electron/domain/calendar-draft.ts';
import { calls } from '../client/calls.ts';
import { useCallWhen, useLastAnswer } from '../client/use-call.ts';
import { zoneChoices } from '../terms/zone-choices.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { localZone } from '../ui/moment.ts';
import type { CalendarType } from './calendar-words.ts';
import { nameProblem } from './calendar-words.ts';
import classes from './calendars.module.css';
import { ChangeForm } from './change-form.tsx';
import { ImportPreview } from './import-preview.tsx';
import { nameFromFile, PASTED } from './import-words.ts';
import { TypeChoice } from './type-choice.tsx';
import { useCalendarChange } from './use-calendar-change.ts';

interface ImportDialogProps {
  /** The calendar whose events are brought in; null where the person names one. */
  calendar: CalendarRow | null;
  /** Those that a name may be of. */
  known: readonly CalendarRow[];
  onClose(): void;
}

const SETTLE_MS = 250;
const ZONES_SHOWN = 80;

/** The events of an .ics file, into a new calendar or one that is there; what is in the file is shown before it is. */
export function ImportDialog({ calendar, known, onClose }: ImportDialogProps) {
  const [name, setName] = useState(calendar?.name ?? '');
  const [type, setType] = useState<CalendarType>('DEFAULT_OPEN');
  const [fileName, setFileName] = useState(PASTED);
  const [text, setText] = useState('');
  const [isTooLarge, setTooLarge] = useState(false);
  const [timeZone, setTimeZone] = useState<string | null>(null);
  const [settled] = useDebouncedValue(text, SETTLE_MS);
  const [settledName] = useDebouncedValue(name, SETTLE_MS);
  const existing = calendar ?? known.find((row) => row.name === settledName) ?? null;
  const change: CalendarChange = { kind: 'import', type: existing === null ? type : null, fileName, text: settled, timeZone };
  const isNamed = settledName !== '' && nameProblem(settledName) === null;
  const draft = useCallWhen(settled.trim() === '' || !isNamed ? null : calls.calendars.draft({ name: settledName, change }));
  const answer = useLastAnswer(draft)?.answer ?? null;
  const changing = useCalendarChange({ message: `The events of “${fileName}” are in ${name}.`, onSaved: onClose });
  const isSettled = settled === text && settledName === name;
  const canLook = isNamed && isSettled && draft.status === 'full' && draft.answer.after !== null;

  const read = async (file: File | null) => {
    setTooLarge(file !== null && file.size > LONGEST_FILE);
    if (file === null || file.size > LONGEST_FILE) return;
    setFileName(file.name.slice(0, 128));
    setText(await file.text());
    if (name === '') setName(nameFromFile(file.name));
  };
  return (
    <ChangeForm
      changing={changing}
      title={calendar === null ? 'Import a calendar' : `Import events into ${calendar.name}`}
      size={680}
      submitLabel="Review and import"
      canSubmit={canLook}
      problems={answer?.problems ?? []}
      review={{ title: `Import “${fileName}” into ${name}?`, confirmLabel: 'Import the events' }}
      onSubmit={() => void changing.look({ name, documentVersion: existing?.documentVersion ?? null, change })}
      onClose={onClose}
    >
      <FileInput
        label="File"
        description="An .ics file of Outlook, Google, Apple or any other calendar."
        placeholder="Choose a file"
        leftSection={<IconFileImport size={16} aria-hidden />}
        accept=".ics,text/calendar"
        clearable={false}
        error={isTooLarge ? 'This file is larger than 1 MiB. Export a shorter time from the calendar that it comes from.' : undefined}
        onChange={(file) => void read(file)}
        data-autofocus
      />
      <Textarea
        label="Or its text"
        value={text}
        rows={4}
        className={classes.source}
        spellCheck={false}
        maxLength={LONGEST_FILE}
        placeholder="BEGIN:VCALENDAR"
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {calendar === null && (
        <TextInput
          label="Calendar"
          description={
            existing === null
              ? 'A new one is made.'
              : 'This one is there already: events from a file of the same name are replaced, all others stay.'
          }
          placeholder="Exam-Freeze"
          value={name}
          error={nameProblem(name)}
          maxLength={128}
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value.trim())}
        />
      )}
      {existing === null && <TypeChoice value={type} onChange={setType} />}
      <Select
        label="Times that name no zone are in"
        searchable
        clearable
        limit={ZONES_SHOWN}
        placeholder="What the file says"
        data={zoneChoices(timeZone ?? localZone())}
        value={timeZone}
        onChange={setTimeZone}
        clearButtonProps={{ 'aria-label': 'What the file says' }}
      />
      {answer?.after != null && <ImportPreview after={answer.after} fileName={fileName} isOld={!isSettled || draft.status === 'loading'} />}
      {draft.status === 'fault' && <FaultNotice fault={draft.fault} />}
    </ChangeForm>
  );
}
