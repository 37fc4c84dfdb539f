import type { CalendarRow } from '../../electron/api/calendars.ts';
import { address } from '../routes.ts';
import { Age } from '../ui/age.tsx';
import type { Column } from '../ui/data-table.tsx';
import { countText, plural } from '../ui/moment.ts';
import { Mark } from '../ui/status-badge.tsx';
import { TwoLines } from '../ui/two-lines.tsx';
import { typeNames } from './calendar-words.ts';
import { StateBadge, Until } from './state-badge.tsx';

function Name({ row: { name, type, problem, description } }: { row: CalendarRow }) {
  const marks = type === null ? <Mark tone="bad">Not understood</Mark> : <Mark>{typeNames[type]}</Mark>;
  return <TwoLines main={name} marks={marks} sub={problem ?? (description === '' ? 'No description' : description)} />;
}

function UsedBy({ row: { name, usedBy } }: { row: CalendarRow }) {
  const [only, second] = usedBy;
  if (only === undefined) return <span className="hf-faint">Nobody</span>;
  if (second === undefined)
    return (
      <a href={address.association(only.associationId)} className="hf-cut">
        {only.title}
      </a>
    );
  return <a href={address.calendar(name)}>{plural(usedBy.length, 'association')}</a>;
}

export const calendarColumns: readonly Column<CalendarRow>[] = [
  { id: 'name', header: 'Calendar', cell: (row) => <Name row={row} /> },
  {
    id: 'state',
    header: 'Now',
    width: '228px',
    cell: (row) => (
      <TwoLines
        main={<StateBadge state={row.state} style="plain" />}
        sub={
          <>
            <Until calendar={row} />
            {row.nextTransitionAt !== null && (
              <>
                {' · '}
                <Age at={row.nextTransitionAt} />
              </>
            )}
          </>
        }
      />
    ),
  },
  { id: 'events', header: 'Events', width: '84px', align: 'end', from: 'medium', cell: (row) => countText(row.eventCount) },
  { id: 'used', header: 'Waiting for it', width: '196px', from: 'medium', cell: (row) => <UsedBy row={row} /> },
];
