import { useState } from 'react';
import type { DocumentDetail } from '../../electron/api/documents.ts';
import { useAction } from '../client/use-action.ts';
import { ChangeDialog } from '../review/change-dialog.tsx';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { tellDone } from '../ui/toast.tsx';

interface DeleteVersionDialogProps {
  detail: DocumentDetail;
  /** The version to go; null while nothing is asked. */
  version: number | null;
  onClose(): void;
}

/** The default version is never among those that can go, so the document stays. */
export function DeleteVersionDialog({ detail, version, onClose }: DeleteVersionDialogProps) {
  const { name, latestVersion } = detail.identifier;
  // The words stay while the dialog fades away.
  const [shown, setShown] = useState(version);
  if (version !== null && version !== shown) setShown(version);
  const remove = useAction((client, documentVersion: number) => client.documents.delete({ name, documentVersion }));
  const close = () => {
    remove.clear();
    onClose();
  };
  const confirm = async () => {
    if (version === null) return;
    const outcome = await remove.run(version);
    if (!outcome.ok) return;
    tellDone(`Version ${version} of “${name}” is deleted.`);
    // What was read is gone: the default version is what there is to read then.
    if (detail.version.documentVersion === version) goTo(address.document(name));
    close();
  };
  return (
    <ChangeDialog
      proposal={version === null ? null : { kind: 'delete-document-version', name, documentVersion: version }}
      title={`Delete version ${shown} of “${name}”?`}
      confirmLabel={`Delete version ${shown}`}
      tone="bad"
      isPending={remove.isPending}
      fault={remove.fault}
      onCancel={close}
      onConfirm={() => void confirm()}
    >
      <p>Its source goes; executions that it ran in stay, without their steps’ names. Its number is not given again.</p>
      {shown === latestVersion && detail.usedBy.length > 0 && (
        <p>It is the latest version: associations that follow the latest run at once with the one that is the latest then.</p>
      )}
    </ChangeDialog>
  );
}
