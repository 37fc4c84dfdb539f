import { Radio } from '@mantine/core';
import classes from './editor.module.css';
import type { ScheduleKind } from './schedule-form.ts';
import type { Editor } from './use-editor.ts';

/** ApplyOnlyAtCronInterval as the question that it answers. */
export function FirstRunChoice({ editor, kind }: { editor: Editor; kind: ScheduleKind | null }) {
  const { applyOnlyAtCronInterval } = editor.state;
  const choices = [
    { value: 'now', label: 'When it is saved', description: 'Then on the schedule. Machines that join get it at once.' },
    {
      value: 'next',
      label: 'At the next time on the schedule',
      description:
        kind === 'rate'
          ? '“Every so often” counts from a save, so it always begins with one.'
          : 'ApplyOnlyAtCronInterval: also after each edit, and for machines that join.',
    },
  ];
  const chosen = applyOnlyAtCronInterval ? 'next' : 'now';
  return (
    <Radio.Group
      label="First run"
      value={chosen}
      error={editor.problemOf('applyOnlyAtCronInterval')}
      onChange={(value) => {
        editor.change({ applyOnlyAtCronInterval: value === 'next' });
        editor.touch('applyOnlyAtCronInterval');
      }}
    >
      <div className={`${classes.cards} ${classes.labelled}`} data-many>
        {choices.map(({ value, label, description }) => (
          <Radio
            key={value}
            value={value}
            label={label}
            description={description}
            disabled={value === 'next' && kind === 'rate' && !applyOnlyAtCronInterval}
            className={classes.card}
            data-checked={value === chosen}
          />
        ))}
      </div>
    </Radio.Group>
  );
}
