import { Autocomplete, Checkbox } from '@mantine/core';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import classes from './editor.module.css';
import type { Editor } from './use-editor.ts';

/** The one alarm that keeps machines from starting while it is raised. */
export function AlarmFields({ editor }: { editor: Editor }) {
  const { alarmName, ignorePollAlarmFailure } = editor.state;
  const alarms = useCall(calls.site.alarms());
  const known = alarms.status === 'full' ? alarms.answer : [];
  const named = known.find(({ name }) => name === alarmName.trim());
  return (
    <div className={classes.group}>
      <Autocomplete
        label="Alarm"
        description={stateWords(alarmName.trim(), named)}
        placeholder="None"
        data={known.map(({ name }) => name)}
        value={alarmName}
        error={editor.problemOf('alarmConfiguration')}
        onChange={(value) => editor.change({ alarmName: value })}
        onBlur={() => editor.touch('alarmConfiguration')}
        maxLength={300}
        autoComplete="off"
      />
      <Checkbox
        label="Run also while nobody has reported this alarm"
        description="IgnorePollAlarmFailure: without this, an alarm that the site has never heard of holds it back."
        checked={ignorePollAlarmFailure}
        disabled={alarmName.trim() === '' && !ignorePollAlarmFailure}
        onChange={(event) => {
          editor.change({ ignorePollAlarmFailure: event.currentTarget.checked });
          editor.touch('alarmConfiguration');
        }}
      />
      <p className={classes.hint}>
        Alarms are raised and cleared under <a href={address.settings()}>Settings</a>.
      </p>
    </div>
  );
}

function stateWords(name: string, alarm: { state: 'OK' | 'ALARM' } | undefined): string {
  const rule = 'While it is raised, machines that have not started do not start.';
  if (name === '') return rule;
  if (alarm === undefined) return `${rule} Nobody has reported it yet.`;
  return alarm.state === 'ALARM' ? `${rule} It is raised now.` : `${rule} It is not raised now.`;
}
