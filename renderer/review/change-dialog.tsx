import type { ReactNode } from 'react';
import type { ChangeProposal } from '../client/calls.ts';
import type { FaultData } from '../client/fault.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { ChangeView } from './change-view.tsx';
import { confirmText, typedConfirmation } from './change-words.ts';
import { useChangePreview } from './use-change-preview.ts';

interface ChangeDialogProps {
  /** What would be done; null while nothing is asked, which closes the dialog. */
  proposal: ChangeProposal | null;
  title: string;
  /** What the button does; how many machines run at once is added to it. */
  confirmLabel: string;
  cancelLabel?: string;
  tone?: 'accent' | 'bad';
  isPending: boolean;
  /** Why it was refused, after the button was pressed. */
  fault: FaultData | null;
  /** Buttons that help at once, where it was refused. */
  remedies?: ReactNode;
  /** What else is worth knowing before: what is different, what cannot be undone. */
  children?: ReactNode;
  onConfirm(): void;
  onCancel(): void;
}

/**
 * The last look before a change: who runs now, later and not any more. Nothing can be confirmed before that is known, and above the
 * site's limit the number of machines has to be typed.
 */
export function ChangeDialog(props: ChangeDialogProps) {
  const { proposal, title, confirmLabel, cancelLabel, tone = 'accent', isPending, fault, remedies, children, onConfirm, onCancel } = props;
  const { preview, isOld, fault: previewFault } = useChangePreview(proposal);
  return (
    <ConfirmDialog
      isOpen={proposal !== null}
      title={title}
      size="wide"
      tone={tone}
      confirmLabel={preview === null || proposal === null ? confirmLabel : confirmText(confirmLabel, proposal.kind, preview)}
      cancelLabel={cancelLabel}
      isPending={isPending}
      canConfirm={preview !== null && !isOld && previewFault === null}
      typed={preview === null ? null : typedConfirmation(preview)}
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      {previewFault !== null && <FaultNotice fault={previewFault} />}
      {preview !== null && <ChangeView preview={preview} isOld={isOld} />}
      {preview === null && previewFault === null && <SkeletonLines lines={4} />}
      {children}
      {fault !== null && <FaultNotice fault={fault}>{remedies}</FaultNotice>}
    </ConfirmDialog>
  );
}
