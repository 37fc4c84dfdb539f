import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAction } from '../client/use-action.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { tellDone } from '../ui/toast.tsx';
import classes from './settings.module.css';

const LONGEST_NAME = 100;

export function SiteNameForm({ siteName, onSaved }: { siteName: string; onSaved(): void }) {
  const [typed, setTyped] = useState(siteName);
  const rename = useAction((client, name: string) => client.site.rename({ siteName: name }));
  const name = typed.trim();
  const save = async () => {
    const outcome = await rename.run(name);
    if (!outcome.ok) return;
    tellDone('The site has its new name.');
    onSaved();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (name !== '' && name !== siteName) void save();
      }}
    >
      <TextInput
        label="Site name"
        description="Shown in the top bar and in the window’s title."
        value={typed}
        maxLength={LONGEST_NAME}
        error={name === '' ? 'A site needs a name.' : undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
      />
      {rename.fault !== null && <FaultNotice fault={rename.fault} />}
      <div>
        <Button type="submit" disabled={name === '' || name === siteName} loading={rename.isPending}>
          Save name
        </Button>
      </div>
    </form>
  );
}
