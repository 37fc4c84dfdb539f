import { Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { SampleLab } from '../../electron/api/site.ts';
import { calls } from '../client/calls.ts';
import { useAction } from '../client/use-action.ts';
import { useCall } from '../client/use-call.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { plural } from '../ui/moment.ts';
import { Panel } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { tellDone } from '../ui/toast.tsx';
import classes from './settings.module.css';

export function SampleLabPanel() {
  const lab = useCall(calls.site.sampleLab());
  return (
    <Panel title="Sample lab">
      {lab.status === 'loading' && <SkeletonLines lines={2} />}
      {lab.status === 'fault' && <FaultNotice fault={lab.fault} />}
      {lab.status === 'full' && (lab.answer.nodes.length === 0 ? <Start /> : <Remove lab={lab.answer} />)}
    </Panel>
  );
}

function Start() {
  const [size, setSize] = useState<number | string>(3);
  const start = useAction((client, nodes: number) => client.site.startSampleLab({ nodes }));
  const isValid = typeof size === 'number' && Number.isInteger(size) && size >= 1 && size <= 50;
  const run = async () => {
    if (!isValid) return;
    const outcome = await start.run(size);
    if (outcome.ok) tellDone('The sample lab is starting.');
  };
  return (
    <div className={classes.form}>
      <p className="hf-soft">
        Real agents on this computer to try Holdfast with, tagged <code>lab=sample</code> and marked “Sample” everywhere, with three starter
        associations.
      </p>
      <NumberInput label="Machines" value={size} min={1} max={50} w={120} allowDecimal={false} onChange={setSize} error={isValid ? undefined : 'From 1 to 50.'} />
      {start.fault !== null && <FaultNotice fault={start.fault} />}
      <div>
        <Button loading={start.isPending} disabled={!isValid} onClick={() => void run()}>
          Start sample lab
        </Button>
      </div>
    </div>
  );
}

function Remove({ lab }: { lab: SampleLab }) {
  const remove = useAction((client, _: null) => client.site.removeSampleLab());
  const run = async () => {
    const outcome = await remove.run(null);
    if (outcome.ok) tellDone('The sample lab is removed.');
  };
  return (
    <div className={classes.form}>
      <p className="hf-soft">
        {plural(lab.nodes.length, 'sample machine')} on this computer and {plural(lab.associations, 'starter association')}. Removing takes all of
        them away, with their history.
      </p>
      {remove.fault !== null && <FaultNotice fault={remove.fault} />}
      <div>
        <Button loading={remove.isPending} onClick={() => void run()}>
          Remove sample lab
        </Button>
      </div>
    </div>
  );
}
