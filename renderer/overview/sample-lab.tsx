import { Button, NumberInput } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import type { SampleLab } from '../../electron/api/site.ts';
import { useAction } from '../client/use-action.ts';
import { address } from '../routes.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { plural } from '../ui/moment.ts';
import { tellDone, tellFault } from '../ui/toast.tsx';
import classes from './overview.module.css';

const FIRST_SIZE = 3;

/** Sample machines are real agents, and must never be taken for the lab itself. */
export function SampleLabBanner({ lab }: { lab: SampleLab }) {
  const remove = useAction((client, _: null) => client.site.removeSampleLab());
  const running = lab.nodes.filter((node) => node.running).length;
  const removeLab = async () => {
    const outcome = await remove.run(null);
    if (outcome.ok) tellDone('The sample lab is removed.');
    else tellFault(outcome.fault);
  };
  return (
    <aside className={classes.lab} aria-label="Sample lab">
      <IconFlask size={19} stroke={1.7} aria-hidden />
      <p className={classes.labWords}>
        <strong>The sample lab is on.</strong> {plural(lab.nodes.length, 'agent')} on this computer, {running} running, tagged{' '}
        <a href={address.nodes({ search: 'lab=sample' })}>
          <code>lab=sample</code>
        </a>
        , and {plural(lab.associations, 'starter association')}. All of them are marked “Sample”.
      </p>
      <Button onClick={() => void removeLab()} loading={remove.isPending}>
        Remove sample lab
      </Button>
    </aside>
  );
}

export function SampleLabOffer() {
  const [size, setSize] = useState<number | string>(FIRST_SIZE);
  const start = useAction((client, nodes: number) => client.site.startSampleLab({ nodes }));
  const isValid = typeof size === 'number' && Number.isInteger(size) && size >= 1 && size <= 50;
  const startLab = async () => {
    if (!isValid) return;
    const outcome = await start.run(size);
    if (outcome.ok) tellDone('The sample lab is starting.');
  };
  return (
    <aside className={classes.lab} aria-label="Sample lab">
      <IconFlask size={19} stroke={1.7} aria-hidden />
      <div className={classes.labWords}>
        <p>
          <strong>No other machine at hand?</strong> The sample lab starts real agents on this computer, clearly marked, with three starter
          associations. One click removes them again.
        </p>
        {start.fault !== null && <FaultNotice fault={start.fault} />}
      </div>
      <NumberInput
        aria-label="Number of sample machines"
        value={size}
        min={1}
        max={50}
        allowDecimal={false}
        w={72}
        onChange={setSize}
        error={!isValid}
      />
      <Button onClick={() => void startLab()} loading={start.isPending} disabled={!isValid}>
        Start sample lab
      </Button>
    </aside>
  );
}
