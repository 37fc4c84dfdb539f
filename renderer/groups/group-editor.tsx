import { useState } from 'react';
import type { ResourceGroupDraft } from '../../electron/domain/resource-group.ts';
import { useAction } from '../client/use-action.ts';
import { ChangeDialog } from '../review/change-dialog.tsx';
import { address } from '../routes.ts';
import { dropGuard, goTo, useLeaveGuard } from '../ui/address.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SplitPane } from '../ui/split-pane.tsx';
import { tellDone } from '../ui/toast.tsx';
import { GroupEditorForm } from './group-editor-form.tsx';
import type { GroupForm } from './group-form.ts';
import { draftOfForm } from './group-form.ts';
import { GroupPreviewPanel } from './group-preview-panel.tsx';
import { useGroupEditor } from './use-group-editor.ts';

interface GroupEditorProps {
  title: string;
  initial: GroupForm;
  /** When the group that is edited was last changed, as it was looked at; null makes a new one. */
  edited: { lastUpdatedAt: Date } | null;
}

const back = { label: 'Resource groups', href: address.groups() };

const queryOf = ({ tagFilters }: ResourceGroupDraft): string => JSON.stringify(tagFilters);

/** Who comes in runs at once and who goes out does not any more, so that is said before the tags are saved. */
export function GroupEditor({ title, initial, edited }: GroupEditorProps) {
  const editor = useGroupEditor(initial);
  const draft = draftOfForm(editor.form);
  const [isReviewing, setReviewing] = useState(false);
  const save = useAction((client, saved: ResourceGroupDraft) =>
    edited === null ? client.groups.create({ draft: saved }) : client.groups.update({ draft: saved, ...edited }),
  );
  useLeaveGuard(editor.isChanged ? 'The group has changes that are not saved.' : null);
  const changesMembers = edited === null || queryOf(draft) !== queryOf(draftOfForm(initial));

  const saveNow = async () => {
    const outcome = await save.run(draft);
    if (!outcome.ok) return;
    tellDone(`${outcome.answer.name} is saved.`);
    dropGuard();
    goTo(address.group(outcome.answer.name));
  };
  const submit = () => {
    editor.showAll();
    if (editor.problems > 0) requestAnimationFrame(focusFirstProblem);
    else if (changesMembers) setReviewing(true);
    else void saveNow();
  };
  return (
    <Page>
      <PageHeader title={title} parent={back}>
        Machines that belong together by their tags, under one name.
      </PageHeader>
      {save.fault !== null && !isReviewing && <FaultNotice fault={save.fault} />}
      <SplitPane sideAt="end" sideLabel="Live preview" side={<GroupPreviewPanel editor={editor} />}>
        <GroupEditorForm
          editor={editor}
          isNew={edited === null}
          cancelTo={edited === null ? address.groups() : address.group(initial.name)}
          submitLabel={changesMembers ? 'Review and save' : 'Save'}
          isPending={save.isPending}
          onSubmit={submit}
        />
      </SplitPane>
      <ChangeDialog
        proposal={isReviewing ? { kind: 'group', name: draft.name, tagFilters: draft.tagFilters } : null}
        title={edited === null ? `Create ${draft.name}?` : `Change ${draft.name}?`}
        confirmLabel="Save"
        cancelLabel="Back to editing"
        isPending={save.isPending}
        fault={save.fault}
        onConfirm={() => void saveNow()}
        onCancel={() => {
          save.clear();
          setReviewing(false);
        }}
      />
    </Page>
  );
}

function focusFirstProblem(): void {
  document.querySelector<HTMLElement>('form [aria-invalid="true"], form [data-problem] input')?.focus();
}
