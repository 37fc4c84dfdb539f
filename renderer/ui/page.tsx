import type { ReactNode } from 'react';
import classes from './page.module.css';

/** A screen's column. `fill`: its last child takes the height that is left, as a list does. */
export function Page({ children, layout = 'flow' }: { children: ReactNode; layout?: 'flow' | 'fill' }) {
  return (
    <div className={classes.page} data-layout={layout}>
      {children}
    </div>
  );
}
