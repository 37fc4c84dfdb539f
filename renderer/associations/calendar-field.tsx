import { MultiSelect } from '@mantine/core';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import type { Editor } from './use-editor.ts';

/** Change calendars are documents; one that is chosen and not there any more is kept, so that the problem shows on it. */
export function CalendarField({ editor }: { editor: Editor }) {
  const { calendarNames } = editor.state;
  const documents = useCall(calls.documents.list());
  const known = documents.status === 'full' ? documents.answer.filter(isCalendar).map(({ name }) => name) : [];
  const choices = [...new Set([...known, ...calendarNames])];
  return (
    <MultiSelect
      label="Change calendars"
      description="It is applied only while all of them are open; a run that meets a closed one is skipped."
      placeholder={calendarNames.length > 0 ? '' : choices.length === 0 ? 'This site has no change calendar' : 'None: it may always run'}
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
  );
}

const isCalendar = ({ documentType }: { documentType: string }): boolean => documentType === 'ChangeCalendar';
