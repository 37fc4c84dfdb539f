import type { CalendarRow } from '../../electron/api/calendars.ts';
import { Status } from '../terms/status.tsx';
import { At } from '../ui/age.tsx';
import { stateLooks } from './calendar-words.ts';

type StateNow = Pick<CalendarRow, 'state' | 'nextTransitionAt'>;

export function StateBadge({ state, style = 'badge' }: { state: CalendarRow['state']; style?: 'badge' | 'plain' }) {
  return <Status look={stateLooks[state]} style={style} />;
}

/** Until when it stays so; in words where that has no end. */
export function Until({ calendar: { nextTransitionAt } }: { calendar: StateNow }) {
  if (nextTransitionAt === null) return <span className="hf-faint">For good, as far as can be seen</span>;
  return (
    <span className="hf-tabular">
      until <At at={nextTransitionAt} />
    </span>
  );
}
