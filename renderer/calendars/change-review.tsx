import { ChangeDialog } from '../review/change-dialog.tsx';
import type { CalendarChanging } from './use-calendar-change.ts';

interface ChangeReviewProps {
  changing: CalendarChanging;
  title: string;
  confirmLabel: string;
}

/** Who runs when a change of a calendar is made, before it is made. */
export function ChangeReview({ changing, title, confirmLabel }: ChangeReviewProps) {
  const { review, fault, isPending } = changing;
  return (
    <ChangeDialog
      proposal={review === null ? null : { kind: 'calendar', name: review.name, content: review.content }}
      title={title}
      confirmLabel={confirmLabel}
      cancelLabel="Back"
      isPending={isPending}
      fault={review === null ? null : fault}
      onConfirm={() => void changing.confirm()}
      onCancel={changing.back}
    />
  );
}
