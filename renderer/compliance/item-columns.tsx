import type { ComplianceRow } from '../../electron/api/compliance.ts';
import { address } from '../routes.ts';
import { runAddress, subjectAddress } from '../terms/compliance-links.ts';
import { typeText } from '../terms/compliance-words.ts';
import { ItemStatus } from '../terms/item-status.tsx';
import { Severity } from '../terms/status.tsx';
import { Age, At } from '../ui/age.tsx';
import type { Column } from '../ui/data-table.tsx';
import { TwoLines } from '../ui/two-lines.tsx';
import classes from './compliance.module.css';
import { BY_HAND } from './put-draft.ts';

/** What the item is about, in words that are there even where it has no title. */
export const itemTitle = ({ title, itemId }: Pick<ComplianceRow, 'title' | 'itemId'>): string => (title === '' ? itemId : title);

/** By whom, as far as it is known. */
export function putText({ executionType }: Pick<ComplianceRow, 'executionType'>): string {
  if (executionType === BY_HAND) return 'put by hand';
  return executionType === null || executionType === '' ? 'put' : `put by ${executionType}`;
}

/** Where the status came from: our own execution, or whatever put it. */
export function Source({ row }: { row: ComplianceRow }) {
  const run = runAddress(row);
  if (run !== null) {
    return (
      <a href={run} className={classes.quiet}>
        See the execution
      </a>
    );
  }
  return <>{putText(row)}</>;
}

/** The first one leads to everything that is known of the item. */
export const itemColumns: readonly Column<ComplianceRow>[] = [
  {
    id: 'status',
    header: 'Status',
    width: '196px',
    cell: (row) => (
      <TwoLines
        main={<ItemStatus item={row} />}
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
      <TwoLines
        main={<a href={address.node(row.nodeId)}>{row.nodeName}</a>}
        sub={<span className={classes.narrow}>{itemTitle(row)}</span>}
      />
    ),
  },
  {
    id: 'item',
    header: 'Item',
    width: '30%',
    from: 'medium',
    cell: (row) => {
      const subject = subjectAddress(row);
      return (
        <TwoLines main={subject === null ? itemTitle(row) : <a href={subject}>{itemTitle(row)}</a>} sub={typeText(row.complianceType)} />
      );
    },
  },
  { id: 'severity', header: 'Severity', width: '116px', from: 'always', cell: (row) => <Severity severity={row.severity} /> },
  {
    id: 'confirmed',
    header: 'Last confirmed',
    width: '148px',
    from: 'wide',
    cell: (row) => <TwoLines main={<At at={row.confirmedAt} />} sub={<Source row={row} />} />,
  },
];
