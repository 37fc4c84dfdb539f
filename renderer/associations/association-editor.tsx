import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { address } from '../routes.ts';
import { useLeaveGuard } from '../ui/address.ts';
import { plural } from '../ui/moment.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SplitPane } from '../ui/split-pane.tsx';
import { AdvancedSection } from './advanced-section.tsx';
import { ComplianceSection } from './compliance-section.tsx';
import { DocumentSection } from './document-section.tsx';
import type { Edited } from './edited.ts';
import classes from './editor.module.css';
import type { EditorState } from './editor-state.ts';
import { LimitsSection } from './limits-section.tsx';
import { ModeSection } from './mode-section.tsx';
import { NameSection } from './name-section.tsx';
import { ParametersSection } from './parameters-section.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { ScheduleSection } from './schedule-section.tsx';
import { TagsSection } from './tags-section.tsx';
import { TargetsSection } from './targets-section.tsx';
import { useEditor } from './use-editor.ts';

interface AssociationEditorProps {
  title: string;
  initial: EditorState;
  edited: Edited | null;
  /** What this began from, where that is not obvious. */
  note?: ReactNode;
  /** What it begins with is kept nowhere: it would be lost although nothing is changed here. */
  isUnsaved?: boolean;
}

const back = { label: 'Associations', href: address.associations() };

export function AssociationEditor({ title, initial, edited, note, isUnsaved = false }: AssociationEditorProps) {
  const editor = useEditor(initial, edited?.associationId ?? null);
  const [isReviewing, setReviewing] = useState(false);
  useLeaveGuard(editor.isChanged || isUnsaved ? 'The association has changes that are not saved.' : null);
  const cancelTo = edited === null ? address.associations() : address.association(edited.associationId);

  const review = () => {
    editor.showAll();
    if (editor.problems.length === 0) setReviewing(true);
    else requestAnimationFrame(focusFirstProblem);
  };
  const isAsking = editor.preview === null || editor.preview.isOld;

  return (
    <Page>
      <PageHeader title={title} parent={back}>
        {note ?? 'Which document is kept applied, to which machines, and when.'}
      </PageHeader>
      <SplitPane sideAt="end" sideLabel="Live preview" side={<PreviewPanel editor={editor} isNew={edited === null} />}>
        <form
          className={classes.form}
          aria-label="Association"
          onSubmit={(event) => {
            event.preventDefault();
            review();
          }}
        >
          <NameSection editor={editor} />
          <DocumentSection editor={editor} />
          <ParametersSection editor={editor} />
          <ModeSection editor={editor} />
          <TargetsSection editor={editor} />
          <ScheduleSection editor={editor} />
          <LimitsSection editor={editor} />
          <ComplianceSection editor={editor} />
          <AdvancedSection editor={editor} />
          <TagsSection editor={editor} />
          <div className={classes.foot}>
            <p className={classes.footWords} aria-live="polite">
              {editor.problems.length > 0
                ? `${plural(editor.problems.length, 'thing')} to fill in or put right before it can be saved`
                : ''}
            </p>
            <Button component="a" href={cancelTo}>
              Cancel
            </Button>
            <Button type="submit" variant="filled" disabled={isAsking && editor.previewFault === null}>
              Review and save
            </Button>
          </div>
        </form>
      </SplitPane>
      {editor.preview !== null && (
        <ReviewDialog
          isOpen={isReviewing}
          editor={editor}
          edited={edited}
          preview={editor.preview.answer}
          onClose={() => setReviewing(false)}
        />
      )}
    </Page>
  );
}

function focusFirstProblem(): void {
  const field = document.querySelector<HTMLElement>('form [aria-invalid="true"], form [data-problem] input, form [data-problem] button');
  field?.focus();
}
