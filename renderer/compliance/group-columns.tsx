import type { ComplianceNodeRow, ComplianceSubjectRow } from '../../electron/api/compliance.ts';
import { resourceSummaryOf } from '../../electron/domain/compliance-summary.ts';
import { address } from '../routes.ts';
import { subjectAddress } from '../terms/compliance-links.ts';
import { typeText } from '../terms/compliance-words.ts';
import { complianceLooks } from '../terms/looks.ts';
import { Severity, Status } from '../terms/status.tsx';
import { Age, At } from '../ui/age.tsx';
import type { Column } from '../ui/data-table.tsx';
import { plural } from '../ui/moment.ts';
import { ShareBar } from '../ui/share-bar.tsx';
import { TwoLines } from '../ui/two-lines.tsx';
import classes from './compliance.module.css';
import { itemTitle } from './item-columns.tsx';

const Since = ({ at }: { at: Date }) => (
  <>
    since <Age at={at} />
  </>
);

const shares = (compliant: number, nonCompliant: number) => [
  { key: 'ok', label: 'compliant', count: compliant, tone: 'ok' as const },
  { key: 'bad', label: 'not compliant', count: nonCompliant, tone: 'bad' as const },
];

function Counted({ compliant, nonCompliant, one }: { compliant: number; nonCompliant: number; one: string }) {
  const words = nonCompliant === 0 ? `all ${plural(compliant, one)}` : `${nonCompliant} of ${plural(compliant + nonCompliant, one)} not`;
  return (
    <span className={classes.counted}>
      <span className="hf-soft hf-tabular">{words}</span>
      <ShareBar shares={shares(compliant, nonCompliant)} label="Compliance" size="thin" />
    </span>
  );
}

/** One type on one node; the first column leads to its items. */
export const nodeColumns: readonly Column<ComplianceNodeRow>[] = [
  {
    id: 'status',
    header: 'Status',
    width: '180px',
    cell: (row) => <TwoLines main={<Status look={complianceLooks[row.status]} style="plain" />} sub={<Since at={row.since} />} />,
  },
  {
    id: 'node',
    header: 'Node',
    cell: (row) => <TwoLines main={<a href={address.node(row.nodeId)}>{row.nodeName}</a>} sub={typeText(row.complianceType)} />,
  },
  {
    id: 'items',
    header: 'Items',
    width: '190px',
    from: 'medium',
    cell: ({ counts }) => {
      const { compliant, nonCompliant } = resourceSummaryOf(counts);
      return <Counted compliant={compliant.count} nonCompliant={nonCompliant.count} one="item" />;
    },
  },
  { id: 'severity', header: 'Severity', width: '116px', cell: (row) => <Severity severity={row.overallSeverity} /> },
  { id: 'captured', header: 'Last looked at', width: '140px', from: 'wide', cell: (row) => <At at={row.executionTime} /> },
];

/** One item over all nodes; the first column leads to where it stands how. */
export const subjectColumns: readonly Column<ComplianceSubjectRow>[] = [
  {
    id: 'status',
    header: 'Status',
    width: '180px',
    cell: (row) => <TwoLines main={<Status look={complianceLooks[row.status]} style="plain" />} sub={<Since at={row.since} />} />,
  },
  {
    id: 'item',
    header: 'Item',
    cell: (row) => {
      const subject = subjectAddress(row);
      return (
        <TwoLines main={subject === null ? itemTitle(row) : <a href={subject}>{itemTitle(row)}</a>} sub={typeText(row.complianceType)} />
      );
    },
  },
  {
    id: 'nodes',
    header: 'Machines',
    width: '210px',
    from: 'medium',
    cell: ({ compliant, nonCompliant }) => <Counted compliant={compliant} nonCompliant={nonCompliant} one="machine" />,
  },
  { id: 'severity', header: 'Severity', width: '116px', cell: (row) => <Severity severity={row.severity} /> },
];
