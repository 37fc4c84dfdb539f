import { Radio } from '@mantine/core';
import classes from './editor.module.css';
import type { TargetKind } from './editor-state.ts';
import { FormSection } from './form-section.tsx';
import { NodePicker } from './node-picker.tsx';
import { TagRows } from './tag-rows.tsx';
import type { Editor } from './use-editor.ts';

const kinds: readonly { value: TargetKind; label: string; description: string }[] = [
  { value: 'tags', label: 'By tag', description: 'Every machine that has the tags, also those that get them later.' },
  { value: 'nodes', label: 'By machine', description: 'Exactly the machines that you pick.' },
  { value: 'all', label: 'Every machine', description: 'All there are now, and all that join later.' },
];

export function TargetsSection({ editor }: { editor: Editor }) {
  const { targetKind } = editor.state;
  return (
    <FormSection title="Targets" words="Which machines it is kept applied to." problem={editor.problemOf('targets')}>
      <Radio.Group aria-label="Choose machines" value={targetKind} onChange={(value) => editor.change({ targetKind: kindFrom(value) })}>
        <div className={classes.cards}>
          {kinds.map(({ value, label, description }) => (
            <Radio
              key={value}
              value={value}
              label={label}
              description={description}
              className={classes.card}
              data-checked={value === targetKind}
            />
          ))}
        </div>
      </Radio.Group>
      <TargetFields editor={editor} />
    </FormSection>
  );
}

const kindFrom = (value: string): TargetKind => kinds.find((kind) => kind.value === value)?.value ?? 'tags';

function TargetFields({ editor }: { editor: Editor }) {
  const { targetKind, nodeIds, tagRows } = editor.state;
  switch (targetKind) {
    case 'all':
      return <p className={classes.hint}>Think twice: this includes every machine of the site, and this computer.</p>;
    case 'nodes':
      return (
        <NodePicker
          nodeIds={nodeIds}
          onChange={(next) => {
            editor.change({ nodeIds: next });
            editor.touch('targets');
          }}
        />
      );
    case 'tags':
      return <TagRows rows={tagRows} onChange={(next) => editor.change({ tagRows: next })} onLeave={() => editor.touch('targets')} />;
  }
}
