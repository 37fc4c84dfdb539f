import { Autocomplete, TextInput } from '@mantine/core';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import classes from './editor.module.css';
import type { Editor } from './use-editor.ts';

/** OutputLocation: the name of one of the site's output stores, and what goes before the keys there. */
export function OutputFields({ editor }: { editor: Editor }) {
  const { outputBucket, outputPrefix, outputRegion } = editor.state;
  const stores = useCall(calls.outputs.destinations());
  const names = stores.status === 'full' ? stores.answer.map(({ destination }) => destination.name) : [];
  const touch = () => editor.touch('outputLocation');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a border of its own
    <div className={classes.group} role="group" aria-label="Copies of the output">
      <div className={`${classes.row} ${classes.thirds}`}>
        <Autocomplete
          label="Output bucket"
          placeholder={names.length === 0 ? 'This site has no output store' : names[0]}
          data={names}
          value={outputBucket}
          error={editor.problemOf('outputLocation', 'outputS3BucketName')}
          onChange={(name) => editor.change({ outputBucket: name })}
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
        Output is always kept on this computer, with its execution. Where a store is named, this computer copies it there as well, under
        AWS’s keys; what fails is tried again, and no step fails by it. <a href={address.settings()}>Output stores are in Settings</a>
      </p>
    </div>
  );
}
