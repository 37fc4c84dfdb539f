import { Button } from '@mantine/core';
import { IconBell, IconBellRinging, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Alarm } from '../../electron/domain/alarm.ts';
import { calls } from '../client/calls.ts';
import { useAction } from '../client/use-action.ts';
import { useCall } from '../client/use-call.ts';
import { Age } from '../ui/age.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { Panel } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';
import { tellDone, tellFault } from '../ui/toast.tsx';
import { AlarmForm } from './alarm-form.tsx';
import classes from './settings.module.css';

/** Signals that hold associations back while they are raised. */
export function AlarmsPanel() {
  const alarms = useCall(calls.site.alarms());
  return (
    <Panel title="Alarms">
      <div className={classes.stack}>
        <p className="hf-soft">
          While an alarm is raised, associations that name it start on no further machine. What runs already is let run.
        </p>
        {alarms.status === 'loading' && <SkeletonLines lines={2} />}
        {alarms.status === 'fault' && <FaultNotice fault={alarms.fault} />}
        {alarms.status === 'full' && <AlarmList alarms={alarms.answer} />}
        <AlarmForm />
      </div>
    </Panel>
  );
}

function AlarmList({ alarms }: { alarms: readonly Alarm[] }) {
  if (alarms.length === 0) return <p className={classes.none}>No alarm has been reported yet.</p>;
  return (
    <ul className={classes.nodes} aria-label="Alarms">
      {alarms.map((alarm) => (
        <li key={alarm.name} className={classes.alarm}>
          <AlarmLine alarm={alarm} />
        </li>
      ))}
    </ul>
  );
}

function AlarmLine({ alarm }: { alarm: Alarm }) {
  const { name, state, reason, changedAt } = alarm;
  const [isDeleting, setDeleting] = useState(false);
  const put = useAction((client, next: Pick<Alarm, 'state' | 'reason'>) => client.site.putAlarm({ name, ...next }));
  const remove = useAction((client, chosen: Alarm) => client.site.deleteAlarm({ name: chosen.name }));
  const isRaised = state === 'ALARM';
  const toggle = async () => {
    const outcome = await put.run({ state: isRaised ? 'OK' : 'ALARM', reason: isRaised ? '' : 'Raised by hand' });
    if (!outcome.ok) tellFault(outcome.fault);
  };
  const confirmDelete = async () => {
    const outcome = await remove.run(alarm);
    if (outcome.ok) tellDone(`The alarm “${name}” is removed.`);
  };
  return (
    <>
      <span className={classes.lines}>
        <strong className="hf-cut">{name}</strong>
        <span className={classes.alarmState}>
          <StatusBadge
            tone={isRaised ? 'bad' : 'ok'}
            icon={isRaised ? IconBellRinging : IconBell}
            label={isRaised ? 'Raised' : 'Not raised'}
            look="plain"
          />
          <Age at={changedAt} className="hf-faint" />
        </span>
        {reason !== '' && <span className="hf-soft">{reason}</span>}
      </span>
      <span className={classes.alarmButtons}>
        <Button size="compact-sm" loading={put.isPending} onClick={() => void toggle()}>
          {isRaised ? 'Clear' : 'Raise'}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          color="bad"
          leftSection={<IconTrash size={13} aria-hidden />}
          onClick={() => setDeleting(true)}
        >
          Remove…
        </Button>
      </span>
      <ConfirmDialog
        isOpen={isDeleting}
        title={`Remove the alarm “${name}”?`}
        confirmLabel="Remove the alarm"
        isPending={remove.isPending}
        onCancel={() => setDeleting(false)}
        onConfirm={() => void confirmDelete()}
      >
        <p>
          To associations that name it, it is then one that nobody has reported: it holds them back, unless they say that they run
          nevertheless.
        </p>
        {remove.fault !== null && <FaultNotice fault={remove.fault} />}
      </ConfirmDialog>
    </>
  );
}
