import type { AssociationId } from '../../agent/protocol/ids.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { plural } from '../ui/moment.ts';
import { useDelete } from './use-association-actions.ts';

interface DeleteDialogProps {
  isOpen: boolean;
  chosen: readonly { associationId: AssociationId; title: string }[];
  onClose(): void;
  onDeleted(): void;
}

const NAMED = 6;

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
    <ConfirmDialog
      isOpen={isOpen}
      title={`Delete ${what}?`}
      confirmLabel={`Delete ${chosen.length === 1 ? 'the association' : plural(chosen.length, 'association')}`}
      isPending={remove.isPending}
      onCancel={cancel}
      onConfirm={() => void confirm()}
    >
      {chosen.length > 1 && (
        <p>
          {chosen
            .slice(0, NAMED)
            .map(({ title }) => title)
            .join(', ')}
          {chosen.length > NAMED && ` and ${chosen.length - NAMED} more`}
        </p>
      )}
      <p>
        It is not applied any more, what waits for it is not started, and its versions and compliance are gone. What it has done on the
        machines stays. This cannot be undone.
      </p>
      {remove.fault !== null && <FaultNotice fault={remove.fault} />}
    </ConfirmDialog>
  );
}
