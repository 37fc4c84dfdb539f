import { calls } from '../client/calls.ts';
import { useAction } from '../client/use-action.ts';
import { useFreshCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { countText, plural } from '../ui/moment.ts';
import { tellDone } from '../ui/toast.tsx';
import classes from './parameters.module.css';

interface DeleteParameterDialogProps {
  isOpen: boolean;
  name: string;
  onClose(): void;
  onDeleted(): void;
}

/** It goes at once, as with AWS; what still refers to it fails at its next run, so who that is comes first. */
export function DeleteParameterDialog({ isOpen, name, onClose, onDeleted }: DeleteParameterDialogProps) {
  const parameter = useFreshCall(isOpen ? calls.parameters.get(name) : null);
  const remove = useAction((client, wanted: string) => client.parameters.delete({ names: [wanted] }));
  const users = parameter.status === 'full' ? parameter.answer.users : [];
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
      confirmLabel="Delete the parameter"
      canConfirm={parameter.status === 'full'}
      isPending={remove.isPending}
      onCancel={cancel}
      onConfirm={() => void confirm()}
    >
      <p>Its value and all its versions go. This cannot be undone.</p>
      {users.length > 0 && <Users users={users} />}
      {parameter.status === 'fault' && <FaultNotice fault={parameter.fault} />}
      {remove.fault !== null && <FaultNotice fault={remove.fault} />}
    </ConfirmDialog>
  );
}

const SHOWN = 6;

function Users({ users }: { users: readonly { associationId: string; title: string }[] }) {
  return (
    <div className={classes.stack}>
      <p>
        {plural(users.length, 'association refers', 'associations refer')} to it. Nothing runs now, but the next run of{' '}
        {users.length === 1 ? 'it' : 'each'} fails:
      </p>
      <ul>
        {users.slice(0, SHOWN).map(({ associationId, title }) => (
          <li key={associationId}>
            <a href={address.association(associationId)}>{title}</a>
          </li>
        ))}
        {users.length > SHOWN && <li className="hf-faint">and {countText(users.length - SHOWN)} more</li>}
      </ul>
    </div>
  );
}
