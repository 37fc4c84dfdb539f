import { IconAlertTriangle } from '@tabler/icons-react';
import { warningsOf } from '../../agent/document/compatibility.ts';
import type { CompatibilityReport } from '../../agent/document/compatibility-report.ts';
import classes from './documents.module.css';

/** What is right in the document, and will not do here what it says. */
export function DocumentWarnings({ report }: { report: CompatibilityReport }) {
  const warnings = warningsOf(report).filter(({ kind }) => kind !== 'ignored');
  if (warnings.length === 0) return null;
  return (
    <section className={classes.notice} aria-label="What cannot run here">
      <IconAlertTriangle size={16} aria-hidden />
      <ul className={classes.warnings}>
        {warnings.map(({ message, line }) => (
          <li key={`${line} ${message}`}>
            {line !== null && <span className="hf-faint">Line {line}: </span>}
            {message}
          </li>
        ))}
      </ul>
    </section>
  );
}
