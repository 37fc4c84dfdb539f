import { Button, Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { address } from '../routes.ts';
import { useLeaveGuard } from '../ui/address.ts';
import type { CodeHandle } from '../ui/code-editor.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SplitPane } from '../ui/split-pane.tsx';
import { CompatibilityPanel } from './compatibility-panel.tsx';
import classes from './editor.module.css';
import { ImportButton } from './import-button.tsx';
import { DocumentNameFields } from './name-fields.tsx';
import { SourceField } from './source-field.tsx';
import type { DocumentDraft } from './use-document-editor.ts';
import { useDocumentEditor } from './use-document-editor.ts';
import type { EditedDocument } from './use-save-document.ts';
import { useSaveDocument } from './use-save-document.ts';
import type { SourceCheck } from './use-source-check.ts';
import { VersionDialog } from './version-dialog.tsx';
import { WritingGuide } from './writing-guide.tsx';

interface DocumentEditorProps {
  title: string;
  initial: DocumentDraft;
  /** Null: a new document. */
  edited: EditedDocument | null;
  /** What this began from. */
  note: ReactNode;
}

const back = { label: 'Documents', href: address.documents() };

export function DocumentEditor({ title, initial, edited, note }: DocumentEditorProps) {
  const editing = useDocumentEditor(initial, edited === null ? 'free' : 'fixed');
  const [makesDefault, setMakesDefault] = useState(false);
  const [isReviewing, setReviewing] = useState(false);
  const save = useSaveDocument(edited, (fault) => {
    setReviewing(false);
    editing.showFault(fault);
  });
  const code = useRef<CodeHandle>(null);
  const name = useRef<HTMLInputElement>(null);
  const versionName = useRef<HTMLInputElement>(null);
  useLeaveGuard(editing.isChanged ? 'The document has changes that are not saved.' : null);

  const { draft, firstProblem } = editing;
  const saveNow = () => void save.run(draft, makesDefault ? 'default' : 'latest');
  const beginSave = () => (edited === null ? saveNow() : setReviewing(true));
  const saveOrShow = () => {
    editing.touchName();
    if (firstProblem === null) beginSave();
    else if (firstProblem.in === 'name') name.current?.focus();
    else if (firstProblem.in === 'version-name') versionName.current?.focus();
    else code.current?.goTo(firstProblem.line, firstProblem.column);
  };

  return (
    <Page>
      <PageHeader title={title} parent={back} actions={edited === null ? <ImportButton onImported={editing.setSource} /> : undefined}>
        {note}
      </PageHeader>
      <SplitPane
        sideAt="end"
        sideLabel="What the document does, and how one is written"
        side={
          draft.format === 'TEXT' ? null : (
            <div className={classes.side}>
              <LiveReport check={editing.check} onJump={(line, column) => code.current?.goTo(line, column)} />
              <WritingGuide format={draft.format} />
            </div>
          )
        }
      >
        <form
          className={classes.form}
          aria-label="Document"
          onSubmit={(event) => {
            event.preventDefault();
            saveOrShow();
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
            event.preventDefault();
            saveOrShow();
          }}
        >
          <DocumentNameFields editing={editing} nameIs={edited === null ? 'free' : 'fixed'} nameRef={name} versionNameRef={versionName} />
          <SourceField editing={editing} onSave={saveOrShow} ref={code} />
          {save.fault !== null && (
            <div className={classes.part}>
              <FaultNotice fault={save.fault} />
            </div>
          )}
          <div className={classes.foot}>
            <div className={classes.footWords}>
              {edited !== null && (
                <Checkbox
                  label="Make it the default version"
                  description="Associations that follow the default run with it at once."
                  checked={makesDefault}
                  onChange={(event) => setMakesDefault(event.currentTarget.checked)}
                />
              )}
            </div>
            <Button component="a" href={edited === null ? address.documents() : address.document(edited.name)}>
              Cancel
            </Button>
            <Button type="submit" variant="filled" loading={save.isPending} disabled={!editing.isChanged && edited !== null}>
              {edited === null ? 'Create document' : `Save as version ${edited.nextVersion}`}
            </Button>
          </div>
        </form>
      </SplitPane>
      {edited !== null && (
        <VersionDialog
          draft={isReviewing ? draft : null}
          version={edited.nextVersion}
          makesDefault={makesDefault}
          isPending={save.isPending}
          onConfirm={saveNow}
          onCancel={() => setReviewing(false)}
        />
      )}
    </Page>
  );
}

/** What it does here, as it is written; what is wrong with it is said below its text. */
function LiveReport({ check: { report, isCurrent }, onJump }: { check: SourceCheck; onJump(line: number, column: number): void }) {
  return report === null ? null : <CompatibilityPanel report={report} isOld={!isCurrent} shows="notes" onJump={onJump} />;
}
