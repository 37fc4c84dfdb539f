import type { CalendarEventRow } from '../../electron/api/calendars.ts';
import { Mark } from '../ui/status-badge.tsx';
import { eventIcon } from './calendar-words.ts';
import classes from './calendars.module.css';
import { eventTimeText, nextTimeText } from './event-words.ts';

/** One event: what it is called, when it is, and how it repeats. */
export function EventLine({ event, showsSource = true }: { event: CalendarEventRow; showsSource?: boolean }) {
  const { summary, isAdvisory, isCancelled, source, repeatText, next } = event;
  const Glyph = eventIcon(event);
  return (
    <span className={classes.event}>
      <Glyph size={16} stroke={1.7} aria-hidden className={classes.eventIcon} />
      <span className={classes.eventWords}>
        <span className={classes.eventTitle}>
          {summary === '' ? <span className="hf-faint">No title</span> : summary}
          {isAdvisory && <Mark>For information</Mark>}
          {isCancelled && <Mark tone="warn">Cancelled</Mark>}
          {showsSource && source !== null && <Mark>{source}</Mark>}
        </span>
        <span className={classes.eventSub}>
          {eventTimeText(event)}
          {repeatText !== null && ` · ${repeatText}`}
        </span>
        {repeatText !== null && !isCancelled && (
          <span className={classes.eventSub}>{next === null ? 'All are over' : `Now or next: ${nextTimeText(event) ?? ''}`}</span>
        )}
      </span>
    </span>
  );
}
