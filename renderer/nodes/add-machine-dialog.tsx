import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { CreatedActivation } from '../../electron/api/nodes.ts';
import { PAGE_TITLE_ID } from '../ui/page-header.tsx';
import { ActivationForm } from './activation-form.tsx';
import { ActivationList } from './activation-list.tsx';
import { ActivationSteps } from './activation-steps.tsx';
import classes from './nodes.module.css';

/** From “I have a machine” to “it is connected”: the activation, the line to paste, and the wait for it. */
export function AddMachineDialog({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const [created, setCreated] = useState<CreatedActivation | null>(null);
  const close = () => {
    setCreated(null);
    onClose();
    document.getElementById(PAGE_TITLE_ID)?.focus();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={created === null ? 'Add a machine' : 'Run this on the machine'}
      size={680}
      closeOnClickOutside={created === null}
    >
      {created === null ? (
        <div className={classes.dialogForm}>
          <ActivationForm onCreated={setCreated} onCancel={close} />
          <ActivationList />
        </div>
      ) : (
        <ActivationSteps created={created} onMore={() => setCreated(null)} onDone={close} />
      )}
    </Modal>
  );
}
