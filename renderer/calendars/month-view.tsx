import type { KeyboardEvent } from 'react';
import { useEffect, useRef } from 'react';
import type { CalendarAgenda } from '../../electron/api/calendars.ts';
import { plural } from '../ui/moment.ts';
import { daySummary } from './calendar-words.ts';
import classes from './month.module.css';
import type { Day, DayAgenda } from './month-grid.ts';
import { agendaOf, dayAfterKey, dayText } from './month-grid.ts';

interface MonthViewProps {
  label: string;
  weeks: readonly Day[][];
  agenda: CalendarAgenda;
  date: string;
  today: string;
  onDate(date: string): void;
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** A table of days; arrows go from one to the next, and each says its day without being looked at. */
export function MonthView({ label, weeks, agenda, date, today, onDate }: MonthViewProps) {
  const table = useRef<HTMLTableElement>(null);
  const wantsFocus = useRef(false);
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    table.current?.querySelector<HTMLButtonElement>('button[aria-pressed="true"]')?.focus();
  });
  const move = (event: KeyboardEvent) => {
    const next = dayAfterKey(weeks.flat(), date, event.key);
    if (next === null) return;
    event.preventDefault();
    wantsFocus.current = true;
    onDate(next);
  };
  return (
    <table className={classes.grid} aria-label={label} ref={table}>
      <thead>
        <tr>
          {WEEKDAYS.map((weekday) => (
            <th key={weekday} scope="col" abbr={weekday}>
              {weekday.slice(0, 3)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]?.date}>
            {week.map((day) => (
              <td key={day.date}>
                <DayCell
                  day={day}
                  agenda={agendaOf(agenda, day)}
                  isSelected={day.date === date}
                  isToday={day.date === today}
                  onSelect={() => onDate(day.date)}
                  onKeyDown={move}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DayCellProps {
  day: Day;
  agenda: DayAgenda;
  isSelected: boolean;
  isToday: boolean;
  onSelect(): void;
  onKeyDown(event: KeyboardEvent): void;
}

const EVENTS_SHOWN = 2;

function DayCell({ day, agenda, isSelected, isToday, onSelect, onKeyDown }: DayCellProps) {
  return (
    <button
      type="button"
      className={classes.day}
      data-outside={!day.isInMonth}
      data-today={isToday}
      aria-pressed={isSelected}
      aria-current={isToday ? 'date' : undefined}
      tabIndex={isSelected ? 0 : -1}
      onClick={onSelect}
      onKeyDown={onKeyDown}
    >
      <span className={classes.spoken}>{`${dayText(day.date)}: ${daySummary(agenda)}`}</span>
      <span className={classes.dayNumber} aria-hidden>
        {Number(day.date.slice(8))}
      </span>
      <Bar agenda={agenda} />
      <Names agenda={agenda} />
    </button>
  );
}

/** What there is room for; all of it is said of the selected day. */
function Names({ agenda: { events, runs } }: { agenda: DayAgenda }) {
  const titles = [...new Set(events.map(({ summary }) => summary))];
  const skipped = runs.filter(({ isSkipped }) => isSkipped).length;
  return (
    <span className={classes.dayNames} aria-hidden>
      {titles.slice(0, EVENTS_SHOWN).map((title) => (
        <span key={title} className={classes.dayEvent}>
          {title}
        </span>
      ))}
      {titles.length > EVENTS_SHOWN && <span className={classes.dayMore}>+{titles.length - EVENTS_SHOWN}</span>}
      {runs.length > 0 && (
        <span className={classes.dayRuns} data-skipped={skipped > 0}>
          {plural(runs.length, 'run')}
          {skipped > 0 && (skipped === runs.length ? ' skipped' : `, ${skipped} skipped`)}
        </span>
      )}
    </span>
  );
}

/** The day from its first to its last hour; what is closed is filled. */
function Bar({ agenda: { segments } }: { agenda: DayAgenda }) {
  return (
    <svg className={classes.bar} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden>
      {segments.map(({ state, from, to }) => (
        <rect key={from} data-state={state} x={from * 100} width={(to - from) * 100} y={0} height={6} />
      ))}
    </svg>
  );
}
