import { Button, Checkbox, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { DestinationDraft, type OutputDestination } from '../../electron/domain/output-destination.ts';
import { useAction } from '../client/use-action.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { tellDone } from '../ui/toast.tsx';
import classes from './settings.module.css';
import { draftOfStore, type StoreFields, storeFields, storeProblem } from './store-fields.ts';

/** `known`: the store that is edited; null for a new one. */
export function OutputStoreForm({ known, onDone }: { known: OutputDestination | null; onDone(): void }) {
  const [fields, setFields] = useState<StoreFields>(() => storeFields(known));
  const [isShown, setShown] = useState(false);
  const put = useAction((client, draft: DestinationDraft) => client.outputs.putDestination(draft));
  const test = useAction((client, draft: DestinationDraft) => client.outputs.testDestination(draft));
  const parsed = DestinationDraft.safeParse(draftOfStore(fields));
  const change = (part: Partial<StoreFields>) => {
    setFields({ ...fields, ...part });
    put.clear();
    test.clear();
  };
  const problemOf = (field: string) => (isShown ? storeProblem(parsed, field) : null);
  const save = async () => {
    setShown(true);
    if (!parsed.success) return;
    const outcome = await put.run(parsed.data);
    if (!outcome.ok) return;
    tellDone(`Associations can have their output copied to “${outcome.answer.name}”.`);
    onDone();
  };
  const tryIt = async () => {
    setShown(true);
    if (!parsed.success) return;
    const outcome = await test.run(parsed.data);
    if (outcome.ok) tellDone(`A small object was written to “${parsed.data.destination.name}” and taken away again.`);
  };
  return (
    <form
      className={classes.stack}
      aria-label="Output store"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <SegmentedControl
        aria-label="Kind of store"
        value={fields.kind}
        data={[
          { value: 'S3', label: 'S3-compatible store' },
          { value: 'folder', label: 'Folder or share' },
        ]}
        onChange={(kind) => change({ kind: kind === 'folder' ? 'folder' : 'S3' })}
      />
      <TextInput
        label="Name"
        description={fields.kind === 'S3' ? 'The name of the bucket, which associations give as well.' : 'What associations name it by.'}
        placeholder="lab-output"
        value={fields.name}
        disabled={known !== null}
        error={problemOf('name')}
        maxLength={80}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      {fields.kind === 'S3' ? (
        <S3Fields fields={fields} isKnown={known?.kind === 'S3'} change={change} problemOf={problemOf} />
      ) : (
        <TextInput
          label="Folder"
          description="On this computer, or of a share that is mounted here. It has to be there."
          placeholder="/mnt/output"
          value={fields.folder}
          error={problemOf('folder')}
          maxLength={1000}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change({ folder: event.currentTarget.value })}
        />
      )}
      {put.fault !== null && <FaultNotice fault={put.fault} />}
      {test.fault !== null && <FaultNotice fault={test.fault} />}
      <div className={classes.form}>
        <Button type="submit" loading={put.isPending}>
          Save store
        </Button>
        <Button variant="default" loading={test.isPending} onClick={() => void tryIt()}>
          Test
        </Button>
        <Button variant="subtle" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

interface S3FieldsProps {
  fields: StoreFields;
  isKnown: boolean;
  change(part: Partial<StoreFields>): void;
  problemOf(field: string): string | null;
}

function S3Fields({ fields, isKnown, change, problemOf }: S3FieldsProps) {
  const text = (name: 'endpoint' | 'region' | 'accessKeyId') => ({
    value: fields[name],
    error: problemOf(name),
    maxLength: 600,
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  });
  return (
    <>
      <TextInput label="Address" placeholder="https://store.lab:9000" {...text('endpoint')} />
      <TextInput label="Region" description="What the store calls it; most take any." {...text('region')} />
      <TextInput label="Access key id" {...text('accessKeyId')} />
      <TextInput
        type="password"
        label="Secret access key"
        description={isKnown ? 'Empty keeps the one that is stored.' : 'Kept sealed on this computer; no node ever gets it.'}
        value={fields.secretAccessKey}
        error={problemOf('secretAccessKey')}
        maxLength={1024}
        autoComplete="off"
        onChange={(event) => change({ secretAccessKey: event.currentTarget.value })}
      />
      <Checkbox
        label="The bucket is in the path (store.lab/bucket), as most stores on a LAN want it"
        checked={fields.pathStyle}
        onChange={(event) => change({ pathStyle: event.currentTarget.checked })}
      />
      <Textarea
        label="Certificate of the store’s authority"
        description="In PEM, where the store’s certificate is from an authority of its own."
        value={fields.authority}
        error={problemOf('authority')}
        autosize
        minRows={2}
        maxRows={6}
        spellCheck={false}
        onChange={(event) => change({ authority: event.currentTarget.value })}
      />
    </>
  );
}
