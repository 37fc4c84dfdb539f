import { MultiSelect } from '@mantine/core';
import type { CalendarRow } from '../../electron/api/calendars.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { At } from '../ui/age.tsx';
import classes from './editor.module.css';
import type { Editor } from './use-editor.ts';

/** Change calendars that must all be open. One that is chosen and not there any more is kept, so that the problem shows on it. */
export function CalendarField({ editor }: { editor: Editor }) {
  const { calendarNames } = editor.state;
  const calendars = useCall(calls.calendars.list());
  const known = calendars.status === 'full' ? calendars.answer : [];
  const choices = [...new Set([...known.map(({ name }) => name), ...calendarNames])];
  const isNone = calendars.status === 'full' && choices.length === 0;
  return (
    <div className={classes.group}>
      <MultiSelect
        label="Change calendars"
        description="It is applied only while all of them are open; a run that meets a closed one is skipped."
        placeholder={calendarNames.length > 0 ? '' : isNone ? 'This site has no change calendar' : 'None: it may always run'}
        data={choices}
        value={[...calendarNames]}
        error={editor.problemOf('calendarNames')}
        onChange={(names) => {
          editor.change({ calendarNames: names });
          editor.touch('calendarNames');
        }}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Take off every calendar' }}
        nothingFoundMessage="No change calendar has this in its name."
      />
      {calendarNames.length > 0 && <States calendars={known.filter(({ name }) => calendarNames.includes(name))} />}
      {isNone && (
        <p className={classes.hint}>
          A calendar says when changes are allowed. <a href={address.calendars({ open: 'new' })}>Make one</a>
        </p>
      )}
    </div>
  );
}

/** How each of them stands now, and until when. */
function States({ calendars }: { calendars: readonly CalendarRow[] }) {
  return (
    <ul className={classes.states} aria-label="Calendars now">
      {calendars.map(({ name, state, nextTransitionAt }) => (
        <li key={name}>
          <a href={address.calendar(name)}>{name}</a> is <strong>{state === 'OPEN' ? 'open' : 'closed'}</strong>
          {nextTransitionAt !== null && (
            <>
              {' '}
              until <At at={nextTransitionAt} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
