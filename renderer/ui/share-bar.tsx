import classes from './share-bar.module.css';
import type { Tone } from './tone.ts';

export interface Share {
  key: string;
  label: string;
  count: number;
  tone: Tone;
  isMoving?: boolean;
}

interface ShareBarProps {
  shares: readonly Share[];
  /** What the whole is: “Targets by status”. */
  label: string;
  size?: 'thin' | 'normal';
}

/** How a whole is divided. The words are the bar's name, so nothing is said by colour alone. */
export function ShareBar({ shares, label, size = 'normal' }: ShareBarProps) {
  const present = shares.filter((share) => share.count > 0);
  const words = present.map((share) => `${share.count} ${share.label}`).join(', ');
  return (
    <div className={classes.bar} role="img" aria-label={`${label}: ${words === '' ? 'none' : words}`} data-size={size}>
      {present.map((share) => (
        <span
          key={share.key}
          className={classes.share}
          data-tone={share.tone}
          data-moving={share.isMoving ?? false}
          style={{ flexGrow: share.count }}
        />
      ))}
    </div>
  );
}
