import { Button, Modal, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import classes from './confirm-dialog.module.css';

interface ConfirmDialogProps {
  isOpen: boolean;
  title: string;
  /** What happens, and what cannot be undone. */
  children: ReactNode;
  confirmLabel: string;
  cancelLabel?: string | undefined;
  isPending?: boolean;
  tone?: 'accent' | 'bad';
  size?: 'normal' | 'wide';
  /** False while it is not known yet what would happen. */
  canConfirm?: boolean;
  /** What has to be typed before it can be confirmed. */
  typed?: { word: string; label: string } | null;
  onConfirm(): void;
  onCancel(): void;
}

const widths = { normal: 460, wide: 620 };

/** Cancel has the focus, so Enter never destroys anything; Esc cancels too. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, title, size = 'normal', onCancel } = props;
  return (
    <Modal opened={isOpen} onClose={onCancel} title={title} withCloseButton={false} size={widths[size]}>
      <Question {...props} />
    </Modal>
  );
}

/** Lives as long as the dialog is open: what was typed once does not confirm the next time. */
function Question(props: ConfirmDialogProps) {
  const { children, confirmLabel, cancelLabel = 'Cancel', isPending = false, tone = 'bad', canConfirm = true, typed = null } = props;
  const [text, setText] = useState('');
  const isAllowed = canConfirm && (typed === null || text.trim() === typed.word);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        // A dialog is shown elsewhere, yet to React it lies in whatever form opened it.
        event.stopPropagation();
        if (isAllowed && !isPending) props.onConfirm();
      }}
    >
      <div className={classes.words}>{children}</div>
      {typed !== null && (
        <TextInput
          className={classes.typed}
          label={typed.label}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          inputMode="numeric"
        />
      )}
      <div className={classes.buttons}>
        <Button onClick={props.onCancel} data-autofocus>
          {cancelLabel}
        </Button>
        <Button type="submit" variant="filled" color={tone} disabled={!isAllowed} loading={isPending}>
          {confirmLabel}
        </Button>
      </div>
    </form>
  );
}
