import type { ComplianceRow } from '../../electron/api/compliance.ts';
import { address } from '../routes.ts';
import { runAddress, subjectAddress } from '../terms/compliance-links.ts';
import { severityLabel } from '../terms/status.tsx';
import { Age, At } from '../ui/age.tsx';
import { KeyValue } from '../ui/key-value.tsx';
import { Panel } from '../ui/panel.tsx';
import classes from './compliance.module.css';
import { putText } from './item-columns.tsx';

const When = ({ at }: { at: Date }) => (
  <>
    <At at={at} />{' '}
    <span className="hf-faint">
      (<Age at={at} />)
    </span>
  </>
);

function SaidBy({ row }: { row: ComplianceRow }) {
  const run = runAddress(row);
  if (run !== null) return <a href={run}>Its last finished execution here</a>;
  return (
    <>
      It was {putText(row)}
      {row.executionId !== null && row.executionId !== '' && ` (${row.executionId})`}
    </>
  );
}

/** Since when, as of when, and by what word it stands so. */
export function ItemFacts({ row }: { row: ComplianceRow }) {
  const subject = subjectAddress(row);
  return (
    <Panel title="How it stands">
      <KeyValue
        facts={[
          { label: 'Like this since', value: <When at={row.since} /> },
          { label: 'Last confirmed', value: <When at={row.confirmedAt} /> },
          { label: 'Said by', value: <SaidBy row={row} /> },
          { label: 'Captured', value: <When at={row.capturedAt} /> },
          { label: 'Severity', value: severityLabel(row.severity) },
          { label: 'Node', value: <a href={address.node(row.nodeId)}>{row.nodeName}</a> },
          { label: 'Type', value: row.complianceType },
          {
            label: subject === null ? 'Id' : 'Association',
            value: subject === null ? <span className="hf-mono">{row.itemId}</span> : <a href={subject}>{row.title}</a>,
          },
        ]}
      />
    </Panel>
  );
}

/** Whatever came with the item, as text. */
export function ItemDetails({ details }: Pick<ComplianceRow, 'details'>) {
  const facts = Object.entries(details).map(([label, value]) => ({ label, value: <span className={classes.pre}>{value}</span> }));
  return (
    <Panel title="Details">{facts.length === 0 ? <p className="hf-faint">It came without details.</p> : <KeyValue facts={facts} />}</Panel>
  );
}
