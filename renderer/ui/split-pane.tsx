import type { ReactNode } from 'react';
import classes from './split-pane.module.css';

interface SplitPaneProps {
  /** The smaller side: a list, or a preview. */
  side: ReactNode;
  children: ReactNode;
  sideAt: 'start' | 'end';
  sideLabel: string;
}

/** Two regions beside each other that become one column where it is narrow or zoomed. */
export function SplitPane({ side, children, sideAt, sideLabel }: SplitPaneProps) {
  const aside = (
    <aside className={classes.side} aria-label={sideLabel}>
      {side}
    </aside>
  );
  return (
    <div className={classes.frame}>
      <div className={classes.split} data-side={sideAt}>
        {sideAt === 'start' && aside}
        <div className={classes.main}>{children}</div>
        {sideAt === 'end' && aside}
      </div>
    </div>
  );
}
