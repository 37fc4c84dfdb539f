import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CalendarDraft } from '../../electron/api/calendars.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import classes from './calendars.module.css';
import { ChangeProblems } from './change-problems.tsx';
import { ChangeReview } from './change-review.tsx';
import type { CalendarChanging } from './use-calendar-change.ts';

interface ChangeFormProps {
  changing: CalendarChanging;
  title: string;
  size: number;
  submitLabel: string;
  canSubmit: boolean;
  /** What is still to be filled in; null where nothing is, or where it is plain to see. */
  missing?: string | null;
  /** Where they are known while it is written; else those that were found when it was looked at. */
  problems?: CalendarDraft['problems'];
  /** What the last look before the change says. */
  review: { title: string; confirmLabel: string };
  children: ReactNode;
  onSubmit(): void;
  onClose(): void;
}

/** The dialog in which a change of a calendar is written, and then the last look before it is made; what is written outlives both. */
export function ChangeForm(props: ChangeFormProps) {
  const { changing, title, size, missing = null, problems = changing.problems, review, children, onClose, ...submit } = props;
  return (
    <>
      <Modal opened={changing.review === null} onClose={onClose} closeOnClickOutside={false} title={title} size={size}>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (submit.canSubmit) submit.onSubmit();
          }}
        >
          {children}
          <ChangeProblems problems={problems} />
          {changing.fault !== null && <FaultNotice fault={changing.fault} />}
          <div className={classes.buttons}>
            {missing !== null && <span className={classes.missing}>{missing}</span>}
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="filled" disabled={!submit.canSubmit} loading={changing.isPending}>
              {submit.submitLabel}
            </Button>
          </div>
        </form>
      </Modal>
      <ChangeReview changing={changing} {...review} />
    </>
  );
}
