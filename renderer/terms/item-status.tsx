import type { ComplianceItem } from '../../electron/domain/compliance.ts';
import { isStale } from '../../electron/domain/compliance.ts';
import { Age } from '../ui/age.tsx';
import { plural } from '../ui/moment.ts';
import { StatusBadge } from '../ui/status-badge.tsx';
import { useTimeText } from '../ui/ticker.ts';
import { complianceLooks, staleLook } from './looks.ts';
import classes from './status.module.css';

const DAY_MS = 86_400_000;

type Judged = Pick<ComplianceItem, 'status' | 'confirmedAt'>;

/** `4 days old`, once that is so old that green would say too much; empty until then. */
export const staleText = (item: Judged, now: Date): string =>
  item.status === 'COMPLIANT' && isStale(item, now)
    ? `${plural(Math.floor((now.getTime() - item.confirmedAt.getTime()) / DAY_MS), 'day')} old`
    : '';

interface ItemStatusProps {
  item: Judged;
  style?: 'badge' | 'plain';
  /** Since when, where there is room for it. */
  at?: Date | null;
}

/** The status of one item. Compliance that nobody has confirmed for days fades, and says its age. */
export function ItemStatus({ item, style = 'plain', at = null }: ItemStatusProps) {
  const age = useTimeText((now) => staleText(item, now));
  const look = age === '' ? complianceLooks[item.status] : { ...staleLook, label: `${staleLook.label}, ${age}` };
  return (
    <span className={classes.status}>
      <StatusBadge {...look} look={style} />
      {at !== null && <Age at={at} className={classes.age} />}
    </span>
  );
}
