import type { ComplianceRow } from '../../electron/api/compliance.ts';
import { address } from '../routes.ts';
import { runAddress, subjectAddress } from '../terms/compliance-links.ts';
import { complianceLooks } from '../terms/looks.ts';
import { Severity, Status } from '../terms/status.tsx';
import { Age, At } from '../ui/age.tsx';
import type { Column } from '../ui/data-table.tsx';
import { TwoLines } from '../ui/two-lines.tsx';
import classes from './compliance.module.css';

const executionOf = (row: ComplianceRow): string => runAddress(row) ?? address.node(row.nodeId);

/** The first one leads to why: the execution that said so, on that node. */
export const complianceColumns: readonly Column<ComplianceRow>[] = [
  {
    id: 'status',
    header: 'Status',
    width: '156px',
    cell: (row) => (
      <TwoLines
        main={<Status look={complianceLooks[row.status]} style="plain" />}
        sub={
          <>
            since <Age at={row.since} />
          </>
        }
      />
    ),
  },
  {
    id: 'node',
    header: 'Node',
    cell: (row) => (
      <TwoLines main={<a href={address.node(row.nodeId)}>{row.nodeName}</a>} sub={<span className={classes.narrow}>{row.title}</span>} />
    ),
  },
  {
    id: 'association',
    header: 'Association',
    width: '30%',
    from: 'medium',
    cell: (row) => (
      <TwoLines main={<a href={subjectAddress(row) ?? address.compliance({ node: row.nodeId })}>{row.title}</a>} sub={row.complianceType} />
    ),
  },
  { id: 'severity', header: 'Severity', width: '112px', from: 'always', cell: (row) => <Severity severity={row.severity} /> },
  {
    id: 'result',
    header: 'Last confirmed',
    width: '148px',
    from: 'wide',
    cell: (row) => (
      <TwoLines
        main={<At at={row.capturedAt} />}
        sub={
          <a href={executionOf(row)} className={classes.quiet}>
            See the execution
          </a>
        }
      />
    ),
  },
];

export const reasonOf = executionOf;
