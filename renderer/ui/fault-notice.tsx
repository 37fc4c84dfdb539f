import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';
import classes from './fault-notice.module.css';

export interface FaultWords {
  title: string;
  remedy: string;
  code: string;
}

interface FaultNoticeProps {
  fault: FaultWords;
  /** What is copied for somebody who can help. */
  details: string;
  /** Buttons that help at once. */
  children?: ReactNode;
}

/** What happened, what to do, the code, and a way to pass it on. */
export function FaultNotice({ fault, details, children }: FaultNoticeProps) {
  return (
    <div className={classes.notice} role="alert">
      <IconAlertTriangle size={18} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.title}>{fault.title}</p>
        <p className={classes.remedy}>{fault.remedy}</p>
        <div className={classes.foot}>
          <code className="hf-mono">{fault.code}</code>
          <CopyButton text={details} what="details" />
          {children}
        </div>
      </div>
    </div>
  );
}
