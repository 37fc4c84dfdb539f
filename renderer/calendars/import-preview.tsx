import type { CalendarDraft } from '../../electron/api/calendars.ts';
import { plural } from '../ui/moment.ts';
import classes from './calendars.module.css';
import { EventLine } from './event-line.tsx';
import { StateBadge, Until } from './state-badge.tsx';

interface ImportPreviewProps {
  after: NonNullable<CalendarDraft['after']>;
  fileName: string;
  isOld: boolean;
}

/** More than a person reads before they press the button. */
const SHOWN = 30;

/** The events that a file brings, and what the calendar then is. */
export function ImportPreview({ after, fileName, isOld }: ImportPreviewProps) {
  const brought = after.events.filter(({ source }) => source === fileName);
  const others = after.events.length - brought.length;
  return (
    <section className={classes.preview} data-old={isOld} aria-busy={isOld} aria-label="What the file brings">
      <p className={classes.previewHead}>
        <strong>{plural(brought.length, 'event')}</strong>
        {others > 0 && <span className="hf-faint">beside {plural(others, 'other')}</span>}
        <span className={classes.previewState}>
          Then it is <StateBadge state={after.state} style="plain" /> <Until calendar={after} />
        </span>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <ul className={classes.previewEvents} tabIndex={0} aria-label="Events of the file">
        {brought.slice(0, SHOWN).map((event) => (
          <li key={event.position}>
            <EventLine event={event} showsSource={false} />
          </li>
        ))}
        {brought.length > SHOWN && <li className="hf-faint">and {plural(brought.length - SHOWN, 'more event')}</li>}
      </ul>
    </section>
  );
}
