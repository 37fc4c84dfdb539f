import { TextInput } from '@mantine/core';
import classes from './editor.module.css';
import type { Editor } from './use-editor.ts';

/** OutputLocation: kept with the association, and said plainly that nothing is copied yet. */
export function OutputFields({ editor }: { editor: Editor }) {
  const { outputBucket, outputPrefix, outputRegion } = editor.state;
  const touch = () => editor.touch('outputLocation');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a border of its own
    <div className={classes.group} role="group" aria-label="Copies of the output">
      <div className={`${classes.row} ${classes.thirds}`}>
        <TextInput
          label="Output bucket"
          placeholder="lab-output"
          value={outputBucket}
          error={editor.problemOf('outputLocation', 'outputS3BucketName')}
          onChange={(event) => editor.change({ outputBucket: event.currentTarget.value })}
          onBlur={touch}
          maxLength={80}
          autoComplete="off"
          spellCheck={false}
        />
        <TextInput
          label="Output key prefix"
          placeholder="associations/disk"
          value={outputPrefix}
          error={editor.problemOf('outputLocation', 'outputS3KeyPrefix')}
          onChange={(event) => editor.change({ outputPrefix: event.currentTarget.value })}
          onBlur={touch}
          maxLength={600}
          autoComplete="off"
          spellCheck={false}
        />
        <TextInput
          label="Output region"
          placeholder="site-1"
          value={outputRegion}
          error={editor.problemOf('outputLocation', 'outputS3Region')}
          onChange={(event) => editor.change({ outputRegion: event.currentTarget.value })}
          onBlur={touch}
          maxLength={40}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <p className={classes.hint}>
        Output is always kept on this computer, with its execution. Copying it to a store comes later: until then this is kept with the
        association and copies nothing.
      </p>
    </div>
  );
}
