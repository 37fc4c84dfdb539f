import type { ReactNode } from 'react';
import { useId } from 'react';
import classes from './panel.module.css';

interface PanelProps {
  title: string;
  /** Beside the title, on its right. */
  aside?: ReactNode;
  children: ReactNode;
  /** `flush`: the content has its own edges, as a table or a list of rows has. */
  padding?: 'normal' | 'flush';
  className?: string | undefined;
}

/** A titled region with a hairline around it. */
export function Panel({ title, aside, children, padding = 'normal', className }: PanelProps) {
  const id = useId();
  return (
    <section className={`${classes.panel} ${className ?? ''}`} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {aside !== undefined && <div className={classes.aside}>{aside}</div>}
      </div>
      <div className={classes.body} data-padding={padding}>
        {children}
      </div>
    </section>
  );
}

/** The rows of a flush panel: a list with hairlines between. */
export function PanelRows({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <ul className={classes.rows} aria-label={label}>
      {children}
    </ul>
  );
}

export function PanelRow({ children }: { children: ReactNode }) {
  return <li className={classes.row}>{children}</li>;
}
