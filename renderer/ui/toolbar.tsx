import type { ReactNode } from 'react';
import classes from './toolbar.module.css';

/** Search and filters above a list, with how much they leave on the right. */
export function Toolbar({ children, aside }: { children: ReactNode; aside?: ReactNode }) {
  return (
    <div className={classes.bar}>
      <div className={classes.controls}>{children}</div>
      {aside !== undefined && (
        <div className={classes.aside} aria-live="polite">
          {aside}
        </div>
      )}
    </div>
  );
}

interface FilterChipProps {
  label: string;
  clearLabel: string;
  onClear(): void;
}

/** A filter that came with the link, and how to take it off. */
export function FilterChip({ label, clearLabel, onClear }: FilterChipProps) {
  return (
    <span className={classes.chip}>
      <span className="hf-cut">{label}</span>
      <button type="button" className={classes.clear} aria-label={clearLabel} onClick={onClear}>
        ×
      </button>
    </span>
  );
}
