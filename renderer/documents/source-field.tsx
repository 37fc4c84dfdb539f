import type { Ref } from 'react';
import { useImperativeHandle, useRef } from 'react';
import type { CodeHandle } from '../ui/code-editor.tsx';
import { CodeEditor } from '../ui/code-editor.tsx';
import { plural } from '../ui/moment.ts';
import classes from './editor.module.css';
import { SourceProblems } from './source-problems.tsx';
import type { DocumentEditing } from './use-document-editor.ts';
import type { SourceCheck } from './use-source-check.ts';

/** The key that goes with the others in the editor. */
const control = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl+';

interface SourceFieldProps {
  editing: DocumentEditing;
  onSave(): void;
  ref: Ref<CodeHandle>;
}

/** The source, and under it what is wrong with it. */
export function SourceField({ editing, onSave, ref }: SourceFieldProps) {
  const code = useRef<CodeHandle>(null);
  useImperativeHandle(ref, () => ({ goTo: (line, column) => code.current?.goTo(line, column) }));
  const { draft, check } = editing;
  return (
    <div className={classes.part}>
      <div className={classes.sourceHead}>
        <h2 className={classes.label}>Source</h2>
        <span className="hf-faint">
          {control}Enter saves · {control}] indents · {control}F searches
        </span>
      </div>
      <CodeEditor
        ref={code}
        label="Source of the document"
        language={draft.format}
        text={draft.content}
        problems={check.isCurrent ? check.problems : null}
        isInvalid={check.isCurrent && check.problems.length > 0}
        onChange={editing.setContent}
        onSave={onSave}
      />
      <p className={classes.verdict} role="status" data-state={stateOf(check)}>
        {verdictText(check)}
      </p>
      <SourceProblems check={check} onJump={(line, column) => code.current?.goTo(line, column)} />
    </div>
  );
}

function stateOf({ isCurrent, problems, fault }: SourceCheck): 'bad' | 'ok' | 'open' {
  if (fault !== null || !isCurrent) return 'open';
  return problems.length > 0 ? 'bad' : 'ok';
}

function verdictText({ isCurrent, problems, warnings, fault }: SourceCheck): string {
  if (fault !== null) return `It could not be checked: ${fault.title}`;
  if (!isCurrent) return 'Checking…';
  if (problems.length === 0 && warnings.length > 0) return 'It can be saved, but not everything in it runs here:';
  return problems.length === 0
    ? 'No problems: this can be saved.'
    : `${plural(problems.length, 'problem')} to put right before it can be saved:`;
}
