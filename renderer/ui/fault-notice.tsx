import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';
import classes from './fault-notice.module.css';

export interface FaultWords {
  readonly title: string;
  readonly remedy: string;
  readonly code: string;
  readonly places?: readonly object[];
}

interface FaultNoticeProps {
  fault: FaultWords;
  /** Buttons that help at once. */
  children?: ReactNode;
}

/** Everything about a fault as plain text, to send to somebody who can help. */
const detailsOf = ({ title, remedy, code, places = [] }: FaultWords): string =>
  [title, `What to do: ${remedy}`, `Code: ${code}`, ...places.map((place) => `Place: ${JSON.stringify(place)}`)].join('\n');

/** What happened, what to do, the code, and a way to pass it on. */
export function FaultNotice({ fault, children }: FaultNoticeProps) {
  return (
    <div className={classes.notice} role="alert">
      <IconAlertTriangle size={18} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.title}>{fault.title}</p>
        <p className={classes.remedy}>{fault.remedy}</p>
        <div className={classes.foot}>
          <code className="hf-mono">{fault.code}</code>
          <CopyButton text={detailsOf(fault)} what="details" />
          {children}
        </div>
      </div>
    </div>
  );
}
