import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { AssociationRow } from '../../electron/api/associations.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import type { Choice } from '../ui/choice-row.tsx';
import { ChoiceRow } from '../ui/choice-row.tsx';
import { CodeViewer } from '../ui/code-editor.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { Panel } from '../ui/panel.tsx';
import { saveFile } from '../ui/save-file.ts';
import { SkeletonLines } from '../ui/skeletons.tsx';
import classes from './associations.module.css';

type Form = 'creationRequest' | 'description';

const forms: readonly Choice<Form>[] = [
  { value: 'creationRequest', label: 'To create one like it' },
  { value: 'description', label: 'As it stands' },
];

/** For the person who reads it: what the operation is called, and what the text is good for. */
const words: Record<Form, { operation: string; what: string }> = {
  creationRequest: {
    operation: 'CreateAssociation',
    what: 'The settings and tags as a request. Keep it in a file, or give it to another site.',
  },
  description: {
    operation: 'DescribeAssociation',
    what: 'The settings of the newest version, and how the association stands now.',
  },
};

/** The association in the words of the SSM API. */
export function AssociationJson({ association }: { association: AssociationRow }) {
  const written = useCall(calls.ssm.written(association.associationId));
  const [form, setForm] = useState<Form>('creationRequest');
  if (written.status === 'fault') return <FaultNotice fault={written.fault} />;
  const text = written.status === 'full' ? `${JSON.stringify(written.answer[form], null, 2)}\n` : null;
  const { operation, what } = words[form];
  return (
    <div className={classes.column}>
      <div className={classes.versionTools}>
        <ChoiceRow label="Which form" choices={forms} value={form} onChange={(value) => setForm(value ?? 'creationRequest')} />
        <p className="hf-soft">
          {what} <a href={address.importAssociation()}>Make an association from JSON</a>
        </p>
      </div>
      <Panel title={operation} aside={text === null ? undefined : <Take text={text} name={`${association.title}-${operation}.json`} />}>
        {text === null ? <SkeletonLines lines={6} /> : <CodeViewer label={`${operation} as JSON`} language="JSON" text={text.trimEnd()} />}
      </Panel>
    </div>
  );
}

function Take({ text, name }: { text: string; name: string }) {
  return (
    <>
      <CopyButton text={text} what="JSON" look="button" />
      <Button leftSection={<IconDownload size={14} aria-hidden />} onClick={() => saveFile(name, [text])}>
        Download
      </Button>
    </>
  );
}
