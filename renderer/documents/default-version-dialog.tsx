import { useState } from 'react';
import type { DocumentIdentifier } from '../../electron/domain/managed-document.ts';
import { useAction } from '../client/use-action.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { plural } from '../ui/moment.ts';
import { tellDone } from '../ui/toast.tsx';

interface DefaultVersionDialogProps {
  identifier: DocumentIdentifier;
  /** The version to become the default; null while nothing is asked. */
  version: number | null;
  /** How many associations use the document. */
  users: number;
  onClose(): void;
}

export function DefaultVersionDialog({ identifier, version, users, onClose }: DefaultVersionDialogProps) {
  const { name, defaultVersion } = identifier;
  // The words stay while the dialog fades away.
  const [shown, setShown] = useState(version);
  if (version !== null && version !== shown) setShown(version);
  const move = useAction((client, documentVersion: number) => client.documents.setDefaultVersion({ name, documentVersion }));
  const close = () => {
    move.clear();
    onClose();
  };
  const confirm = async () => {
    if (version === null) return;
    const outcome = await move.run(version);
    if (!outcome.ok) return;
    tellDone(`Version ${version} of “${name}” is the default now.`);
    close();
  };
  return (
    <ConfirmDialog
      isOpen={version !== null}
      title={`Make version ${shown} the default?`}
      tone="accent"
      confirmLabel={`Make version ${shown} the default`}
      isPending={move.isPending}
      onCancel={close}
      onConfirm={() => void confirm()}
    >
      <p>
        It takes the place of version {defaultVersion}.{' '}
        {users === 0
          ? 'No association uses this document now, so nothing runs.'
          : `Of the ${plural(users, 'association')} that ${users === 1 ? 'uses' : 'use'} this document, those that follow its default version run with it at once, on all their machines.`}
      </p>
      {move.fault !== null && <FaultNotice fault={move.fault} />}
    </ConfirmDialog>
  );
}
