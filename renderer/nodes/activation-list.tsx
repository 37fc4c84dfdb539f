import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Activation } from '../../electron/domain/activation.ts';
import { activationUse } from '../../electron/domain/activation.ts';
import { calls } from '../client/calls.ts';
import { useAction } from '../client/use-action.ts';
import { useCall } from '../client/use-call.ts';
import { TagList } from '../terms/tag-list.tsx';
import { Age } from '../ui/age.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import { Mark } from '../ui/status-badge.tsx';
import { tellDone } from '../ui/toast.tsx';
import classes from './nodes.module.css';

/** What was made before and is still there; codes are never shown again. */
export function ActivationList() {
  const activations = useCall(calls.activations.list());
  if (activations.status === 'fault') return <FaultNotice fault={activations.fault} />;
  if (activations.status === 'loading' || activations.answer.length === 0) return null;
  return (
    <Panel title="Activations" padding="flush">
      <PanelRows label="Activations">
        {activations.answer.map((activation) => (
          <PanelRow key={activation.activationId}>
            <ActivationLine activation={activation} />
          </PanelRow>
        ))}
      </PanelRows>
    </Panel>
  );
}

function ActivationLine({ activation }: { activation: Activation }) {
  const [isDeleting, setDeleting] = useState(false);
  const remove = useAction((client, { activationId }: Activation) => client.activations.delete({ activationId }));
  const use = activationUse(activation, new Date());
  const name = activation.defaultInstanceName ?? 'Machines by their own name';
  const confirm = async () => {
    const outcome = await remove.run(activation);
    if (!outcome.ok) return;
    setDeleting(false);
    tellDone('The activation is deleted.');
  };
  return (
    <div className={classes.activation}>
      <div className={classes.activationWords}>
        <p>
          {name}{' '}
          {use.ok ? (
            <Mark tone="ok">Open</Mark>
          ) : (
            <Mark>{activation.registrationsCount >= activation.registrationLimit ? 'Used up' : 'Expired'}</Mark>
          )}
        </p>
        <p className={classes.appliedSub}>
          {activation.registrationsCount} of {activation.registrationLimit} used · made <Age at={activation.createdAt} /> · expires{' '}
          <Age at={activation.expiresAt} />
        </p>
        {activation.tags.length > 0 && <TagList tags={activation.tags} layout="wrap" />}
      </div>
      <Button size="compact-sm" color="bad" onClick={() => setDeleting(true)} aria-label={`Delete activation ${name}`}>
        Delete…
      </Button>
      <ConfirmDialog
        isOpen={isDeleting}
        title="Delete this activation?"
        confirmLabel="Delete the activation"
        isPending={remove.isPending}
        onCancel={() => setDeleting(false)}
        onConfirm={() => void confirm()}
      >
        <p>Its code stops working. Machines that came with it stay. This cannot be undone.</p>
        {remove.fault !== null && <FaultNotice fault={remove.fault} />}
      </ConfirmDialog>
    </div>
  );
}
