import { Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { calls } from '../client/calls.ts';
import { useAction } from '../client/use-action.ts';
import { useCall } from '../client/use-call.ts';
import { useLeaveGuard } from '../ui/address.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { Panel } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { tellDone } from '../ui/toast.tsx';
import { confirmLimitProblem, confirmLimitWords } from './confirm-limit.ts';
import classes from './settings.module.css';

/** From how many machines on a change has to be confirmed by typing. */
export function ConfirmLimitPanel() {
  const facts = useCall(calls.site.facts());
  return (
    <Panel title="Confirmation">
      {facts.status === 'loading' && <SkeletonLines lines={2} />}
      {facts.status === 'fault' && <FaultNotice fault={facts.fault} />}
      {facts.status === 'full' && <LimitForm key={facts.answer.confirmAbove} confirmAbove={facts.answer.confirmAbove} />}
    </Panel>
  );
}

function LimitForm({ confirmAbove }: { confirmAbove: number }) {
  const [typed, setTyped] = useState<string | number>(confirmAbove);
  // What was saved a moment ago is not known to every part of the window yet, and is no change that would be lost.
  const [saved, setSaved] = useState(confirmAbove);
  const set = useAction((client, limit: number) => client.site.setConfirmAbove({ confirmAbove: limit }));
  const problem = confirmLimitProblem(typed);
  const isChanged = problem !== null || Number(typed) !== saved;
  useLeaveGuard(isChanged ? 'The limit for confirmations is not saved.' : null);
  const refusal = set.fault === null ? null : `${set.fault.title} ${set.fault.remedy}`;
  const save = async () => {
    if (problem !== null || !isChanged) return;
    const outcome = await set.run(Number(typed));
    if (!outcome.ok) return;
    setSaved(outcome.answer.confirmAbove);
    tellDone(confirmLimitWords(outcome.answer.confirmAbove));
  };
  return (
    <form
      className={classes.form}
      aria-label="Confirmation limit"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <NumberInput
        className={classes.grow}
        label="Machines without a confirmation"
        description={problem === null ? confirmLimitWords(Number(typed)) : ''}
        value={typed}
        min={0}
        max={10_000}
        clampBehavior="none"
        allowDecimal={false}
        allowNegative={false}
        error={problem ?? refusal}
        onChange={(value) => {
          setTyped(value);
          set.clear();
        }}
      />
      <Button type="submit" className={classes.besideField} loading={set.isPending} disabled={!isChanged || problem !== null}>
        Save limit
      </Button>
    </form>
  );
}
