import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AssociationRow, AssociationVersion } from '../../electron/api/associations.ts';
import { draftOf } from '../../electron/domain/association.ts';
import { useAction } from '../client/use-action.ts';
import { ChangeDialog } from '../review/change-dialog.tsx';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { tellDone } from '../ui/toast.tsx';
import { SettingsDiff } from './settings-diff.tsx';

interface RestoreDialogProps {
  association: AssociationRow;
  /** The version whose settings are to be those of a new one; null while nothing is asked. */
  version: AssociationVersion | null;
  onClose(): void;
}

/** An old version is never made the newest again: its settings are saved as a new version, which runs as any edit does. */
export function RestoreDialog({ association, version, onClose }: RestoreDialogProps) {
  const { associationId, associationVersion } = association;
  // The words stay while the dialog fades away.
  const [shown, setShown] = useState(version);
  if (version !== null && version !== shown) setShown(version);
  const save = useAction((client, { draft }: AssociationVersion) =>
    client.associations.save({ edit: { associationId, associationVersion }, draft }),
  );
  const close = () => {
    save.clear();
    onClose();
  };
  const confirm = async () => {
    if (version === null) return;
    const outcome = await save.run(version);
    if (!outcome.ok) return;
    const { title, associationVersion: saved } = outcome.answer;
    close();
    tellDone(`“${title}” is saved as version ${saved}, with the settings of version ${version.associationVersion}.`);
    goTo(address.associationVersion(associationId, saved));
  };
  const from = shown?.associationVersion ?? 0;
  return (
    <ChangeDialog
      proposal={version === null ? null : { kind: 'association', associationId, draft: version.draft }}
      title={`Restore version ${from}?`}
      confirmLabel={`Save as version ${associationVersion + 1}`}
      isPending={save.isPending}
      fault={save.fault}
      remedies={
        <Button size="compact-xs" onClick={() => goTo(address.editAssociation(associationId, { restore: from }))}>
          Open in the editor
        </Button>
      }
      onConfirm={() => void confirm()}
      onCancel={close}
    >
      {shown !== null && (
        <SettingsDiff
          before={draftOf(association)}
          after={shown.draft}
          beforeLabel={`Version ${associationVersion}, in force`}
          afterLabel={`Version ${from}`}
        />
      )}
    </ChangeDialog>
  );
}
