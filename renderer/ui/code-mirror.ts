import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import type { Diagnostic } from '@codemirror/lint';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { search } from '@codemirror/search';
import type { Extension, Text } from '@codemirror/state';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { basicSetup } from 'codemirror';
import type { CodeKnowledge } from './code-completion.ts';
import { knowledgeExtension } from './code-mirror-knowledge.ts';
import { codeLook } from './code-mirror-look.ts';
import type { CodeLanguage, CodeProblem } from './code-problem.ts';
import { placeIn } from './code-problem.ts';

interface OpenCode {
  parent: HTMLElement;
  label: string;
  text: string;
  language: CodeLanguage;
  access: 'read' | 'write';
  knowledge(): CodeKnowledge | undefined;
  onChange(text: string): void;
  onSave(): void;
}

/** An open editor. What is set on it is compared first, so that setting the same again moves no cursor. */
export interface CodeMount {
  setText(text: string): void;
  setLanguage(language: CodeLanguage): void;
  setProblems(problems: readonly CodeProblem[]): void;
  goTo(line: number, column: number): void;
  close(): void;
}

const grammar = (language: CodeLanguage): Extension => {
  switch (language) {
    case 'YAML':
      return yaml();
    case 'JSON':
      return json();
    case 'TEXT':
      return [];
  }
};

function diagnosticAt(state: EditorState, { message, line, column }: CodeProblem): Diagnostic[] {
  if (line === null) return [];
  const from = placeIn(state.doc, line, column ?? 1);
  const to = state.wordAt(from)?.to ?? Math.min(from + 1, state.doc.lineAt(from).to);
  return [{ from, to, severity: 'error', message }];
}

const byPlace = (a: Diagnostic, b: Diagnostic): number => a.from - b.from || a.to - b.to;

function saving(onSave: () => void): Extension {
  const run = () => {
    onSave();
    return true;
  };
  // Before the editor's own meaning of these keys, which is a new line.
  return Prec.highest(keymap.of([{ key: 'Mod-Enter', run }]));
}

function accessOf({ access, knowledge, onChange, onSave }: OpenCode): Extension {
  switch (access) {
    case 'read':
      return EditorState.readOnly.of(true);
    case 'write':
      return [
        lintGutter(),
        knowledgeExtension(knowledge),
        saving(onSave),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) onChange(state.doc.toString());
        }),
      ];
  }
}

/**
 * Opens an editor in a shadow root of `parent`: there its styles are adopted style sheets, which need no exception from the window's
 * policy, and the page's own styles stay out of it.
 */
export function openCode(options: OpenCode): CodeMount {
  const { parent, label, text, language } = options;
  const root = parent.shadowRoot ?? parent.attachShadow({ mode: 'open' });
  const grammars = new Compartment();
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        accessOf(options),
        basicSetup,
        search({ top: true }),
        grammars.of(grammar(language)),
        EditorState.tabSize.of(2),
        // Focusable by itself anyway; said again for tools that do not count what is editable as that.
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        codeLook,
      ],
    }),
  });
  let shownLanguage = language;
  return {
    setText(next) {
      if (isSame(view.state.doc, next)) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
    },
    setLanguage(next) {
      if (next === shownLanguage) return;
      shownLanguage = next;
      view.dispatch({ effects: grammars.reconfigure(grammar(next)) });
    },
    setProblems(problems) {
      const marks = problems.flatMap((problem) => diagnosticAt(view.state, problem)).sort(byPlace);
      view.dispatch(setDiagnostics(view.state, marks));
    },
    goTo(line, column) {
      const at = placeIn(view.state.doc, line, column);
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      view.focus();
    },
    close: () => view.destroy(),
  };
}

const isSame = (document: Text, text: string): boolean => document.length === text.length && document.toString() === text;
