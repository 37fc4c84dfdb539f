import type { ResourceChange } from '../../agent/protocol/status.ts';
import classes from './change-table.module.css';

interface ChangeTableProps {
  label: string;
  changes: readonly ResourceChange[];
  beforeLabel: string;
  afterLabel: string;
}

const isSameThing = (a: ResourceChange | undefined, b: ResourceChange): boolean => a?.resource === b.resource;

/** What differs of each thing on a machine, with what it was and what it is, or what it should be. */
export function ChangeTable({ label, changes, beforeLabel, afterLabel }: ChangeTableProps) {
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">{beforeLabel}</th>
            <th scope="col">{afterLabel}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change, position) => (
            <tr key={JSON.stringify(change)}>
              <th scope="row">
                {!isSameThing(changes[position - 1], change) && <span className={classes.resource}>{change.resource}</span>}
                <span className={classes.property}>{change.property}</span>
              </th>
              <Value text={change.before} className={classes.before} />
              <Value text={change.after} className={classes.after} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Value({ text, className }: { text: string | null; className: string | undefined }) {
  return <td className={className}>{text === null ? <span className="hf-faint">not there</span> : text}</td>;
}
