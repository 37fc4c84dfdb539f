import { Select } from '@mantine/core';
import { timeZoneNames } from '../../agent/schedule/time-zone.ts';
import { DAYLIGHT_SAVING_RULE } from '../../agent/schedule/zoned-fire.ts';
import { localZone } from '../ui/moment.ts';
import classes from './editor.module.css';
import type { Editor } from './use-editor.ts';

/** More than a person reads; the rest is found by typing. */
const SHOWN = 80;

/** UTC and this computer's zone first. One that is chosen and that this window does not know stays, so that the problem shows on it. */
function zoneChoices(chosen: string) {
  const often = [...new Set(['UTC', localZone()])];
  const rest = timeZoneNames().filter((name) => !often.includes(name));
  const unknown = often.includes(chosen) || rest.includes(chosen) ? [] : [chosen];
  return [
    { group: 'Often used', items: [...unknown, ...often] },
    { group: 'All zones', items: rest },
  ];
}

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
