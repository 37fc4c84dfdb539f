import { Button, NumberInput, Progress } from '@mantine/core';
import { useState } from 'react';
import type { Retention } from '../../electron/api/outputs.ts';
import { RetentionSettings } from '../../electron/domain/output-retention.ts';
import { calls } from '../client/calls.ts';
import { useAction } from '../client/use-action.ts';
import { useCall } from '../client/use-call.ts';
import { useLeaveGuard } from '../ui/address.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { bytesText } from '../ui/moment.ts';
import { Panel } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { tellDone } from '../ui/toast.tsx';
import { FreeOutput } from './free-output.tsx';
import { RETENTION_FIELDS, type RetentionFields, retentionFields, retentionOf, retentionProblem } from './retention-fields.ts';
import classes from './settings.module.css';

/** How much output and history is kept, how much there is, and room now. */
export function RetentionPanel() {
  const retention = useCall(calls.outputs.retention());
  return (
    <Panel title="Output and history">
      {retention.status === 'loading' && <SkeletonLines lines={4} />}
      {retention.status === 'fault' && <FaultNotice fault={retention.fault} />}
      {retention.status === 'full' && (
        <div className={classes.stack}>
          <Usage retention={retention.answer} />
          <RetentionForm key={JSON.stringify(retention.answer.settings)} settings={retention.answer.settings} />
          <FreeOutput days={retention.answer.settings.outputDays} />
        </div>
      )}
    </Panel>
  );
}

function Usage({ retention: { settings, usedBytes, isCounted } }: { retention: Retention }) {
  const percent = Math.min(100, (usedBytes / settings.outputQuotaBytes) * 100);
  return (
    <div className={classes.progress}>
      <Progress value={percent} color={percent >= 90 ? 'bad' : 'accent'} aria-label="Space that output takes" />
      <span>
        {bytesText(usedBytes)} of {bytesText(settings.outputQuotaBytes)} {isCounted ? '' : '(still counting)'}
      </span>
      <span className="hf-soft">
        When the space is full, output of the oldest runs goes first. What runs is never touched, the newest run of each association stays,
        and one node takes a quarter at the most.
      </span>
    </div>
  );
}

function RetentionForm({ settings }: { settings: RetentionSettings }) {
  const [fields, setFields] = useState<RetentionFields>(() => retentionFields(settings));
  const [saved, setSaved] = useState(settings);
  const set = useAction((client, changed: RetentionSettings) => client.outputs.setRetention(changed));
  const parsed = RetentionSettings.safeParse(retentionOf(fields));
  const isChanged = !parsed.success || JSON.stringify(parsed.data) !== JSON.stringify(saved);
  useLeaveGuard(isChanged ? 'How much output is kept is not saved.' : null);
  const save = async () => {
    if (!parsed.success || !isChanged) return;
    const outcome = await set.run(parsed.data);
    if (!outcome.ok) return;
    setSaved(outcome.answer.settings);
    tellDone(
      `Output is kept for ${outcome.answer.settings.outputDays} days, within ${bytesText(outcome.answer.settings.outputQuotaBytes)}.`,
    );
  };
  return (
    <form
      className={classes.form}
      aria-label="Output and history"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {RETENTION_FIELDS.map(({ name, label, min }) => (
        <NumberInput
          key={name}
          className={classes.half}
          label={label}
          value={fields[name]}
          min={min}
          clampBehavior="none"
          allowDecimal={name === 'quotaGigabytes'}
          allowNegative={false}
          error={retentionProblem(parsed, name)}
          onChange={(value) => {
            setFields({ ...fields, [name]: value });
            set.clear();
          }}
        />
      ))}
      <Button type="submit" loading={set.isPending} disabled={!parsed.success || !isChanged}>
        Keep so much
      </Button>
      {set.fault !== null && <FaultNotice fault={set.fault} />}
    </form>
  );
}
