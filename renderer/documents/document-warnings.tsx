import { IconAlertTriangle } from '@tabler/icons-react';
import type { SourceRemark } from '../../electron/api/documents.ts';
import classes from './documents.module.css';

/** What is right in the document, and will not do here what it says. */
export function DocumentWarnings({ warnings }: { warnings: readonly SourceRemark[] }) {
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
