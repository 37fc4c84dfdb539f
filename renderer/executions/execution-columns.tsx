import type { ExecutionRow } from '../../electron/api/executions.ts';
import { executionLooks } from '../terms/looks.ts';
import { Status } from '../terms/status.tsx';
import { detailText, progressText, sharesOf, triggerText } from '../terms/words.ts';
import { Age, At } from '../ui/age.tsx';
import type { Column } from '../ui/data-table.tsx';
import { ShareBar } from '../ui/share-bar.tsx';
import { TwoLines } from '../ui/two-lines.tsx';
import classes from './executions.module.css';

export const executionColumns: readonly Column<ExecutionRow>[] = [
  {
    id: 'association',
    header: 'Association',
    cell: (row) => <TwoLines main={row.title} sub={`${row.documentName}, version ${row.documentVersion}`} />,
  },
  {
    id: 'status',
    header: 'Status',
    width: '128px',
    cell: (row) => <Status look={executionLooks[row.status]} reason={detailText(row.detailedStatus)} style="plain" />,
  },
  {
    id: 'targets',
    header: 'Targets',
    width: '200px',
    from: 'medium',
    cell: (row) => (
      <span className={classes.progress}>
        <span className={classes.progressText}>{progressText(row)}</span>
        <ShareBar shares={sharesOf(row.counts)} label="Targets by status" size="thin" />
      </span>
    ),
  },
  {
    id: 'trigger',
    header: 'Why it ran',
    width: '220px',
    from: 'wide',
    cell: (row) => <span className="hf-soft">{triggerText(row.trigger)}</span>,
  },
  {
    id: 'started',
    header: 'Started',
    width: '132px',
    cell: (row) => <TwoLines main={<At at={row.createdAt} />} sub={<Age at={row.createdAt} />} />,
  },
];
