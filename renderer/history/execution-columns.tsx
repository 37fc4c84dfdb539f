import type { ExecutionRow } from '../../electron/api/executions.ts';
import { executionLooks } from '../terms/looks.ts';
import { Status } from '../terms/status.tsx';
import { detailText, progressText, sharesOf, triggerText } from '../terms/words.ts';
import { Age, At } from '../ui/age.tsx';
import type { Column } from '../ui/data-table.tsx';
import { ShareBar } from '../ui/share-bar.tsx';
import { TwoLines } from '../ui/two-lines.tsx';
import classes from './history.module.css';

const association: Column<ExecutionRow> = {
  id: 'association',
  header: 'Association',
  cell: (row) => <TwoLines main={row.title} sub={`${row.documentName}, version ${row.documentVersion}`} />,
};

const status: Column<ExecutionRow> = {
  id: 'status',
  header: 'Status',
  width: '128px',
  cell: (row) => <Status look={executionLooks[row.status]} reason={detailText(row.detailedStatus)} style="plain" />,
};

const targets: Column<ExecutionRow> = {
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
};

const trigger: Column<ExecutionRow> = {
  id: 'trigger',
  header: 'Why it ran',
  width: '220px',
  from: 'wide',
  cell: (row) => <span className="hf-soft">{triggerText(row.trigger)}</span>,
};

const started: Column<ExecutionRow> = {
  id: 'started',
  header: 'Started',
  width: '132px',
  cell: (row) => <TwoLines main={<At at={row.createdAt} />} sub={<Age at={row.createdAt} />} />,
};

const version: Column<ExecutionRow> = {
  id: 'version',
  header: 'Version',
  width: '84px',
  from: 'wide',
  align: 'end',
  cell: (row) => row.associationVersion,
};

export const executionColumns: readonly Column<ExecutionRow>[] = [association, status, targets, trigger, started];

/** Where all are of one association, the moment tells them apart. */
const { width: _width, ...startedWide } = started;
export const startedFirst: readonly Column<ExecutionRow>[] = [startedWide, status, targets, { ...trigger, from: 'medium' }, version];
