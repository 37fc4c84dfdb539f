import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { GroupPreview } from '../../electron/api/groups.ts';
import { calls } from '../client/calls.ts';
import type { FaultData } from '../client/fault.ts';
import { useCall, useLastAnswer } from '../client/use-call.ts';
import { afterPress } from '../ui/after-press.ts';
import type { FormPart, GroupForm } from './group-form.ts';
import { draftOfForm, messagesOn } from './group-form.ts';

const SETTLE_MS = 220;

export interface GroupEditor {
  form: GroupForm;
  change(part: Partial<GroupForm>): void;
  isChanged: boolean;
  /** What to show under a part: nothing before somebody has been there, unless everything is to be shown. */
  problemOf(part: FormPart): string | undefined;
  /** How many things keep it from being saved. */
  problems: number;
  touch(part: FormPart): void;
  showAll(): void;
  preview: GroupPreview | null;
  /** The preview is not yet to what the fields say now. */
  isOld: boolean;
  previewFault: FaultData | null;
}

/** The fields, and what the controller says to them: asked again a moment after each change. */
export function useGroupEditor(initial: GroupForm): GroupEditor {
  const [form, setForm] = useState(initial);
  const [touched, setTouched] = useState<ReadonlySet<FormPart>>(new Set());
  const [isAllShown, setAllShown] = useState(false);
  const [settled] = useDebouncedValue(form, SETTLE_MS);
  const call = useCall(calls.groups.preview(draftOfForm(settled)));
  const last = useLastAnswer(call);
  const isOld = last === null || last.isOld || settled !== form;
  const problems = last?.answer.problems ?? [];
  return {
    form,
    change: (part) => setForm((before) => ({ ...before, ...part })),
    isChanged: JSON.stringify(draftOfForm(form)) !== JSON.stringify(draftOfForm(initial)),
    problemOf(part) {
      if (isOld || !(isAllShown || touched.has(part))) return undefined;
      const messages = messagesOn(problems, part);
      return messages.length === 0 ? undefined : messages.join(' ');
    },
    problems: problems.length,
    touch: (part) => afterPress(() => setTouched((before) => (before.has(part) ? before : new Set(before).add(part)))),
    showAll: () => setAllShown(true),
    preview: last?.answer ?? null,
    isOld,
    previewFault: call.status === 'loading' ? null : call.fault,
  };
}
