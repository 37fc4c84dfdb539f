import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { EditorState } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import type { CodeKnowledge } from './code-completion.ts';

/** Completions as one types, and notes on the words under the pointer. `knowledge` is asked anew each time: it may have changed. */
export function knowledgeExtension(knowledge: () => CodeKnowledge | undefined): Extension {
  const complete = ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const found = knowledge()?.completionsAt(state.doc.toString(), pos) ?? null;
    // With nothing typed yet only who asks for it, or begins a value, gets a list.
    if (found === null || (!explicit && found.from === pos && !/[:{"] ?$/.test(state.sliceDoc(Math.max(0, pos - 2), pos)))) return null;
    return {
      from: found.from,
      options: found.options.map(({ label, kind, note, insert }) => ({
        label,
        type: kind === 'key' ? 'property' : 'enum',
        apply: insert,
        ...(note === '' ? {} : { info: note }),
      })),
      validFor: /^[\w:.-]*$/,
    };
  };
  return [
    EditorState.languageData.of(() => [{ autocomplete: complete }]),
    hoverTooltip((view, pos) => {
      const note = knowledge()?.noteAt(view.state.doc.toString(), pos) ?? null;
      if (note === null) return null;
      return {
        pos: note.from,
        end: note.to,
        above: true,
        create: () => {
          const dom = document.createElement('div');
          dom.className = 'cm-note';
          dom.textContent = note.text;
          return { dom };
        },
      };
    }),
  ];
}
