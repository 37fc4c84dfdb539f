import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import type { AssociationDraft } from '../../electron/domain/association.ts';
import type { Tag } from '../../electron/domain/tag.ts';
import { useAction } from '../client/use-action.ts';
import { address } from '../routes.ts';
import { useLeaveGuard } from '../ui/address.ts';
import type { CodeHandle } from '../ui/code-editor.tsx';
import { CodeEditor } from '../ui/code-editor.tsx';
import type { CodeProblem } from '../ui/code-problem.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { OpenFileButton } from '../ui/open-file-button.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { AssociationEditor } from './association-editor.tsx';
import classes from './editor.module.css';
import { editorStateOf } from './editor-state.ts';
import own from './import.module.css';

const TITLE = 'New association from JSON';
const back = { label: 'Associations', href: address.associations() };

const READ_BYTES = 4_000_000;

const BEGINNING = `{
  "Name": "Holdfast-RunShellScript",
  "Parameters": { "commands": ["true"] },
  "Targets": [{ "Key": "InstanceIds", "Values": ["*"] }]
}
`;

interface Imported {
  draft: AssociationDraft;
  tags: readonly Tag[];
}

/** First the text; then the editor with what was in it, where everything can still be changed. */
export function ImportAssociationPage() {
  const [imported, setImported] = useState<Imported | null>(null);
  if (imported === null) return <TextStep onRead={setImported} />;
  const { draft, tags } = imported;
  const note = 'As it was read from JSON. Nothing is saved yet.';
  return <AssociationEditor title="New association" initial={editorStateOf(draft, tags)} edited={null} note={note} isUnsaved />;
}

function TextStep({ onRead }: { onRead(imported: Imported): void }) {
  const [text, setText] = useState(BEGINNING);
  const code = useRef<CodeHandle>(null);
  const read = useAction((client, given: string) => client.ssm.read({ text: given }));
  useLeaveGuard(text === BEGINNING ? null : 'The JSON has not been made an association yet.');

  const write = (given: string) => {
    setText(given);
    read.clear();
  };
  const goOn = async () => {
    const outcome = await read.run(text);
    if (outcome.ok) onRead(outcome.answer);
    else requestAnimationFrame(() => goToFirst(code.current, problemsOf(outcome.fault)));
  };
  const problems = read.fault === null ? [] : problemsOf(read.fault);

  return (
    <Page>
      <PageHeader
        title={TITLE}
        parent={back}
        actions={
          <OpenFileButton label="Open a file…" inputLabel="JSON file to open" accept=".json" readBytes={READ_BYTES} onOpened={write} />
        }
      >
        A CreateAssociation request, or a DescribeAssociation answer: of this site, of another one, or of AWS.
      </PageHeader>
      <form
        className={classes.form}
        aria-label="JSON of an association"
        onSubmit={(event) => {
          event.preventDefault();
          void goOn();
        }}
      >
        <div className={own.text}>
          <CodeEditor
            ref={code}
            label="JSON of the association"
            language="JSON"
            text={text}
            problems={problems}
            isInvalid={problems.length > 0}
            onChange={write}
            onSave={() => void goOn()}
          />
          {read.fault !== null && <FaultNotice fault={read.fault}>{lineText(problems)}</FaultNotice>}
        </div>
        <div className={classes.foot}>
          <p className={classes.footWords}>The editor opens with what is in it; nothing is saved before you say so there.</p>
          <Button component="a" href={address.associations()}>
            Cancel
          </Button>
          <Button type="submit" variant="filled" loading={read.isPending} disabled={text.trim() === ''}>
            Open in the editor
          </Button>
        </div>
      </form>
    </Page>
  );
}

interface Refusal {
  title: string;
  places: readonly { line?: number | null | undefined; column?: number | null | undefined }[];
}

/** The sentence stands in the notice; the marks in the text only say where. */
const problemsOf = ({ title, places }: Refusal): CodeProblem[] =>
  places.map(({ line = null, column = null }) => ({ message: title, line, column }));

const linesOf = (problems: readonly CodeProblem[]): number[] => [...new Set(problems.flatMap(({ line }) => line ?? []))];

function lineText(problems: readonly CodeProblem[]): string {
  const lines = linesOf(problems);
  return lines.length === 0 ? '' : `Line ${lines.join(', ')}`;
}

function goToFirst(code: CodeHandle | null, [first]: readonly CodeProblem[]): void {
  if (first?.line != null) code?.goTo(first.line, first.column ?? 1);
}
