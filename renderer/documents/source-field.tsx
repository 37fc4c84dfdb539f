import type { Ref } from 'react';
import { useImperativeHandle, useRef } from 'react';
import { warningsOf } from '../../agent/document/compatibility.ts';
import type { SourceFormat } from '../../agent/document/located-problem.ts';
import type { CodeKnowledge } from '../ui/code-completion.ts';
import type { CodeHandle } from '../ui/code-editor.tsx';
import { CodeEditor } from '../ui/code-editor.tsx';
import { plural } from '../ui/moment.ts';
import classes from './editor.module.css';
import { completionsAt, noteAt } from './source-completions.ts';
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
  const problems = check.report?.problems ?? none;
  return (
    <div className={classes.part}>
      <div className={classes.sourceHead}>
        <h2 className={classes.label}>Source</h2>
        <span className="hf-faint">
          {control}Enter saves · {control}Space offers what fits · {control}F searches
        </span>
      </div>
      <CodeEditor
        ref={code}
        label="Source of the document"
        language={draft.format}
        text={draft.content}
        problems={check.isCurrent ? problems : null}
        knowledge={draft.format === 'TEXT' ? undefined : knowledgeOf[draft.format]}
        isInvalid={check.isCurrent && problems.length > 0}
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

const none: readonly never[] = [];

const knowledgeOf: Record<SourceFormat, CodeKnowledge> = {
  YAML: { completionsAt: (text, offset) => completionsAt(text, offset, 'YAML'), noteAt: (text, offset) => noteAt(text, offset, 'YAML') },
  JSON: { completionsAt: (text, offset) => completionsAt(text, offset, 'JSON'), noteAt: (text, offset) => noteAt(text, offset, 'JSON') },
};

function stateOf({ isCurrent, report, fault }: SourceCheck): 'bad' | 'ok' | 'open' {
  if (fault !== null || !isCurrent || report === null) return 'open';
  return report.problems.length > 0 ? 'bad' : 'ok';
}

function verdictText({ isCurrent, report, fault }: SourceCheck): string {
  if (fault !== null) return `It could not be checked: ${fault.title}`;
  if (!isCurrent || report === null) return 'Checking…';
  const { problems } = report;
  if (problems.length > 0) return `${plural(problems.length, 'problem')} to put right before it can be saved:`;
  const warnings = warningsOf(report);
  if (warnings.length === 0) return 'No problems: this can be saved.';
  const isHarmless = warnings.every(({ kind }) => kind === 'ignored');
  return isHarmless ? 'It can be saved; some of it has no effect:' : 'It can be saved, but not everything in it runs here:';
}
