import type { AssociationRow } from '../../electron/api/associations.ts';
import { address } from '../routes.ts';
import { overviewLooks } from '../terms/looks.ts';
import { ModeMark, SampleMark, Status } from '../terms/status.tsx';
import { detailText } from '../terms/words.ts';
import { Age, At } from '../ui/age.tsx';
import type { Column } from '../ui/data-table.tsx';
import { countText, plural } from '../ui/moment.ts';
import { ShareBar } from '../ui/share-bar.tsx';
import { TwoLines } from '../ui/two-lines.tsx';
import classes from './associations.module.css';

const SORTS = ['title', 'nextRunAt', 'lastExecutionAt', 'status'] as const;
export const isSortName = (text: string): text is (typeof SORTS)[number] => SORTS.some((name) => name === text);

/** “2 of 12 not compliant”, as a bar and in words; what is not known yet is said too. */
function ComplianceCell({ row }: { row: AssociationRow }) {
  const { compliant, nonCompliant } = row.compliance;
  if (compliant + nonCompliant === 0) return <span className="hf-faint">Not known yet</span>;
  const shares = [
    { key: 'ok', label: 'compliant', count: compliant, tone: 'ok' as const },
    { key: 'bad', label: 'not compliant', count: nonCompliant, tone: 'bad' as const },
  ];
  return (
    <a className={classes.compliance} href={address.compliance({ association: row.associationId })}>
      <span>{nonCompliant === 0 ? `${countText(compliant)} compliant` : `${countText(nonCompliant)} not compliant`}</span>
      <ShareBar shares={shares} label="Compliance" size="thin" />
    </a>
  );
}

const Marks = ({ row: { isSample, mode } }: { row: AssociationRow }) => (
  <>
    <ModeMark mode={mode} />
    {isSample && <SampleMark />}
  </>
);

export const associationColumns: readonly Column<AssociationRow>[] = [
  {
    id: 'title',
    header: 'Association',
    sort: 'title',
    cell: (row) => <TwoLines main={row.title} marks={<Marks row={row} />} sub={row.documentName} />,
  },
  {
    id: 'targets',
    header: 'Targets',
    width: '19%',
    from: 'medium',
    cell: (row) => <TwoLines main={row.targetText} sub={plural(row.matchingNodes, 'machine')} />,
  },
  {
    id: 'schedule',
    header: 'Schedule',
    sort: 'nextRunAt',
    width: '20%',
    from: 'medium',
    cell: (row) => (
      <TwoLines
        main={row.scheduleText}
        sub={
          row.nextRunAt === null ? (
            'No next run'
          ) : (
            <>
              Next <At at={row.nextRunAt} /> (<Age at={row.nextRunAt} />)
            </>
          )
        }
      />
    ),
  },
  {
    id: 'status',
    header: 'Last result',
    sort: 'status',
    width: '142px',
    cell: (row) => (
      <TwoLines
        main={<Status look={overviewLooks[row.overview.status]} reason={detailText(row.overview.detailedStatus)} style="plain" />}
        sub={row.lastExecutionAt === null ? 'Never ran' : <Age at={row.lastExecutionAt} />}
      />
    ),
  },
  { id: 'compliance', header: 'Compliance', width: '150px', from: 'wide', cell: (row) => <ComplianceCell row={row} /> },
];
