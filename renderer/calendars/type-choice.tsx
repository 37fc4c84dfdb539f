import { Radio } from '@mantine/core';
import type { CalendarType } from './calendar-words.ts';
import { typeNames, typeWords } from './calendar-words.ts';
import classes from './calendars.module.css';

const TYPES: readonly CalendarType[] = ['DEFAULT_OPEN', 'DEFAULT_CLOSED'];

/** What a calendar is while nothing is on; chosen once. */
export function TypeChoice({ value, onChange }: { value: CalendarType; onChange(type: CalendarType): void }) {
  return (
    <Radio.Group
      label="While nothing is on"
      description="This is chosen once, and stays."
      value={value}
      onChange={(text) => onChange(text === 'DEFAULT_CLOSED' ? text : 'DEFAULT_OPEN')}
    >
      <div className={classes.types}>
        {TYPES.map((type) => (
          <Radio key={type} value={type} label={typeNames[type]} description={typeWords[type]} />
        ))}
      </div>
    </Radio.Group>
  );
}
