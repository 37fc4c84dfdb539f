import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { NodeRow } from '../../electron/api/nodes.ts';
import { NodeName } from '../../electron/domain/node.ts';
import { useAction } from '../client/use-action.ts';
import { ChangeDialog } from '../review/change-dialog.tsx';
import { TagEditor } from '../terms/tag-editor.tsx';
import { lineProblems, linesOfTags, tagsOfLines } from '../terms/tag-lines.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { tellDone } from '../ui/toast.tsx';
import classes from './nodes.module.css';
import { useKnownTags } from './use-known-tags.ts';

/** Tags decide which associations apply, so what changes by them is said before it is saved. */
export function EditNodeDialog({ node, onClose }: { node: NodeRow; onClose(): void }) {
  const [name, setName] = useState(node.name);
  const [lines, setLines] = useState(() => linesOfTags(node.tags));
  const known = useKnownTags();
  const parsedName = NodeName.safeParse(name);
  const isValid = parsedName.success && lineProblems(lines).size === 0;
  const update = useAction((client, input: { name: string; tags: NodeRow['tags'] }) =>
    client.nodes.update({ nodeId: node.nodeId, ...input }),
  );
  const tags = tagsOfLines(lines);
  const areTagsChanged = JSON.stringify(tags) !== JSON.stringify(node.tags);
  const [isReviewing, setReviewing] = useState(false);
  const save = async () => {
    const outcome = await update.run({ name, tags });
    if (!outcome.ok) return;
    tellDone(`${outcome.answer.name} is saved.`);
    onClose();
  };
  const submit = () => {
    if (areTagsChanged) setReviewing(true);
    else void save();
  };
  return (
    <>
      <Modal opened={!isReviewing} onClose={onClose} closeOnClickOutside={false} title={`Edit ${node.name}`} size={520}>
        <form
          className={classes.dialogForm}
          onSubmit={(event) => {
            event.preventDefault();
            if (isValid) submit();
          }}
        >
          <TextInput
            label="Name"
            value={name}
            error={parsedName.success ? undefined : parsedName.error.issues[0]?.message}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
          <div>
            <h3 className={classes.stepTitle}>Tags</h3>
            <p className="hf-faint">Associations that target a tag run here as soon as it is there, and stop applying when it is gone.</p>
          </div>
          <TagEditor lines={lines} known={known} onChange={(next) => setLines([...next])} />
          {update.fault !== null && <FaultNotice fault={update.fault} />}
          <div className={classes.buttons}>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="filled" disabled={!isValid} loading={update.isPending}>
              {areTagsChanged ? 'Review and save' : 'Save'}
            </Button>
          </div>
        </form>
      </Modal>
      <ChangeDialog
        proposal={isReviewing ? { kind: 'node-tags', nodeId: node.nodeId, tags } : null}
        title={`Change the tags of ${node.name}?`}
        confirmLabel="Save"
        cancelLabel="Back to editing"
        isPending={update.isPending}
        fault={update.fault}
        onConfirm={() => void save()}
        onCancel={() => {
          update.clear();
          setReviewing(false);
        }}
      />
    </>
  );
}
