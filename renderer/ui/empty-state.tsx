import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

interface EmptyStateProps {
  icon: Icon;
  title: string;
  /** What this place is for, or an example. */
  children?: ReactNode;
  /** One primary action, at most one more. */
  actions?: ReactNode;
}

export function EmptyState({ icon: Glyph, title, children, actions }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <span className={classes.icon}>
        <Glyph size={22} stroke={1.6} aria-hidden />
      </span>
      <p className={classes.title}>{title}</p>
      {children !== undefined && <div className={`${classes.words} hf-prose`}>{children}</div>}
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
