import { Autocomplete, Button, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CreatedActivation } from '../../electron/api/nodes.ts';
import { ActivationDraft } from '../../electron/domain/activation.ts';
import { calls } from '../client/calls.ts';
import { useAction } from '../client/use-action.ts';
import { useCall } from '../client/use-call.ts';
import { TagEditor } from '../terms/tag-editor.tsx';
import type { TagLine } from '../terms/tag-lines.ts';
import { lineProblems, tagsOfLines } from '../terms/tag-lines.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import classes from './nodes.module.css';
import { useKnownTags } from './use-known-tags.ts';

interface ActivationFormProps {
  onCreated(created: CreatedActivation): void;
  onCancel(): void;
}

type Fields = { name: string; count: number | string; hours: number | string; address: string | null; lines: readonly TagLine[] };

const first: Fields = { name: '', count: 1, hours: 24, address: null, lines: [] };

const draftOf = ({ name, count, hours, lines }: Fields) =>
  ActivationDraft.safeParse({
    description: '',
    defaultInstanceName: name.trim() === '' ? null : name.trim(),
    registrationLimit: count,
    validHours: hours,
    tags: tagsOfLines(lines),
  });

export function ActivationForm({ onCreated, onCancel }: ActivationFormProps) {
  const [fields, setFields] = useState(first);
  const known = useKnownTags();
  const facts = useCall(calls.site.facts());
  const addresses = facts.status === 'full' ? facts.answer.hubAddresses : [];
  const port = facts.status === 'full' ? facts.answer.hubPort : null;
  const chosen = fields.address ?? addresses[0] ?? '';
  const draft = draftOf(fields);
  const problemOf = (field: keyof ActivationDraft) =>
    draft.success ? undefined : draft.error.issues.find((issue) => issue.path[0] === field)?.message;
  const create = useAction((client, input: { draft: ActivationDraft; address: string }) => client.activations.create(input));
  const change = (part: Partial<Fields>) => setFields((before) => ({ ...before, ...part }));
  const isAddressRefused = create.fault?.places.some(({ field }) => field === 'address') === true;
  const isReady = draft.success && chosen.trim() !== '' && lineProblems(fields.lines).size === 0;

  const submit = async () => {
    if (!draft.success) return;
    const outcome = await create.run({ draft: draft.data, address: chosen.trim() });
    if (outcome.ok) onCreated(outcome.answer);
  };

  return (
    <form
      className={classes.dialogForm}
      aria-label="New activation"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void submit();
      }}
    >
      <TextInput
        label="Name"
        description="Without one, a machine is called as it calls itself. Several get a number each."
        placeholder="As the computer’s own name"
        value={fields.name}
        error={problemOf('defaultInstanceName')}
        onChange={(event) => change({ name: event.currentTarget.value })}
        autoComplete="off"
        data-autofocus
      />
      <div className={classes.pair}>
        <NumberInput
          label="How many machines"
          value={fields.count}
          min={1}
          max={1000}
          clampBehavior="none"
          allowDecimal={false}
          error={problemOf('registrationLimit')}
          onChange={(count) => change({ count })}
        />
        <NumberInput
          label="Valid for (hours)"
          value={fields.hours}
          min={1}
          max={720}
          clampBehavior="none"
          allowDecimal={false}
          error={problemOf('validHours')}
          onChange={(hours) => change({ hours })}
        />
      </div>
      <Autocomplete
        label="Address of this computer"
        description={`How the machine reaches Holdfast${port === null ? '' : `, on port ${port}`}. Choose one, or type a host name or IP address.`}
        data={[...addresses]}
        value={chosen}
        error={isAddressRefused ? create.fault?.title : undefined}
        onChange={(address) => change({ address })}
      />
      <div>
        <h3 className={classes.stepTitle}>Tags</h3>
        <p className="hf-faint">What it has from the start, so that its associations apply at once.</p>
      </div>
      <TagEditor lines={fields.lines} known={known} onChange={(lines) => change({ lines })} />
      {create.fault !== null && !isAddressRefused && <FaultNotice fault={create.fault} />}
      <div className={classes.buttons}>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={!isReady} loading={create.isPending}>
          Create activation
        </Button>
      </div>
    </form>
  );
}
