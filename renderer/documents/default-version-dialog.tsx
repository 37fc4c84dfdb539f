import { useState } from 'react';
import type { DocumentIdentifier } from '../../electron/domain/managed-document.ts';
import { useAction } from '../client/use-action.ts';
import { ChangeDialog } from '../review/change-dialog.tsx';
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
    <ChangeDialog
      proposal={version === null ? null : { kind: 'document-default', name, documentVersion: version }}
      title={`Make version ${shown} the default?`}
      confirmLabel={`Make version ${shown} the default`}
      isPending={move.isPending}
      fault={move.fault}
      onCancel={close}
      onConfirm={() => void confirm()}
    >
      <p>
        It takes the place of version {defaultVersion}. {consequence(users)}
      </p>
    </ChangeDialog>
  );
}

function consequence(users: number): string {
  if (users === 0) return 'No association uses this document now, so nothing runs.';
  if (users === 1)
    return 'The association that uses this document runs with it at once on all its machines, if it follows the default version.';
  return `Of the ${plural(users, 'association')} that use this document, those that follow its default version run with it at once on all their machines.`;
}
