import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { AssociationId } from '../../agent/protocol/ids.ts';
import type { AssociationPreview, DraftProblem } from '../../electron/api/associations.ts';
import { calls } from '../client/calls.ts';
import type { FaultData } from '../client/fault.ts';
import { useCall, useLastAnswer } from '../client/use-call.ts';
import { lineProblems, tagsOfLines } from '../terms/tag-lines.ts';
import { afterPress } from '../ui/after-press.ts';
import type { EditorState } from './editor-state.ts';
import { draftOfEditor } from './editor-state.ts';
import type { FormField } from './problems.ts';
import { messagesFor, problemsOfFault } from './problems.ts';

const SETTLE_MS = 220;

export interface Editor {
  state: EditorState;
  change(part: Partial<EditorState>): void;
  /** Something is different from what was loaded. */
  isChanged: boolean;
  /** What to show under a field: nothing before somebody has been there, unless everything is to be shown. */
  problemOf(field: FormField, part?: string): string | undefined;
  /** The association's own tags are different from what was loaded. */
  areTagsChanged: boolean;
  /** Everything that is wrong, shown or not. */
  problems: readonly DraftProblem[];
  touch(field: FormField): void;
  showAll(): void;
  /** A save was refused: what it says is shown on its fields until they are changed. */
  noteRefusal(fault: FaultData): void;
  preview: { answer: AssociationPreview; isOld: boolean } | null;
  previewFault: FaultData | null;
}

/**
 * The fields, and what the controller says to them: asked again a moment after each change, with answers to earlier fields dropped.
 * `isOld` is true while the answer is not yet to what the fields say now.
 */
export function useEditor(initial: EditorState, associationId: AssociationId | null): Editor {
  const [state, setState] = useState(initial);
  const [touched, setTouched] = useState<ReadonlySet<FormField>>(new Set());
  const [isAllShown, setAllShown] = useState(associationId !== null);
  const [settled] = useDebouncedValue(state, SETTLE_MS);
  const call = useCall(calls.associations.preview({ associationId, draft: draftOfEditor(settled) }));
  const last = useLastAnswer(call);
  const preview = last === null ? null : { answer: last.answer, isOld: last.isOld || settled !== state };
  const [refusal, setRefusal] = useState<{ of: EditorState; problems: readonly DraftProblem[] } | null>(null);
  const refused = refusal?.of === state ? refusal.problems : [];
  const problems = [...(last?.answer.problems ?? []), ...tagProblems(state), ...refused];
  const isDraftChanged = state !== initial && JSON.stringify(draftOfEditor(state)) !== JSON.stringify(draftOfEditor(initial));
  const areTagsChanged = JSON.stringify(tagsOfLines(state.tagLines)) !== JSON.stringify(tagsOfLines(initial.tagLines));
  const isCurrent = preview !== null && !preview.isOld;
  const revealed = useRevealed(touched, isCurrent);

  return {
    state,
    change: (part) => setState((before) => ({ ...before, ...part })),
    isChanged: isDraftChanged || areTagsChanged,
    areTagsChanged,
    problemOf(field, part) {
      if (!isAllShown && !revealed.has(field)) return undefined;
      const messages = messagesFor(problems, field, part);
      return messages.length === 0 ? undefined : messages.join(' ');
    },
    problems,
    touch: (field) => afterPress(() => setTouched((before) => (before.has(field) ? before : new Set(before).add(field)))),
    showAll: () => setAllShown(true),
    noteRefusal: (fault) => setRefusal({ of: state, problems: problemsOfFault(fault) }),
    preview,
    previewFault: call.status === 'loading' ? null : call.fault,
  };
}

/** Tags are no part of the draft, so the controller does not see them before they are saved. */
const tagProblems = ({ tagLines }: EditorState): DraftProblem[] =>
  [...lineProblems(tagLines).values()].map((message) => ({ code: 'InvalidTag', field: 'tags', message }));

/** The fields that somebody has been in, as of the last answer to what they say now: an older answer would blame what is mended already. */
function useRevealed(touched: ReadonlySet<FormField>, isCurrent: boolean): ReadonlySet<FormField> {
  const [revealed, setRevealed] = useState(touched);
  useEffect(() => {
    if (isCurrent) setRevealed(touched);
  }, [touched, isCurrent]);
  return revealed;
}
