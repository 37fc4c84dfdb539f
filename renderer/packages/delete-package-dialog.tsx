import type { PackageDetail } from '../../electron/api/packages.ts';
import { calls } from '../client/calls.ts';
import { useAction } from '../client/use-action.ts';
import { useFreshCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { countText, plural } from '../ui/moment.ts';
import { tellDone } from '../ui/toast.tsx';
import classes from './packages.module.css';

interface DeletePackageDialogProps {
  name: string;
  /** Null for the package with all its versions. */
  version: string | null;
  onClose(): void;
  onDeleted(): void;
}

/** Who uses it comes first: their next run fails. */
export function DeletePackageDialog({ name, version, onClose, onDeleted }: DeletePackageDialogProps) {
  const detail = useFreshCall(calls.packages.get(name));
  const remove = useAction((client) => client.packages.delete({ name, version, evenIfUsed: true }));
  const what = version === null ? `“${name}”` : `version ${version} of “${name}”`;
  const users = detail.status === 'full' ? usersOf(detail.answer, version) : [];
  const confirm = async () => {
    const outcome = await remove.run(undefined);
    if (!outcome.ok) return;
    tellDone(version === null ? `“${name}” is deleted.` : `Version ${version} is deleted.`);
    onDeleted();
  };
  return (
    <ConfirmDialog
      isOpen
      title={`Delete ${what}?`}
      confirmLabel={version === null ? 'Delete the package' : 'Delete the version'}
      canConfirm={detail.status === 'full'}
      isPending={remove.isPending}
      onCancel={onClose}
      onConfirm={() => void confirm()}
    >
      <p>
        {version === null ? 'All its versions and their files go.' : 'Its files go, but for those that another version has.'} Nodes that
        have it installed keep it, and can still uninstall it. This cannot be undone.
      </p>
      {users.length > 0 && <Users users={users} />}
      {detail.status === 'fault' && <FaultNotice fault={detail.fault} />}
      {remove.fault !== null && <FaultNotice fault={remove.fault} />}
    </ConfirmDialog>
  );
}

interface User {
  key: string;
  href: string;
  title: string;
}

function usersOf({ users, documents }: PackageDetail, version: string | null): User[] {
  const meant = users.filter((user) => version === null || user.version === version);
  return [
    ...meant.map(({ associationId, title }) => ({ key: associationId, href: address.association(associationId), title })),
    ...(version === null ? documents : []).map((title) => ({ key: `document ${title}`, href: address.document(title), title })),
  ];
}

const SHOWN = 6;

function Users({ users }: { users: readonly User[] }) {
  return (
    <div className={classes.stack}>
      <p>
        {plural(users.length, 'association or document uses', 'associations and documents use')} it. Nothing runs now, but the next
        installation by {users.length === 1 ? 'it' : 'each'} fails:
      </p>
      <ul>
        {users.slice(0, SHOWN).map(({ key, href, title }) => (
          <li key={key}>
            <a href={href}>{title}</a>
          </li>
        ))}
        {users.length > SHOWN && <li className="hf-faint">and {countText(users.length - SHOWN)} more</li>}
      </ul>
    </div>
  );
}
