import { Radio, TextInput } from '@mantine/core';
import classes from './editor.module.css';
import { FirstRunChoice } from './first-run-choice.tsx';
import { FormSection } from './form-section.tsx';
import { AtFields, CronFields, RateFields } from './schedule-fields.tsx';
import type { ScheduleForm, ScheduleKind } from './schedule-form.ts';
import { expressionOf, firstForm, formOf, kindOf } from './schedule-form.ts';
import type { Editor } from './use-editor.ts';
import { ZoneField } from './zone-field.tsx';

const kinds: readonly { value: ScheduleKind | 'none'; label: string; description: string }[] = [
  { value: 'none', label: 'Once', description: 'When it is saved, and on machines that join later.' },
  { value: 'rate', label: 'Every so often', description: 'Counted from the last save.' },
  { value: 'cron', label: 'At set times', description: 'On days and at a time.' },
  { value: 'at', label: 'Once, later', description: 'At one moment.' },
];

const kindFrom = (value: string): ScheduleKind | null => (value === 'rate' || value === 'cron' || value === 'at' ? value : null);

/** Friendly fields that write an expression, beside the expression itself: either may be edited, and the expression is what counts. */
export function ScheduleSection({ editor }: { editor: Editor }) {
  const { isScheduled, scheduleExpression, applyOnlyAtCronInterval } = editor.state;
  const kind = isScheduled ? kindOf(scheduleExpression) : null;
  const choose = (value: string) => {
    const next = kindFrom(value);
    if (next === null) editor.change({ isScheduled: false, applyOnlyAtCronInterval: false, scheduleOffset: '' });
    else
      editor.change({
        isScheduled: true,
        scheduleExpression: next === kindOf(scheduleExpression) ? scheduleExpression : expressionOf(firstForm(next, new Date())),
      });
  };
  return (
    <FormSection title="Schedule" words="When it is applied again. The preview shows the times in its zone, on your clock, and in UTC.">
      <Radio.Group aria-label="Kind of schedule" value={isScheduled ? (kind ?? '') : 'none'} onChange={choose}>
        <div className={classes.cards} data-many>
          {kinds.map(({ value, label, description }) => (
            <Radio
              key={value}
              value={value}
              label={label}
              description={description}
              className={classes.card}
              data-checked={value === (isScheduled ? kind : 'none')}
            />
          ))}
        </div>
      </Radio.Group>
      {isScheduled && <Timing editor={editor} kind={kind} />}
      {(isScheduled || applyOnlyAtCronInterval) && <FirstRunChoice editor={editor} kind={kind} />}
    </FormSection>
  );
}

function Timing({ editor, kind }: { editor: Editor; kind: ScheduleKind | null }) {
  const { scheduleExpression, scheduleOffset, timeZone } = editor.state;
  const form = formOf(scheduleExpression);
  const write = (next: ScheduleForm) => editor.change({ scheduleExpression: expressionOf(next) });
  // A rate counts real minutes, which are the same in every zone.
  const hasZone = kind !== 'rate' || timeZone !== 'UTC';
  return (
    <>
      <FriendlyFields form={form} timeZone={timeZone} onChange={write} />
      {hasZone && <ZoneField editor={editor} />}
      <div className={classes.row}>
        <TextInput
          label="Schedule expression"
          description={
            form === null && kind !== null
              ? 'This says more than the fields above could show, so they are away.'
              : 'What is saved; edit it here for more than the fields offer.'
          }
          className={classes.code}
          value={scheduleExpression}
          error={editor.problemOf('scheduleExpression')}
          onChange={(event) => editor.change({ scheduleExpression: event.currentTarget.value })}
          onBlur={() => editor.touch('scheduleExpression')}
          maxLength={300}
          spellCheck={false}
          autoComplete="off"
        />
        {(kind === 'cron' || scheduleOffset !== '') && (
          <TextInput
            label="Days later"
            description="ScheduleOffset, 1 to 6: needs “At the next time on the schedule” below."
            value={scheduleOffset}
            error={editor.problemOf('scheduleOffset')}
            onChange={(event) => editor.change({ scheduleOffset: event.currentTarget.value })}
            onBlur={() => editor.touch('scheduleOffset')}
            inputMode="numeric"
            maxLength={3}
            autoComplete="off"
          />
        )}
      </div>
    </>
  );
}

interface FriendlyFieldsProps {
  form: ScheduleForm | null;
  timeZone: string;
  onChange(form: ScheduleForm): void;
}

function FriendlyFields({ form, timeZone, onChange }: FriendlyFieldsProps) {
  switch (form?.kind) {
    case 'rate':
      return <RateFields form={form} onChange={onChange} />;
    case 'cron':
      return <CronFields form={form} timeZone={timeZone} onChange={onChange} />;
    case 'at':
      return <AtFields form={form} timeZone={timeZone} onChange={onChange} />;
    case undefined:
      return null;
  }
}
