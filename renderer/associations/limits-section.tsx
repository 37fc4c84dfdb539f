import { TextInput } from '@mantine/core';
import { plural } from '../ui/moment.ts';
import classes from './editor.module.css';
import { FormSection } from './form-section.tsx';
import { errorsSentence, paceSentence } from './preview-words.ts';
import type { Editor } from './use-editor.ts';

/** Rate control: how many at a time, and when to stop. */
export function LimitsSection({ editor }: { editor: Editor }) {
  const { maxConcurrency, maxErrors } = editor.state;
  return (
    <FormSection title="Rate control" words="How carefully it goes through the machines. A number, or a share such as 10%.">
      <div className={classes.row}>
        <TextInput
          label="Machines at a time"
          description="MaxConcurrency"
          placeholder="50"
          value={maxConcurrency}
          error={editor.problemOf('maxConcurrency')}
          onChange={(event) => editor.change({ maxConcurrency: event.currentTarget.value })}
          onBlur={() => editor.touch('maxConcurrency')}
          maxLength={8}
          autoComplete="off"
        />
        <TextInput
          label="Errors that are tolerated"
          description="MaxErrors: one more stops the rest"
          placeholder="100%"
          value={maxErrors}
          error={editor.problemOf('maxErrors')}
          onChange={(event) => editor.change({ maxErrors: event.currentTarget.value })}
          onBlur={() => editor.touch('maxErrors')}
          maxLength={8}
          autoComplete="off"
        />
      </div>
      <Meaning editor={editor} />
    </FormSection>
  );
}

/** What the two limits come to for the machines that match now; nothing while one of them cannot be read. */
function Meaning({ editor: { preview, problems } }: { editor: Editor }) {
  const isUnclear = problems.some(({ field }) => field === 'maxConcurrency' || field === 'maxErrors');
  if (preview === null || preview.answer.matching.total === 0 || isUnclear) return null;
  const { answer } = preview;
  return (
    <p className={classes.hint} aria-live="polite">
      With the {plural(answer.matching.total, 'machine')} that {answer.matching.total === 1 ? 'matches' : 'match'} now:{' '}
      {paceSentence(answer).toLowerCase()}. {errorsSentence(answer)}
    </p>
  );
}
