import { Autocomplete } from '@mantine/core';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { plural } from '../ui/moment.ts';
import classes from './editor.module.css';

interface GroupFieldProps {
  value: string;
  onChange(value: string): void;
  onLeave(): void;
}

/** Names that are offered; a longer list is narrowed by typing. */
const OFFERED = 200;

/** One resource group, chosen or typed. */
export function GroupField({ value, onChange, onLeave }: GroupFieldProps) {
  const groups = useCall(calls.groups.list({ search: '', offset: 0, limit: OFFERED }));
  const rows = groups.status === 'full' ? groups.answer.rows : [];
  const chosen = rows.find(({ name }) => name === value) ?? null;
  return (
    <div className={classes.fields}>
      <Autocomplete
        label="Resource group"
        placeholder="students-b12"
        data={rows.map(({ name }) => name)}
        value={value}
        onChange={onChange}
        onBlur={onLeave}
        maxLength={128}
        autoComplete="off"
      />
      {groups.status === 'full' && groups.answer.total === 0 && (
        <p className={classes.hint}>
          There are no groups yet. <a href={address.newGroup()}>Make one</a> from the tags that machines have.
        </p>
      )}
      {chosen !== null && (
        <p className={classes.hint}>
          {chosen.description === '' ? '' : `${chosen.description} · `}
          {plural(chosen.memberCount, 'machine')} now. <a href={address.group(chosen.name)}>Open the group</a>
        </p>
      )}
      {chosen !== null && chosen.problem !== null && <p className={classes.problem}>{chosen.problem} Every run would fail.</p>}
    </div>
  );
}
