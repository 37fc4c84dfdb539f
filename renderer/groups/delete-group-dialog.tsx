import type { GroupRow } from '../../electron/api/groups.ts';
import { useAction } from '../client/use-action.ts';
import { ChangeDialog } from '../review/change-dialog.tsx';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { countText } from '../ui/moment.ts';
import { tellDone } from '../ui/toast.tsx';

interface DeleteGroupDialogProps {
  group: GroupRow;
  isOpen: boolean;
  onClose(): void;
}

export function DeleteGroupDialog({ group: { name, associationCount }, isOpen, onClose }: DeleteGroupDialogProps) {
  const remove = useAction((client, deleted: string) => client.groups.delete({ name: deleted }));
  const confirm = async () => {
    const outcome = await remove.run(name);
    if (!outcome.ok) return;
    tellDone(`${name} is deleted.`);
    goTo(address.groups());
  };
  const cancel = () => {
    remove.clear();
    onClose();
  };
  return (
    <ChangeDialog
      proposal={isOpen ? { kind: 'delete-group', name } : null}
      title={`Delete ${name}?`}
      confirmLabel="Delete the group"
      tone="bad"
      isPending={remove.isPending}
      fault={remove.fault}
      onConfirm={() => void confirm()}
      onCancel={cancel}
    >
      <p>
        {associationCount === 0
          ? 'No association targets it, so nothing changes on any machine.'
          : `${associationCount === 1 ? 'The association that targets it stays, but is' : `The ${countText(associationCount)} associations that target it stay, but are`} applied to no machine until there is a group of this name again. What was done on the machines stays.`}
      </p>
    </ChangeDialog>
  );
}
