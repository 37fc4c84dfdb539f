import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAction } from '../client/use-action.ts';
import { useLeaveGuard } from '../ui/address.ts';
import { tellDone } from '../ui/toast.tsx';
import classes from './settings.module.css';

/** As long as the API takes. */
const LONGEST = 100;

interface SiteNameFormProps {
  siteName: string;
}

export function SiteNameForm({ siteName }: SiteNameFormProps) {
  const [typed, setTyped] = useState(siteName);
  // What was saved a moment ago is not known to every part of the window yet, and is no change that would be lost.
  const [saved, setSaved] = useState(siteName);
  const rename = useAction((client, name: string) => client.site.rename({ siteName: name }));
  const name = typed.trim();
  const isChanged = name !== saved;
  useLeaveGuard(isChanged ? 'The site’s new name is not saved.' : null);
  const problem = name === '' ? 'Give the site a name.' : null;
  const refusal = rename.fault === null ? null : `${rename.fault.title} ${rename.fault.remedy}`;

  const save = async () => {
    if (problem !== null || !isChanged) return;
    const outcome = await rename.run(name);
    if (!outcome.ok) return;
    setSaved(outcome.answer.siteName);
    tellDone(`The site is called “${outcome.answer.siteName}” now.`);
  };
  return (
    <form
      className={classes.form}
      aria-label="Site name"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextInput
        className={classes.grow}
        label="Site name"
        description="Shown at the top of every window and in its title."
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        value={typed}
        error={problem ?? refusal}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          rename.clear();
        }}
        maxLength={LONGEST}
        autoComplete="off"
      />
      <Button type="submit" className={classes.besideField} loading={rename.isPending} disabled={!isChanged || problem !== null}>
        Save name
      </Button>
    </form>
  );
}
