import { IconAlertCircle } from '@tabler/icons-react';
import type { CalendarDraft } from '../../electron/api/calendars.ts';
import classes from './calendars.module.css';

/** What keeps a change from being made, each on its line of the file. */
export function ChangeProblems({ problems }: { problems: CalendarDraft['problems'] }) {
  if (problems.length === 0) return null;
  return (
    <ul className={classes.problems} aria-label="What is wrong">
      {problems.map(({ code, message, line }) => (
        <li key={`${code} ${line} ${message}`} className={classes.problem}>
          <IconAlertCircle size={15} aria-hidden />
          {line !== null && <span className={classes.line}>Line {line}</span>}
          <span>{message}</span>
        </li>
      ))}
    </ul>
  );
}
