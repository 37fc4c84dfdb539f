import { useState } from 'react';
import type { CalendarDraft } from '../../electron/api/calendars.ts';
import type { CalendarChange } from '../../electron/domain/calendar-draft.ts';
import { useAction } from '../client/use-action.ts';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { tellDone } from '../ui/toast.tsx';

/** `documentVersion`: the version that is changed; null makes a new calendar. */
export interface CalendarSave {
  name: string;
  documentVersion: number | null;
  change: CalendarChange;
}

interface Review extends CalendarSave {
  /** The text of the calendar after it. */
  content: string;
}

/** A change of a calendar on its way: what is wrong with it, what it would do, and then the saving. */
export function useCalendarChange(done: { message: string; onSaved(): void }) {
  const [review, setReview] = useState<Review | null>(null);
  const [problems, setProblems] = useState<CalendarDraft['problems']>([]);
  const draft = useAction((client, { name, change }: CalendarSave) => client.calendars.draft({ name, change }));
  const save = useAction((client, input: CalendarSave) => client.calendars.save(input));
  return {
    review,
    problems,
    /** Why it could not be looked at, or was not saved. */
    fault: draft.fault ?? save.fault,
    isPending: draft.isPending || save.isPending,
    /** The last look before it is made; or what is wrong with it. */
    async look(input: CalendarSave): Promise<void> {
      const outcome = await draft.run(input);
      if (!outcome.ok) return;
      const { problems: found, after } = outcome.answer;
      setProblems(found);
      if (after !== null) setReview({ ...input, content: after.content });
    },
    async confirm(): Promise<void> {
      if (review === null) return;
      const { name, documentVersion, change } = review;
      const outcome = await save.run({ name, documentVersion, change });
      if (!outcome.ok) return;
      setReview(null);
      tellDone(done.message);
      done.onSaved();
      if (documentVersion === null) goTo(address.calendar(name));
    },
    back(): void {
      save.clear();
      setReview(null);
    },
  };
}

export type CalendarChanging = ReturnType<typeof useCalendarChange>;
