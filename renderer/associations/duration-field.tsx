import { TextInput } from '@mantine/core';
import type { Editor } from './use-editor.ts';

/** Only what waits for its schedule can be cut off, so the field is closed until it does, unless it holds something. */
export function DurationField({ editor }: { editor: Editor }) {
  const { duration, applyOnlyAtCronInterval } = editor.state;
  return (
    <TextInput
      label="Cut off after (hours)"
      description={
        applyOnlyAtCronInterval
          ? 'Duration, 1 to 24: machines that wait by then are not started, and what still runs is stopped.'
          : 'Duration: only for an association whose first run is the next time on its schedule.'
      }
      placeholder="It is let run to its end"
      value={duration}
      error={editor.problemOf('duration')}
      disabled={!applyOnlyAtCronInterval && duration === ''}
      onChange={(event) => editor.change({ duration: event.currentTarget.value })}
      onBlur={() => editor.touch('duration')}
      inputMode="numeric"
      maxLength={4}
      autoComplete="off"
    />
  );
}
