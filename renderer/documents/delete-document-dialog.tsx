import { useAction } from '../client/use-action.ts';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { plural } from '../ui/moment.ts';
import { tellDone } from '../ui/toast.tsx';

interface DeleteDocumentDialogProps {
  isOpen: boolean;
  name: string;
  /** How many associations use it. */
  associations: number;
  onClose(): void;
  onDeleted(): void;
}

export function DeleteDocumentDialog(props: DeleteDocumentDialogProps) {
  return props.associations > 0 ? <InUse {...props} /> : <Delete {...props} />;
}

/** The controller would refuse it; what helps is to know who uses it. */
function InUse({ isOpen, name, associations, onClose }: DeleteDocumentDialogProps) {
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={`“${name}” is in use`}
      tone="accent"
      confirmLabel="Show the associations"
      cancelLabel="Close"
      onCancel={onClose}
      onConfirm={() => goTo(address.associations({ search: name }))}
    >
      <p>
        {plural(associations, 'association uses', 'associations use')} this document, so it cannot be deleted. Delete or change{' '}
        {associations === 1 ? 'it' : 'those'} first.
      </p>
    </ConfirmDialog>
  );
}

function Delete({ isOpen, name, onClose, onDeleted }: DeleteDocumentDialogProps) {
  const remove = useAction((client, document: string) => client.documents.delete({ name: document }));
  const confirm = async () => {
    const outcome = await remove.run(name);
    if (!outcome.ok) return;
    tellDone(`“${name}” is deleted.`);
    onDeleted();
  };
  const cancel = () => {
    remove.clear();
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={`Delete “${name}”?`}
      confirmLabel="Delete the document"
      isPending={remove.isPending}
      onCancel={cancel}
      onConfirm={() => void confirm()}
    >
      <p>All its versions go. What it has done on the machines, and the executions that it ran in, stay. This cannot be undone.</p>
      {remove.fault !== null && <FaultNotice fault={remove.fault} />}
    </ConfirmDialog>
  );
}
