import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './confirm-dialog.module.css';

interface ConfirmDialogProps {
  isOpen: boolean;
  title: string;
  /** What happens, and what cannot be undone. */
  children: ReactNode;
  confirmLabel: string;
  cancelLabel?: string;
  isPending?: boolean;
  tone?: 'accent' | 'bad';
  onConfirm(): void;
  onCancel(): void;
}

/** Cancel has the focus, so Enter never destroys anything; Esc cancels too. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, title, children, confirmLabel, cancelLabel = 'Cancel', isPending = false, tone = 'bad', onConfirm, onCancel } = props;
  return (
    <Modal opened={isOpen} onClose={onCancel} title={title} withCloseButton={false} size={460}>
      <div className={classes.words}>{children}</div>
      <div className={classes.buttons}>
        <Button onClick={onCancel} data-autofocus>
          {cancelLabel}
        </Button>
        <Button variant="filled" color={tone} onClick={onConfirm} loading={isPending}>
          {confirmLabel}
        </Button>
      </div>
    </Modal>
  );
}
