import type { Icon } from '@tabler/icons-react';
import classes from './status-badge.module.css';
import type { Tone } from './tone.ts';

interface StatusBadgeProps {
  tone: Tone;
  icon: Icon;
  label: string;
  /** Something goes on: the icon turns slowly. */
  isMoving?: boolean;
  /** `plain`: without a ground of its own, for rows of tables. */
  look?: 'badge' | 'plain';
}

export function StatusBadge({ tone, icon: Glyph, label, isMoving = false, look = 'badge' }: StatusBadgeProps) {
  return (
    <span className={classes.badge} data-tone={tone} data-look={look}>
      <Glyph size={14} stroke={2} aria-hidden className={isMoving ? classes.moving : undefined} />
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
