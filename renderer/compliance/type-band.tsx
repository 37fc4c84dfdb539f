import type { ComplianceTypeSummary } from '../../electron/api/compliance.ts';
import { ItemSeverity } from '../../electron/domain/compliance.ts';
import { calls } from '../client/calls.ts';
import { useCall, useLastAnswer } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { typeText } from '../terms/compliance-words.ts';
import { severityLabel } from '../terms/status.tsx';
import { countText } from '../ui/moment.ts';
import { ShareBar } from '../ui/share-bar.tsx';
import classes from './type-band.module.css';

/** How the machines stand with each type: every number leads to the machines behind it. */
export function TypeBand() {
  const last = useLastAnswer(useCall(calls.compliance.summaries()));
  if (last === null || last.answer.length === 0) return null;
  return (
    <ul className={classes.band} aria-label="Machines by type of compliance">
      {last.answer.map((summary) => (
        <TypeTile key={summary.complianceType} summary={summary} />
      ))}
    </ul>
  );
}

/** Rounded down, so that 100 % is said only when it is so. */
const percentText = (part: number, whole: number): string => `${Math.floor((100 * part) / whole)} %`;

function TypeTile({ summary }: { summary: ComplianceTypeSummary }) {
  const { complianceType, compliantCount, nonCompliantCount, nonCompliantBySeverity } = summary;
  const total = compliantCount + nonCompliantCount;
  const ofType = { type: complianceType, group: 'node' };
  const severe = ItemSeverity.options.filter((severity) => nonCompliantBySeverity[severity] > 0);
  return (
    <li className={classes.tile}>
      <h2 className={classes.title}>{typeText(complianceType)}</h2>
      <p className={classes.figure}>
        <a href={address.compliance(ofType)} className={classes.figureLink}>
          {percentText(compliantCount, total)}
        </a>
        <span className={classes.of}> of {total === 1 ? '1 machine complies' : `${countText(total)} machines comply`}</span>
      </p>
      <ShareBar
        label={typeText(complianceType)}
        size="thin"
        shares={[
          { key: 'ok', label: 'compliant', count: compliantCount, tone: 'ok' },
          { key: 'bad', label: 'not compliant', count: nonCompliantCount, tone: 'bad' },
        ]}
      />
      <p className={classes.words}>
        {severe.length === 0 ? 'All compliant' : 'Not compliant:'}
        {severe.map((severity) => (
          <a key={severity} href={address.compliance({ ...ofType, status: 'NON_COMPLIANT', severity })} className={classes.count}>
            {countText(nonCompliantBySeverity[severity])} {severityLabel(severity).toLowerCase()}
          </a>
        ))}
      </p>
    </li>
  );
}
