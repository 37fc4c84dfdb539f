import type { ReactNode } from 'react';
import classes from './key-value.module.css';

export interface Fact {
  label: string;
  value: ReactNode;
}

/** Facts as a real description list, in two columns that become one where it is narrow. */
export function KeyValue({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.list}>
      {facts.map(({ label, value }) => (
        <div key={label} className={classes.fact}>
          <dt className={classes.label}>{label}</dt>
          <dd className={classes.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
