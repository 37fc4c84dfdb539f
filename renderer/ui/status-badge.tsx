import type { Icon } from '@tabler/icons-react';
import type { Tone } from './tone.ts';
import classes from './status-badge.module.css';

interface StatusBadgeProps {
  tone: Tone;
  icon: Icon;
  label: string;
  /** Something goes on: the icon turns slowly. */
  isMoving?: boolean;
  /** `plain`: without a ground of its own, for rows of tables. */
  look?: 'badge' | 'plain';
}

export function StatusBadge({ tone, icon: Symbol, label, isMoving = false, look = 'badge' }: StatusBadgeProps) {
  return (
    <span className={classes.badge} data-tone={tone} data-look={look}>
      <Symbol size={14} stroke={2} aria-hidden className={isMoving ? classes.moving : undefined} />
      <span className={classes.label}>{label}</span>
    </span>
  );
}

/** A quiet mark beside a name: what something is, rather than how it is. */
export function Mark({ children, tone = 'idle' }: { children: string; tone?: Tone | 'brass' }) {
  return (
    <span className={classes.mark} data-tone={tone}>
      {children}
    </span>
  );
}
