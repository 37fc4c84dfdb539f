import { Checkbox, SegmentedControl, Select, TextInput } from '@mantine/core';
import { zoneChoices } from '../terms/zone-choices.ts';
import type { CalendarType } from './calendar-words.ts';
import { eventWords } from './calendar-words.ts';
import classes from './calendars.module.css';
import type { EventForm } from './event-form.ts';
import { WEEKDAYS, withRepeats, withStartDate } from './event-form.ts';

interface EventFieldsProps {
  form: EventForm;
  type: CalendarType;
  onChange(form: EventForm): void;
}

const ZONES_SHOWN = 80;

export function EventFields({ form, type, onChange }: EventFieldsProps) {
  const change = (part: Partial<EventForm>) => onChange({ ...form, ...part });
  return (
    <div className={classes.fields}>
      <TextInput
        label="Title of the event"
        placeholder="Exam week"
        value={form.summary}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => change({ summary: event.currentTarget.value })}
      />
      <div className={classes.times}>
        <TextInput
          type="date"
          label="Starts on"
          value={form.startDate}
          onChange={(event) => onChange(withStartDate(form, event.currentTarget.value))}
        />
        <TextInput type="time" label="at" value={form.startTime} onChange={(event) => change({ startTime: event.currentTarget.value })} />
        <TextInput type="date" label="Ends on" value={form.endDate} onChange={(event) => change({ endDate: event.currentTarget.value })} />
        <TextInput
          type="time"
          label="at"
          aria-label="Ends at"
          value={form.endTime}
          onChange={(event) => change({ endTime: event.currentTarget.value })}
        />
      </div>
      <Select
        label="Time zone"
        searchable
        limit={ZONES_SHOWN}
        nothingFoundMessage="No zone has this in its name. Zones are named as Europe/Paris."
        data={zoneChoices(form.timeZone)}
        value={form.timeZone}
        onChange={(value) => change({ timeZone: value ?? 'UTC' })}
      />
      <Repeats form={form} onChange={onChange} />
      <Checkbox
        label="For information only"
        description={`It changes nothing. Otherwise: ${eventWords[type].toLowerCase()}.`}
        checked={form.isAdvisory}
        onChange={(event) => change({ isAdvisory: event.currentTarget.checked })}
      />
    </div>
  );
}

function Repeats({ form, onChange }: Pick<EventFieldsProps, 'form' | 'onChange'>) {
  return (
    <>
      <div>
        <span className={classes.label} id="repeats-label">
          How often
        </span>
        <SegmentedControl
          aria-labelledby="repeats-label"
          data={[
            { value: 'once', label: 'Once' },
            { value: 'weekly', label: 'Every week' },
          ]}
          value={form.repeats}
          onChange={(value) => onChange(withRepeats(form, value === 'weekly' ? 'weekly' : 'once'))}
        />
      </div>
      {form.repeats === 'weekly' && (
        <div className={classes.repeats}>
          <Checkbox.Group
            label="On"
            value={form.weekdays.map(String)}
            onChange={(values) => onChange({ ...form, weekdays: values.map(Number) })}
          >
            <div className={classes.weekdays}>
              {WEEKDAYS.map(({ value, label }) => (
                <Checkbox key={value} value={String(value)} label={label} />
              ))}
            </div>
          </Checkbox.Group>
          <TextInput
            type="date"
            label="Until"
            description="The last day on which it starts; empty: it goes on."
            value={form.until}
            onChange={(event) => onChange({ ...form, until: event.currentTarget.value })}
          />
        </div>
      )}
    </>
  );
}
