import { Button, Modal } from '@mantine/core';
import type { AssociationPreview } from '../../electron/api/associations.ts';
import { dropGuard } from '../ui/address.ts';
import { BothClocks } from '../ui/age.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { plural } from '../ui/moment.ts';
import type { Edited } from './edited.ts';
import classes from './editor.module.css';
import { draftOfEditor } from './editor-state.ts';
import { errorsSentence, paceSentence, runsOnSaveSentence, saveLabel } from './preview-words.ts';
import { SettingsDiff } from './settings-diff.tsx';
import type { Editor } from './use-editor.ts';
import { useSaveAssociation } from './use-save-association.ts';

interface ReviewDialogProps {
  isOpen: boolean;
  editor: Editor;
  edited: Edited | null;
  preview: AssociationPreview;
  onClose(): void;
}

/** The last look before it happens: whom it hits first, and what is different. */
export function ReviewDialog({ isOpen, editor, edited, preview, onClose }: ReviewDialogProps) {
  const draft = draftOfEditor(editor.state);
  const save = useSaveAssociation(editor, edited);
  const isOutdated = save.fault?.code === 'InvalidAssociationVersion';
  const [first] = preview.nextRuns;

  return (
    <Modal opened={isOpen} onClose={onClose} title="Review and save" size={560}>
      <div className={classes.review}>
        <p className={classes.headline}>
          {plural(preview.matching.total, 'machine')} {preview.matching.total === 1 ? 'matches' : 'match'}
          {preview.runsOnSave ? `, ${preview.matching.online} now` : ', none now'}.
        </p>
        <ul className={classes.points}>
          <li>{runsOnSaveSentence(preview, edited === null)}.</li>
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
        {preview.matching.nodes.length > 0 && (
          <p className={classes.reviewNames}>
            {preview.matching.nodes
              .slice(0, 8)
              .map(({ name }) => name)
              .join(', ')}
            {preview.matching.total > 8 && ` and ${preview.matching.total - 8} more`}
          </p>
        )}
        {edited !== null && <SettingsDiff before={edited.draft} after={draft} />}
        {save.fault !== null && (
          <FaultNotice fault={save.fault}>
            {isOutdated && (
              <Button size="compact-xs" onClick={reload}>
                Reload the association
              </Button>
            )}
          </FaultNotice>
        )}
        <div className={classes.reviewButtons}>
          <Button onClick={onClose} data-autofocus>
            Back to editing
          </Button>
          <Button variant="filled" onClick={() => void save.run()} loading={save.isPending}>
            {saveLabel(preview)}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function reload(): void {
  dropGuard();
  window.location.reload();
}
