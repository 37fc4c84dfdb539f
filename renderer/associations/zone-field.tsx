import { Select } from '@mantine/core';
import { DAYLIGHT_SAVING_RULE } from '../../agent/schedule/zoned-fire.ts';
import { zoneChoices } from '../terms/zone-choices.ts';
import classes from './editor.module.css';
import type { Editor } from './use-editor.ts';

/** More than a person reads; the rest is found by typing. */
const SHOWN = 80;

/** The zone in which the times of a schedule are meant, and what daylight saving does to them. */
export function ZoneField({ editor }: { editor: Editor }) {
  const { timeZone } = editor.state;
  return (
    <>
      <Select
        label="Time zone"
        searchable
        limit={SHOWN}
        nothingFoundMessage="No zone has this in its name. Zones are named as Europe/Paris."
        data={zoneChoices(timeZone)}
        value={timeZone}
        error={editor.problemOf('timeZone')}
        onChange={(value) => {
          editor.change({ timeZone: value ?? 'UTC' });
          editor.touch('timeZone');
        }}
      />
      {timeZone !== 'UTC' && <p className={classes.hint}>{DAYLIGHT_SAVING_RULE}</p>}
    </>
  );
}
