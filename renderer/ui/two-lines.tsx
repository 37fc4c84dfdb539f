import type { ReactNode } from 'react';
import classes from './two-lines.module.css';

interface TwoLinesProps {
  main: ReactNode;
  sub?: ReactNode;
  marks?: ReactNode;
}

/** A name with a quieter line under it: the first cell of most tables. */
export function TwoLines({ main, sub, marks }: TwoLinesProps) {
  return (
    <span className={classes.lines}>
      <span className={classes.top}>
        <span className={classes.main}>{main}</span>
        {marks}
      </span>
      {sub !== undefined && <span className={classes.sub}>{sub}</span>}
    </span>
  );
}
