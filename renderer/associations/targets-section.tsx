import { Button, Radio } from '@mantine/core';
import classes from './editor.module.css';
import type { TargetKind } from './editor-targets.ts';
import { withoutInstanceId } from './editor-targets.ts';
import { FormSection } from './form-section.tsx';
import { GroupField } from './group-field.tsx';
import { NodePicker } from './node-picker.tsx';
import { TagRows } from './tag-rows.tsx';
import type { Editor } from './use-editor.ts';

const kinds: readonly { value: TargetKind; label: string; description: string }[] = [
  { value: 'tags', label: 'By tag', description: 'Every machine that has the tags, also those that get them later.' },
  { value: 'nodes', label: 'By machine', description: 'Exactly the machines that you pick.' },
  { value: 'group', label: 'By resource group', description: 'The machines that a saved tag query covers, now and later.' },
  { value: 'all', label: 'Every machine', description: 'All there are now, and all that join later.' },
];

export function TargetsSection({ editor }: { editor: Editor }) {
  const { targetKind, instanceId } = editor.state;
  if (instanceId !== null) return <LegacyTarget editor={editor} nodeId={instanceId} />;
  return (
    <FormSection title="Targets" words="Which machines it is kept applied to." problem={editor.problemOf('targets')}>
      <Radio.Group aria-label="Choose machines" value={targetKind} onChange={(value) => editor.change({ targetKind: kindFrom(value) })}>
        <div className={classes.cards} data-many>
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

/** Made with InstanceId in place of targets: that stays as it is, unless the person wants targets. */
function LegacyTarget({ editor, nodeId }: { editor: Editor; nodeId: string }) {
  return (
    <FormSection title="Targets" problem={editor.problemOf('instanceId') ?? editor.problemOf('targets')}>
      <p>
        This is a legacy association: it names its one machine by InstanceId, <code>{nodeId}</code>. That cannot be changed here, and is
        kept.
      </p>
      <div>
        <Button size="compact-sm" onClick={() => editor.change(withoutInstanceId(nodeId))}>
          Use targets instead
        </Button>
      </div>
    </FormSection>
  );
}

const kindFrom = (value: string): TargetKind => kinds.find((kind) => kind.value === value)?.value ?? 'tags';

function TargetFields({ editor }: { editor: Editor }) {
  const { targetKind, nodeIds, tagRows, groupName } = editor.state;
  switch (targetKind) {
    case 'all':
      return <p className={classes.hint}>Think twice: this includes every machine of the site, and this computer.</p>;
    case 'group':
      return (
        <GroupField value={groupName} onChange={(next) => editor.change({ groupName: next })} onLeave={() => editor.touch('targets')} />
      );
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
