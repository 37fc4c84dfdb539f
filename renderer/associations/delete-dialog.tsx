import { ChangeDialog } from '../review/change-dialog.tsx';
import type { Named } from '../review/run-now.ts';
import { plural } from '../ui/moment.ts';
import { useDelete } from './use-delete.ts';

interface DeleteDialogProps {
  isOpen: boolean;
  chosen: readonly Named[];
  onClose(): void;
  onDeleted(): void;
}

export function DeleteDialog({ isOpen, chosen, onClose, onDeleted }: DeleteDialogProps) {
  const remove = useDelete();
  const confirm = async () => {
    if (await remove.run(chosen)) onDeleted();
  };
  const cancel = () => {
    remove.clear();
    onClose();
  };
  const [only] = chosen;
  const what = chosen.length === 1 && only !== undefined ? `“${only.title}”` : plural(chosen.length, 'association');
  return (
    <ChangeDialog
      proposal={isOpen ? { kind: 'delete-associations', associationIds: chosen.map(({ associationId }) => associationId) } : null}
      title={`Delete ${what}?`}
      confirmLabel={`Delete ${chosen.length === 1 ? 'the association' : plural(chosen.length, 'association')}`}
      tone="bad"
      isPending={remove.isPending}
      fault={remove.fault}
      onCancel={cancel}
      onConfirm={() => void confirm()}
    >
      <p>
        It is not applied any more, what waits for it is not started, and its versions and compliance are gone. What it has done on the
        machines stays. This cannot be undone.
      </p>
    </ChangeDialog>
  );
}
