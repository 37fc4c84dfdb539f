import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { AlarmName } from '../../electron/domain/alarm.ts';
import { useAction } from '../client/use-action.ts';
import { tellDone } from '../ui/toast.tsx';
import classes from './settings.module.css';

/** Makes an alarm known, not raised: associations that name it run then. */
export function AlarmForm() {
  const [typed, setTyped] = useState('');
  const put = useAction((client, name: string) => client.site.putAlarm({ name, state: 'OK', reason: '' }));
  const name = typed.trim();
  const parsed = AlarmName.safeParse(name);
  const problem = typed === '' || parsed.success ? null : (parsed.error.issues[0]?.message ?? null);
  const refusal = put.fault === null ? null : `${put.fault.title} ${put.fault.remedy}`;
  const add = async () => {
    if (!parsed.success) return;
    const outcome = await put.run(parsed.data);
    if (!outcome.ok) return;
    setTyped('');
    tellDone(`The alarm “${outcome.answer.name}” is known, and not raised.`);
  };
  return (
    <form
      className={classes.form}
      aria-label="New alarm"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextInput
        className={classes.grow}
        label="New alarm"
        placeholder="cooling-b12"
        value={typed}
        error={problem ?? refusal}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          put.clear();
        }}
        maxLength={300}
        autoComplete="off"
      />
      <Button type="submit" className={classes.besideField} loading={put.isPending} disabled={!parsed.success}>
        Add alarm
      </Button>
    </form>
  );
}
