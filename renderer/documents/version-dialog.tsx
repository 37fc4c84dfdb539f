import type { ChangeProposal } from '../client/calls.ts';
import { ChangeDialog } from '../review/change-dialog.tsx';
import type { DocumentDraft } from './use-document-editor.ts';

interface VersionDialogProps {
  /** What would become the next version; null while nothing is asked. */
  draft: DocumentDraft | null;
  version: number;
  makesDefault: boolean;
  isPending: boolean;
  onConfirm(): void;
  onCancel(): void;
}

/** Who runs with the new version at once, before it is saved. What is refused is shown on the source, so it has no place here. */
export function VersionDialog({ draft, version, makesDefault, isPending, onConfirm, onCancel }: VersionDialogProps) {
  return (
    <ChangeDialog
      proposal={draft === null ? null : proposalOf(draft, makesDefault)}
      title={`Save version ${version}?`}
      confirmLabel={`Save version ${version}`}
      cancelLabel="Back to editing"
      isPending={isPending}
      fault={null}
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      <p>
        {makesDefault
          ? 'Associations that follow the latest or the default version run with it.'
          : 'Associations that follow the latest version run with it; those that follow the default go on as they are.'}
      </p>
    </ChangeDialog>
  );
}

function proposalOf({ name, documentType, format, content }: DocumentDraft, makesDefault: boolean): ChangeProposal {
  if (documentType === 'ChangeCalendar') return { kind: 'calendar', name, content };
  return { kind: 'document-version', name, format, content, makesDefault };
}
