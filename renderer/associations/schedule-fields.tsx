import { Chip, NumberInput, Select, TextInput } from '@mantine/core';
import classes from './editor.module.css';
import { onThisClock, today } from './local-time.ts';
import type { CronDays, ScheduleForm, Weekday } from './schedule-form.ts';
import { RATE_UNITS, WEEKDAYS } from './schedule-form.ts';

type TimedProps<Kind extends ScheduleForm['kind']> = FieldsProps<Kind> & { timeZone: string };

interface FieldsProps<Kind extends ScheduleForm['kind']> {
  form: Extract<ScheduleForm, { kind: Kind }>;
  onChange(form: ScheduleForm): void;
}

const unitLabels = { minute: 'minutes', hour: 'hours', day: 'days' };

export function RateFields({ form, onChange }: FieldsProps<'rate'>) {
  return (
    <div className={classes.row}>
      <NumberInput
        label="Every"
        value={form.amount}
        min={1}
        max={999_999}
        allowDecimal={false}
        allowNegative={false}
        onChange={(amount) => onChange({ ...form, amount: typeof amount === 'number' ? amount : 1 })}
      />
      <Select
        label="Unit"
        data={RATE_UNITS.map((value) => ({ value, label: unitLabels[value] }))}
        value={form.unit}
        onChange={(value) => onChange({ ...form, unit: RATE_UNITS.find((unit) => unit === value) ?? form.unit })}
      />
    </div>
  );
}

const weekdayLabels: Record<Weekday, string> = {
  MON: 'Monday',
  TUE: 'Tuesday',
  WED: 'Wednesday',
  THU: 'Thursday',
  FRI: 'Friday',
  SAT: 'Saturday',
  SUN: 'Sunday',
};

const dayKinds: readonly { value: CronDays['kind']; label: string }[] = [
  { value: 'every-day', label: 'Every day' },
  { value: 'weekdays', label: 'On days of the week' },
  { value: 'day-of-month', label: 'On a day of the month' },
  { value: 'nth-weekday', label: 'On the first, second… weekday' },
];

function firstDays(kind: CronDays['kind']): CronDays {
  switch (kind) {
    case 'every-day':
      return { kind };
    case 'weekdays':
      return { kind, weekdays: ['MON', 'TUE', 'WED', 'THU', 'FRI'] };
    case 'day-of-month':
      return { kind, day: '1' };
    case 'nth-weekday':
      return { kind, nth: 2, weekday: 'TUE' };
  }
}

export function CronFields({ form, timeZone, onChange }: TimedProps<'cron'>) {
  const setKind = (value: string | null) =>
    onChange({ ...form, days: firstDays(dayKinds.find((kind) => kind.value === value)?.value ?? 'every-day') });
  return (
    <>
      <div className={classes.row}>
        <Select label="Days" data={[...dayKinds]} value={form.days.kind} onChange={setKind} />
        <TextInput
          type="time"
          label={`Time (${timeZone})`}
          description={onThisClock({ date: today(timeZone), time: form.time, timeZone })}
          value={form.time}
          onChange={(event) => onChange({ ...form, time: event.currentTarget.value === '' ? '00:00' : event.currentTarget.value })}
        />
      </div>
      <DayFields days={form.days} onChange={(days) => onChange({ ...form, days })} />
    </>
  );
}

const daysOfMonth = [
  ...Array.from({ length: 31 }, (_, index) => ({ value: String(index + 1), label: String(index + 1) })),
  { value: 'L', label: 'Last day' },
];
const nths = ['First', 'Second', 'Third', 'Fourth', 'Fifth'].map((label, index) => ({ value: String(index + 1), label }));
const weekdayChoices = WEEKDAYS.map((value) => ({ value, label: weekdayLabels[value] }));

function DayFields({ days, onChange }: { days: CronDays; onChange(days: CronDays): void }) {
  switch (days.kind) {
    case 'every-day':
      return null;
    case 'weekdays':
      return (
        <Chip.Group
          multiple
          value={[...days.weekdays]}
          onChange={(values) => onChange({ kind: 'weekdays', weekdays: keepOne(values, days.weekdays) })}
        >
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a border of its own */}
          <div className={classes.chips} role="group" aria-label="Days of the week">
            {WEEKDAYS.map((day) => (
              <Chip key={day} value={day} size="xs">
                {weekdayLabels[day].slice(0, 3)}
              </Chip>
            ))}
          </div>
        </Chip.Group>
      );
    case 'day-of-month':
      return (
        <Select
          label="Day of the month"
          data={daysOfMonth}
          value={days.day}
          onChange={(day) => onChange({ kind: 'day-of-month', day: day ?? '1' })}
        />
      );
    case 'nth-weekday':
      return (
        <div className={classes.row}>
          <Select label="Which" data={nths} value={String(days.nth)} onChange={(nth) => onChange({ ...days, nth: Number(nth ?? '1') })} />
          <Select
            label="Day of the week"
            data={weekdayChoices}
            value={days.weekday}
            onChange={(value) => onChange({ ...days, weekday: WEEKDAYS.find((day) => day === value) ?? days.weekday })}
          />
        </div>
      );
  }
}

/** A week without any day is no schedule, so the last one stays. */
function keepOne(values: readonly string[], before: readonly Weekday[]): readonly Weekday[] {
  const next = WEEKDAYS.filter((day) => values.includes(day));
  return next.length === 0 ? before : next;
}

export function AtFields({ form, timeZone, onChange }: TimedProps<'at'>) {
  return (
    <div className={classes.row}>
      <TextInput
        type="date"
        label={`Date (${timeZone})`}
        value={form.date}
        onChange={(event) => event.currentTarget.value !== '' && onChange({ ...form, date: event.currentTarget.value })}
      />
      <TextInput
        type="time"
        label={`Time (${timeZone})`}
        description={onThisClock({ date: form.date, time: form.time, timeZone })}
        value={form.time}
        onChange={(event) => event.currentTarget.value !== '' && onChange({ ...form, time: event.currentTarget.value })}
      />
    </div>
  );
}
