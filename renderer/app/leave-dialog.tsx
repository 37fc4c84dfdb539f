import { leaveAnyway, stay, useLeave } from '../ui/address.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';

/** Asked when somebody leaves a screen that has not been saved. */
export function LeaveDialog() {
  const { guard, wanted } = useLeave();
  return (
    <ConfirmDialog
      isOpen={wanted !== null}
      title="Leave without saving?"
      cancelLabel="Stay here"
      confirmLabel="Discard and leave"
      onCancel={stay}
      onConfirm={leaveAnyway}
    >
      <p>{guard?.reason ?? 'What was changed here is not saved.'} This cannot be undone.</p>
    </ConfirmDialog>
  );
}
