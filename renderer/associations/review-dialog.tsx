import { Button } from '@mantine/core';
import type { AssociationPreview } from '../../electron/api/associations.ts';
import { ChangeDialog } from '../review/change-dialog.tsx';
import { dropGuard } from '../ui/address.ts';
import { BothClocks } from '../ui/age.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import type { Edited } from './edited.ts';
import classes from './editor.module.css';
import { draftOfEditor } from './editor-state.ts';
import { errorsSentence, paceSentence } from './preview-words.ts';
import { SettingsDiff } from './settings-diff.tsx';
import type { Editor } from './use-editor.ts';
import { isTagsOnly, useSaveAssociation } from './use-save-association.ts';

interface ReviewDialogProps {
  isOpen: boolean;
  editor: Editor;
  edited: Edited | null;
  preview: AssociationPreview;
  onClose(): void;
}

const TITLE = 'Review and save';
const BACK = 'Back to editing';

/** The last look before it happens: whom it hits, and what is different. */
export function ReviewDialog({ isOpen, editor, edited, preview, onClose }: ReviewDialogProps) {
  const draft = draftOfEditor(editor.state);
  const save = useSaveAssociation(editor, edited);
  if (isTagsOnly(editor, edited, draft)) {
    return (
      <ConfirmDialog
        isOpen={isOpen}
        title={TITLE}
        tone="accent"
        confirmLabel="Save the tags"
        cancelLabel={BACK}
        isPending={save.isPending}
        onConfirm={() => void save.run()}
        onCancel={onClose}
      >
        <p>Only the tags of the association are different: no version is made, and nothing runs.</p>
        {save.fault !== null && <FaultNotice fault={save.fault} />}
      </ConfirmDialog>
    );
  }
  return (
    <ChangeDialog
      proposal={isOpen ? { kind: 'association', associationId: edited?.associationId ?? null, draft } : null}
      title={TITLE}
      confirmLabel="Save"
      cancelLabel={BACK}
      isPending={save.isPending}
      fault={save.fault}
      remedies={
        save.fault?.code === 'InvalidAssociationVersion' ? (
          <Button size="compact-xs" onClick={reload}>
            Reload the association
          </Button>
        ) : null
      }
      onConfirm={() => void save.run()}
      onCancel={onClose}
    >
      <HowItGoesOn preview={preview} />
      {edited !== null && <SettingsDiff before={edited.draft} after={draft} />}
    </ChangeDialog>
  );
}

/** Under which limits, and when next. */
function HowItGoesOn({ preview }: { preview: AssociationPreview }) {
  const [first] = preview.nextRuns;
  return (
    <ul className={classes.points}>
      {preview.matching.total > 0 && (
        <li>
          {paceSentence(preview)}. {errorsSentence(preview)}
        </li>
      )}
      <li>
        {preview.scheduleText}.{' '}
        {first !== undefined && (
          <>
            Next: <BothClocks at={first} />
          </>
        )}
      </li>
    </ul>
  );
}

function reload(): void {
  dropGuard();
  window.location.reload();
}
