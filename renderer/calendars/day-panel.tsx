import { IconClockEdit, IconPlayerPlay, IconPlayerSkipForward } from '@tabler/icons-react';
import { DAYLIGHT_SAVING_RULE } from '../../agent/schedule/zoned-fire.ts';
import { address } from '../routes.ts';
import { clockTime, utcTime } from '../ui/moment.ts';
import { clockChangeText, eventIcon, segmentText } from './calendar-words.ts';
import classes from './month.module.css';
import type { DayAgenda } from './month-grid.ts';
import { dayText } from './month-grid.ts';
import { StateBadge } from './state-badge.tsx';

const RUNS_SHOWN = 12;

/** One day in words: when it is open and closed, what is on, and what runs. */
export function DayPanel({ date, day }: { date: string; day: DayAgenda }) {
  return (
    <section className={classes.dayPanel} aria-label={dayText(date)} aria-live="polite">
      <h3 className={classes.dayTitle}>{dayText(date)}</h3>
      {day.clockChanges.map((change) => (
        <p key={`${change.timeZone} ${change.at.getTime()}`} className={classes.clockChange}>
          <IconClockEdit size={15} aria-hidden />
          <span>
            {clockChangeText(change)} {DAYLIGHT_SAVING_RULE}
          </span>
        </p>
      ))}
      <div className={classes.dayColumns}>
        <ul className={classes.dayList} aria-label="Open and closed">
          {day.segments.map((segment) => (
            <li key={segment.from} className={classes.dayLine}>
              <StateBadge state={segment.state} style="plain" />
              <span className="hf-tabular">{segmentText(segment)}</span>
              {segment.from > 0 && <span className="hf-faint hf-tabular">{utcTime(segment.startsAt)}</span>}
            </li>
          ))}
        </ul>
        <Events day={day} />
        <Runs day={day} />
      </div>
    </section>
  );
}

function Events({ day: { events } }: { day: DayAgenda }) {
  if (events.length === 0) return <p className="hf-faint">No event</p>;
  return (
    <ul className={classes.dayList} aria-label="Events">
      {events.map((event) => {
        const Glyph = eventIcon(event);
        return (
          <li key={`${event.position} ${event.startsAt.getTime()}`} className={classes.dayLine}>
            <Glyph size={15} aria-hidden className={classes.eventIcon} />
            <span className="hf-cut">{event.summary === '' ? 'No title' : event.summary}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** Of the associations that wait for it; what is over is on their own pages. */
function Runs({ day: { runs } }: { day: DayAgenda }) {
  if (runs.length === 0) return <p className="hf-faint">No run to come</p>;
  return (
    <ul className={classes.dayList} aria-label="Runs">
      {runs.slice(0, RUNS_SHOWN).map(({ associationId, title, at, isSkipped }) => (
        <li key={`${associationId} ${at.getTime()}`} className={classes.dayLine}>
          {isSkipped ? <IconPlayerSkipForward size={15} aria-hidden /> : <IconPlayerPlay size={15} aria-hidden />}
          <span className="hf-tabular">{clockTime(at)}</span>
          <a href={address.association(associationId)} className="hf-cut">
            {title}
          </a>
          {isSkipped && <span className={classes.skipped}>skipped: closed</span>}
        </li>
      ))}
      {runs.length > RUNS_SHOWN && <li className="hf-faint">and {runs.length - RUNS_SHOWN} more</li>}
    </ul>
  );
}
